// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/IconLabel.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"

#include <QPainter>

namespace simmer::ui {

IconLabel::IconLabel(QLatin1String icon, int size, QWidget *parent)
    : QWidget(parent)
    , m_icon(icon)
{
    setFixedSize(size, size);
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool isLarge = width() > 20; // its lines would grow with it
    paintIcon(painter, rect(), m_icon, tokensOf(*this).ink2, isLarge ? 0.9 : 1.5);
}

} // namespace simmer::ui
