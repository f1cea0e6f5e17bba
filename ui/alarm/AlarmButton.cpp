// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmButton.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Smallest = 44; // GUIDE.md: targets

struct Measures {
    qreal pad, icon, gap, height;
    int text, key;
};

Measures measures(AlarmButton::Role role, qreal scale)
{
    if (role == AlarmButton::Role::Outlined)
        return {24, 18, 10, 64, int(std::lround(std::max(15.0, 18 * scale))), 13};
    return {std::max(14.0, 27 * scale),
            std::max(16.0, 22 * scale),
            std::max(8.0, 14 * scale),
            std::max(48.0, 88 * scale),
            int(std::lround(std::max(16.0, 25 * scale))),
            14};
}

} // namespace

AlarmButton::AlarmButton(Role role, QLatin1String icon, const QString &text, const QString &key,
                         QWidget *parent)
    : QAbstractButton(parent)
    , m_role(role)
    , m_icon(icon)
    , m_key(key)
{
    setText(text);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void AlarmButton::setKey(const QString &key)
{
    m_key = key;
    updateGeometry();
    update();
}

void AlarmButton::setScale(qreal scale)
{
    m_scale = scale;
    updateGeometry();
    update();
}

qreal AlarmButton::words() const
{
    const Measures size = measures(m_role, m_scale);
    qreal wide = QFontMetricsF(textFont(size.text, QFont::DemiBold)).horizontalAdvance(text());
    if (!m_icon.isEmpty())
        wide += size.icon + size.gap;
    if (!m_key.isEmpty())
        wide += size.gap + 2 +
                QFontMetricsF(textFont(size.key, QFont::DemiBold)).horizontalAdvance(m_key) + 16;
    return wide;
}

QSize AlarmButton::sizeHint() const
{
    const Measures size = measures(m_role, m_scale);
    return {int(std::ceil(words() + 2 * size.pad)), std::max(Smallest, int(size.height))};
}

void AlarmButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const Measures size = measures(m_role, m_scale);
    const bool lit = underMouse() || isDown();
    const QColor ink = m_role == Role::Main ? tokens.ringDeep : tokens.onRing;
    const QColor fill =
        m_role == Role::Main   ? (lit ? blend(tokens.onRing, tokens.ringDeep, 0.1) : tokens.onRing)
        : m_role == Role::Deep ? (lit ? tokens.ringDeep.darker(115) : tokens.ringDeep)
                               : QColor(0, 0, 0, lit ? 40 : 0);
    painter.setPen(m_role == Role::Outlined ? QPen(tokens.onRing, 2) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    const qreal radius = m_role == Role::Outlined ? 10 : 16 * std::clamp(m_scale, 0.7, 1.0);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
    qreal x = (width() - words()) / 2;
    const qreal middle = height() / 2.0;
    if (!m_icon.isEmpty()) {
        paintIcon(painter, {x, middle - size.icon / 2, size.icon, size.icon}, m_icon, ink, 1.8);
        x += size.icon + size.gap;
    }
    const QFont font = textFont(size.text, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    painter.setPen(ink);
    painter.setFont(font);
    painter.drawText(QPointF(x, middle + metrics.capHeight() / 2), text());
    if (m_key.isEmpty())
        return;
    x += metrics.horizontalAdvance(text()) + size.gap + 2;
    const QFont keyFont = textFont(size.key, QFont::DemiBold);
    const qreal wide = QFontMetricsF(keyFont).horizontalAdvance(m_key) + 16;
    const QRectF cap(x, middle - 13, wide, 26);
    painter.setPen(QPen(ink, 1.25));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap, 5, 5);
    painter.setFont(keyFont);
    painter.drawText(cap, Qt::AlignCenter, m_key);
}

} // namespace simmer::ui
