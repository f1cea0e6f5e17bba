// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPointF>
#include <QRect>
#include <QString>

#include <optional>

class QPainter;

namespace simmer::ui {

/// Inter in logical pixels, Noto Sans where Inter is absent (GUIDE.md, "Type").
QFont textFont(int pixels, QFont::Weight weight = QFont::Normal);
/// Inter Display: counts, titles, headings.
QFont displayFont(int pixels, QFont::Weight weight = QFont::DemiBold);

/// Width of a count whose digits stand in cells as wide as the widest digit, so that a countdown
/// never shifts. Qt gets the font's own tabular digits only with 6.7.
qreal countWidth(const QFont &font, const QString &count);
/// Paints such a count with the painter's pen; `baseline` is its left end.
void paintCount(QPainter &painter, const QPointF &baseline, const QFont &font,
                const QString &count);

/// Where a count stands.
struct CountPlace {
    QPointF baseline; ///< its left end
    QFont font;
};
/// What has to be painted anew where one count follows another at the same place: the digits that
/// differ. Nothing when more than digits differs, so that what stands around it moves, too.
std::optional<QRect> countChange(const CountPlace &place, const QString &before,
                                 const QString &now);

} // namespace simmer::ui
