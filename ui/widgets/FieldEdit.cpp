// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/FieldEdit.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QKeyEvent>
#include <QPainter>

namespace simmer::ui {

FieldEdit::FieldEdit(QLatin1String icon, Ground ground, int height, QWidget *parent)
    : QLineEdit(parent)
    , m_icon(icon)
    , m_ground(ground)
{
    setProperty("frameless", true); // SimmerStyle leaves the panel to paintEvent()
    setFont(textFont(14));
    setFixedHeight(height);
    setTextMargins(30, 0, 4, 0);
}

void FieldEdit::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = tokensOf(*this);
        const bool sunken = m_ground == Ground::Sunken && !hasFocus();
        const qreal inset = hasFocus() ? 1 : 0.5;
        painter.setPen(hasFocus() ? QPen(tokens.flame, 2)
                       : sunken   ? QPen(Qt::NoPen)
                                  : QPen(tokens.line2, 1));
        painter.setBrush(sunken ? tokens.sunken : tokens.page);
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 8, 8);
        paintIcon(painter, QRectF(10, (height() - 18) / 2.0, 18, 18), m_icon, tokens.ink3);
    }
    QLineEdit::paintEvent(event);
}

void FieldEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return Q_EMIT left();
    QLineEdit::keyPressEvent(event);
}

} // namespace simmer::ui
