// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "theme/Tokens.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace simmer::ui {

/// What a ring shows besides the timer's face.
struct RingDrawing {
    TimerFace face;
    qreal stroke = 6;
    QString cover;         ///< the dish inside; empty leaves it open
    QString label;         ///< a step's number inside, instead of a dish
    QColor ground;         ///< what it stands on: the seam around badge and check mark
    bool hasBadge = true;  ///< lower right; from 40 px on
    bool isOnRing = false; ///< stands on a ringing card: white

    bool operator==(const RingDrawing &) const = default;
};

/// The one drawing of Simmer: the dish seen from above in a ring that fills clockwise from 12
/// o'clock (GUIDE.md, "Ring"). Pure painting; `box` is square, in logical px.
void paintRing(QPainter &painter, const QRectF &box, const RingDrawing &drawing,
               const Tokens &tokens);

/// Where a ring stands.
struct RingPlace {
    QRectF box; ///< square
    qreal stroke = 6;
};
/// What has to be painted anew when the end of its arc goes from one fraction to another; empty
/// while that is less than half a pixel of the screen, which has `ratio` for each logical one.
QRect arcChange(const RingPlace &place, double before, double now, qreal ratio);

/// Where a widget's arc ended when it was painted last.
class ShownArc
{
public:
    /// The whole widget is painted anew.
    void paintAll(double fraction) { m_end = fraction; }
    /// What has to be painted for `fraction`; empty for nothing yet.
    QRect paintTo(double fraction, const RingPlace &place, qreal ratio);

private:
    double m_end = 0;
};

} // namespace simmer::ui
