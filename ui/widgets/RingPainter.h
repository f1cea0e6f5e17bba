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

} // namespace simmer::ui
