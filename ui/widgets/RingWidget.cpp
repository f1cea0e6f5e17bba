// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/RingWidget.h"

#include <QPainter>

namespace simmer::ui {

RingWidget::RingWidget(int diameter, QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(diameter, diameter);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void RingWidget::draw(const RingDrawing &drawing)
{
    if (drawing == m_drawing)
        return;
    m_drawing = drawing;
    update();
}

void RingWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRing(painter, rect(), m_drawing, tokensOf(*this));
}

} // namespace simmer::ui
