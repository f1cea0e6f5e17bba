// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/SwitchButton.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"

#include <QPainter>

namespace simmer::ui {

namespace {

constexpr QSizeF Track(44, 26);
constexpr qreal KnobInset = 3;

} // namespace

SwitchButton::SwitchButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize SwitchButton::sizeHint() const
{
    return (Track + QSizeF(6, 6)).toSize(); // and the focus around it
}

void SwitchButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    QRectF track({}, Track);
    track.moveCenter(QRectF(rect()).center());
    const QColor on = underMouse() ? blend(tokens.flame, tokens.flameInk, 0.5) : tokens.flame;
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isEnabled() ? tokens.line2 : isChecked() ? on : tokens.box);
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    const qreal wide = track.height() - 2 * KnobInset;
    QRectF knob(track.left() + KnobInset, track.top() + KnobInset, wide, wide);
    if (isChecked())
        knob.moveRight(track.right() - KnobInset);
    painter.setBrush(isChecked() ? tokens.onFlame : tokens.page);
    painter.drawEllipse(knob);
    if (hasFocus())
        paintFocus(painter, track.adjusted(-2, -2, 2, 2), track.height() / 2 + 2, palette());
}

} // namespace simmer::ui
