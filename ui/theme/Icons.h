// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QLatin1String>
#include <QRectF>

class QPainter;

namespace simmer::ui {

/// Paints one of resources/icons (by its name without .svg) in a colour, sharp at any scale. The
/// GUI thread only. An unknown name is a broken program and asserts.
/// `stroke` is the width of its lines on the 20 px grid.
void paintIcon(QPainter &painter, const QRectF &box, QLatin1String name, const QColor &colour,
               qreal stroke = 1.5);

/// Device pixels a logical one where the painter really paints: a widget that is rendered into a
/// picture keeps its own ratio, the picture has another.
qreal deviceRatio(const QPainter &painter);

/// The same as a QIcon for menus and tool buttons: 20 px logical, at 1, 2 and 3 device pixels.
QIcon icon(QLatin1String name, const QColor &colour);

} // namespace simmer::ui
