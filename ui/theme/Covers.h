// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <QString>

class QImage;
class QPainter;

namespace simmer::ui {

/// Over covers and photos in the dark theme: black at 16 % (GUIDE.md, "Icons and covers").
inline constexpr QColor CoverDimming(0, 0, 0, 41);

/// The name of the painted cover that a recipe without a photo gets: by a dish's word in its title
/// ("risotto"), else by the title's hash. The same on every device.
QString coverFor(const QString &title);

/// Paints a cover filling `box` (clipped to a rounded rectangle of `radius`), dimmed in the dark
/// theme. An empty name paints nothing.
void paintCover(QPainter &painter, const QRectF &box, const QString &cover, qreal radius,
                bool isDark);
/// The same inside a circle, as rings show it: nearer to the dish.
void paintPlate(QPainter &painter, const QPointF &middle, qreal radius, const QString &cover,
                bool isDark);
/// The wide picture on top of a recipe: the dish on its table, other plates at the edges.
void paintHero(QPainter &painter, const QRectF &box, const QString &cover, bool isDark);

/// A photo that fills `box`, cut where it is longer, from its middle; dimmed in the dark theme.
void paintPhoto(QPainter &painter, const QRectF &box, const QImage &photo, bool isDark);

} // namespace simmer::ui
