// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/CountLabel.h"

#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

CountLabel::CountLabel(const QFont &font, QWidget *parent)
    : QWidget(parent)
{
    setFont(font);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CountLabel::setCount(const QString &count, const QColor &colour)
{
    if (count == m_count && colour == m_colour)
        return;
    const bool resized = count.size() != m_count.size();
    m_count = count;
    m_colour = colour;
    if (resized)
        updateGeometry();
    update();
}

QSize CountLabel::sizeHint() const
{
    // Line height is 36/34 of the type size in the mock-ups.
    return {int(std::ceil(countWidth(font(), m_count))) + 1, font().pixelSize() * 36 / 34};
}

void CountLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_colour);
    const QFontMetricsF metrics(font());
    const qreal baseline = (height() + metrics.capHeight()) / 2;
    paintCount(painter, {0, baseline}, font(), m_count);
}

} // namespace simmer::ui
