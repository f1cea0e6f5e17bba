// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/HeroView.h"

#include "theme/Covers.h"
#include "theme/Tokens.h"

#include <QPainter>

namespace simmer::ui {

HeroView::HeroView(const QString &cover, QWidget *parent)
    : QWidget(parent)
    , m_cover(cover)
{
    setFixedHeight(150);
}

void HeroView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintHero(painter, rect(), m_cover, tokensOf(*this).isDark);
}

} // namespace simmer::ui
