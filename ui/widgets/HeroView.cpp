// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/HeroView.h"

#include "theme/Covers.h"
#include "theme/Icons.h"
#include "theme/Tokens.h"

#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int CoverHeight = 150;
constexpr int PhotoHeight = 240; // a photo has more to see than a strip of a table

} // namespace

HeroView::HeroView(const QString &cover, QWidget *parent)
    : QWidget(parent)
    , m_cover(cover)
{
    setFixedHeight(CoverHeight);
}

void HeroView::setPhoto(const QImage &photo)
{
    m_photo = photo;
    m_scaled = {};
    setFixedHeight(photo.isNull() ? CoverHeight : PhotoHeight);
    update();
}

void HeroView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool isDark = tokensOf(*this).isDark;
    if (m_photo.isNull())
        return paintHero(painter, rect(), m_cover, isDark);
    // Scaled once: a scroll repaints it again and again.
    const QSize device = (QSizeF(size()) * deviceRatio(painter)).toSize();
    if (m_scaled.size() != device) {
        m_scaled = QPixmap(device);
        QPainter onto(&m_scaled);
        paintPhoto(onto, m_scaled.rect(), m_photo, false);
    }
    painter.drawPixmap(rect(), m_scaled);
    if (isDark)
        painter.fillRect(rect(), CoverDimming);
}

} // namespace simmer::ui
