// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/FilterRow.h"

#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QPainter>

namespace simmer::ui {

FilterRow::FilterRow(QLatin1String icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(icon)
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FilterRow::setCount(int count)
{
    m_count = count;
    setAccessibleName(tr("%1, %n recipe(s)", nullptr, count).arg(text()));
    update();
}

void FilterRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? tokens.select : tokens.hover);
        painter.drawRoundedRect(rect(), 8, 8);
    }
    paintIcon(painter, QRectF(10, (height() - 18) / 2.0, 18, 18), m_icon,
              isChecked() ? tokens.flameInk : tokens.ink3);
    painter.setPen(tokens.ink);
    painter.setFont(textFont(14, isChecked() ? QFont::DemiBold : QFont::Normal));
    painter.drawText(rect().adjusted(38, 0, -48, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.setPen(tokens.ink3);
    painter.setFont(textFont(13));
    painter.drawText(rect().adjusted(0, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight,
                     QString::number(m_count));
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), 7, palette());
}

} // namespace simmer::ui
