// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/Panel.h"

#include "theme/Tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace simmer::ui {

Panel::Panel(Ground ground, Qt::Edges lines, QWidget *parent)
    : QWidget(parent)
    , m_ground(ground)
    , m_lines(lines)
{
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(*this);
    painter.fillRect(rect(), m_ground == Ground::Window ? tokens.window : tokens.page);
    if (m_lines.testFlag(Qt::TopEdge))
        painter.fillRect(0, 0, width(), 1, tokens.line);
    if (m_lines.testFlag(Qt::BottomEdge))
        painter.fillRect(0, height() - 1, width(), 1, tokens.line);
    if (m_lines.testFlag(Qt::LeftEdge))
        painter.fillRect(0, 0, 1, height(), tokens.line);
    if (m_lines.testFlag(Qt::RightEdge))
        painter.fillRect(width() - 1, 0, 1, height(), tokens.line);
}

Bar::Bar(Ground ground, QWidget *parent)
    : Panel(ground, Qt::BottomEdge, parent)
    , m_row(new QHBoxLayout(this))
{
    setFixedHeight(48);
    m_row->setContentsMargins(12, 0, 12, 1);
    m_row->setSpacing(6);
}

InkLabel::InkLabel(const QFont &font, Ink ink, const QString &text, QWidget *parent)
    : QLabel(text, parent)
    , m_ink(ink)
{
    setFont(font);
    setTextFormat(Qt::PlainText); // recipe texts come from anywhere
    dress();
}

void InkLabel::setElided(bool elided)
{
    m_elided = elided;
    setSizePolicy(elided ? QSizePolicy::Expanding : QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize InkLabel::minimumSizeHint() const
{
    const QSize needed = QLabel::minimumSizeHint();
    return m_elided ? QSize(24, needed.height()) : needed;
}

void InkLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        dress();
    QLabel::changeEvent(event);
}

void InkLabel::dress()
{
    const Tokens &tokens = tokensOf(*this);
    const QColor ink = m_ink == Ink::Full        ? tokens.ink
                       : m_ink == Ink::Secondary ? tokens.ink2
                       : m_ink == Ink::Caption   ? tokens.ink3
                                                 : tokens.ringInk;
    if (palette().color(QPalette::WindowText) == ink)
        return;
    QPalette dressed; // resolves to the application's but for this one role
    dressed.setColor(QPalette::WindowText, ink);
    setPalette(dressed);
}

void InkLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided)
        return QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(contentsRect(), int(alignment()) | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

} // namespace simmer::ui
