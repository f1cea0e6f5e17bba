// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/FlatButton.h"

#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal IconSize = 16;
constexpr qreal Gap = 7;
constexpr int Pad = 12;

} // namespace

FlatButton::FlatButton(QLatin1String icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(icon)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void FlatButton::setRole(Role role)
{
    if (role == m_role)
        return;
    m_role = role;
    updateGeometry();
    update();
}

void FlatButton::set(QLatin1String icon, const QString &text)
{
    if (icon == m_icon && text == this->text())
        return;
    m_icon = icon;
    setText(text);
    updateGeometry();
    update();
}

void FlatButton::setRadius(qreal radius)
{
    m_radius = radius;
    update();
}

void FlatButton::setZoom(qreal zoom, int height)
{
    if (zoom == m_zoom && height == m_height)
        return;
    m_zoom = zoom;
    m_height = height;
    updateGeometry();
    update();
}

QFont FlatButton::labelFont() const
{
    const bool strong = m_role == Role::Main || m_role == Role::Urgent || m_role == Role::Filled ||
                        m_role == Role::StopRing;
    return textFont(int(std::lround(14 * m_zoom)), strong ? QFont::DemiBold : QFont::Medium);
}

QSize FlatButton::sizeHint() const
{
    if (text().isEmpty())
        return {m_height, m_height};
    const qreal words = QFontMetricsF(labelFont()).horizontalAdvance(text());
    const qreal icon = m_icon.isEmpty() ? 0 : (IconSize + Gap) * m_zoom;
    return {int(std::ceil(words + icon + 2 * Pad * m_zoom)), m_height};
}

QSize FlatButton::minimumSizeHint() const
{
    const QSize hint = sizeHint();
    return {std::max(m_height, hint.width() - Pad), hint.height()};
}

FlatButton::Colours FlatButton::colours() const
{
    const Tokens &tokens = tokensOf(*this);
    const bool lit = isEnabled() && (underMouse() || isDown());
    const QColor ground = lit ? tokens.hover : Qt::transparent;
    const QColor ink = isEnabled() ? tokens.ink : tokens.ink3;
    switch (m_role) {
    case Role::Plain:
        return {ground, Qt::transparent, ink, isEnabled() ? tokens.ink2 : tokens.ink3};
    case Role::Main:
        return {lit ? tokens.flameTint : Qt::transparent, Qt::transparent, tokens.flameInk,
                tokens.flameInk};
    case Role::Urgent:
        return {lit ? tokens.ringTint : Qt::transparent, Qt::transparent, tokens.ringInk,
                tokens.ringInk};
    case Role::Starred:
        return {ground, Qt::transparent, ink, tokens.amber};
    case Role::Outlined:
        return {lit ? tokens.hover : tokens.raised, tokens.line2, ink, tokens.ink2};
    case Role::Danger:
        return {lit ? tokens.ringTint : tokens.raised, tokens.line2,
                isEnabled() ? tokens.ringInk : tokens.ink3, tokens.ringInk};
    case Role::Filled:
        return {lit ? blend(tokens.flame, tokens.flameInk, 0.5) : tokens.flame, Qt::transparent,
                tokens.onFlame, tokens.onFlame};
    case Role::OnRing:
        // ringDeep on ring, but also on a card that breathes.
        return {QColor(0, 0, 0, lit ? 66 : 41), Qt::transparent, tokens.onRing, tokens.onRing};
    case Role::StopRing:
        return {lit ? blend(tokens.onRing, tokens.ringDeep, 0.12) : tokens.onRing, Qt::transparent,
                tokens.ringDeep, tokens.ringDeep};
    }
    Q_UNREACHABLE();
}

void FlatButton::paintContent(QPainter &painter, const Colours &look) const
{
    const QFontMetricsF metrics(labelFont());
    const qreal room = width() - 8.0 - (m_icon.isEmpty() ? 0 : (IconSize + Gap) * m_zoom);
    const QString words = metrics.elidedText(text(), Qt::ElideRight, room);
    const qreal wide = metrics.horizontalAdvance(words);
    const qreal gap = words.isEmpty() ? 0 : Gap * m_zoom;
    const qreal icon = m_icon.isEmpty() ? 0 : (words.isEmpty() ? 20 : IconSize) * m_zoom;
    qreal x = (width() - (wide + (icon > 0 ? icon + gap : 0))) / 2;
    const qreal middle = height() / 2.0;
    if (icon > 0) {
        paintIcon(painter, {std::round(x), std::round(middle - icon / 2), icon, icon}, m_icon,
                  look.icon);
        x += icon + gap;
    }
    painter.setPen(look.ink);
    painter.setFont(labelFont());
    painter.drawText(QPointF(x, middle + metrics.capHeight() / 2), words);
}

void FlatButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours look = colours();
    const bool hasLine = look.line.alpha() > 0;
    painter.setPen(hasLine ? QPen(look.line, 1) : QPen(Qt::NoPen));
    painter.setBrush(look.fill);
    const QRectF all = rect();
    painter.drawRoundedRect(hasLine ? all.adjusted(0.5, 0.5, -0.5, -0.5) : all, m_radius, m_radius);
    paintContent(painter, look);
    if (hasFocus())
        paintFocus(painter, all.adjusted(1, 1, -1, -1), std::max(m_radius - 1, 5.0), palette());
}

} // namespace simmer::ui
