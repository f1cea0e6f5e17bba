// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/StepsBar.h"

#include "theme/Tokens.h"

#include <QPainter>

#include <algorithm>

namespace simmer::ui {

namespace {
constexpr qreal Gap = 8;
constexpr qreal LeastPart = 6; // narrower ones become one bar
} // namespace

StepsBar::StepsBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StepsBar::show(const QList<bool> &done, int current)
{
    if (done == m_done && current == m_current)
        return;
    m_done = done;
    m_current = current;
    const auto finished = std::count(done.cbegin(), done.cend(), true);
    setAccessibleName(tr("%1 of %2 done").arg(finished).arg(done.size()));
    update();
}

void StepsBar::paintEvent(QPaintEvent *)
{
    if (m_done.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const Tokens &tokens = tokensOf(*this);
    const qreal count = qreal(m_done.size());
    const qreal gap = width() / count > Gap + LeastPart ? Gap : 0;
    const qreal part = (width() - gap * (count - 1)) / count;
    const qreal radius = gap > 0 ? height() / 2.0 : 0;
    for (qsizetype i = 0; i < m_done.size(); ++i) {
        painter.setBrush(i == m_current ? tokens.flame : m_done.at(i) ? tokens.done : tokens.track);
        painter.drawRoundedRect(QRectF(qreal(i) * (part + gap), 0, part, height()), radius, radius);
    }
}

} // namespace simmer::ui
