// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/EditorTab.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Height = 47;
constexpr int Pad = 12;
constexpr int Gap = 6;

} // namespace

EditorTab::EditorTab(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void EditorTab::setCount(int count)
{
    const QString shown = count > 0 ? QString::number(count) : QString();
    if (shown == m_count)
        return;
    m_count = shown;
    setAccessibleName(m_count.isEmpty() ? text() : text() + QStringLiteral(", ") + m_count);
    updateGeometry();
    update();
}

QSize EditorTab::sizeHint() const
{
    const qreal words = QFontMetricsF(textFont(14, QFont::Medium)).horizontalAdvance(text());
    const qreal count = QFontMetricsF(textFont(13)).horizontalAdvance(m_count);
    return {int(std::ceil(words + count)) + 2 * Pad + (m_count.isEmpty() ? 0 : Gap), Height};
}

void EditorTab::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.setFont(textFont(14, QFont::Medium));
    painter.setPen(isChecked() || underMouse() ? tokens.ink : tokens.ink2);
    const QFontMetricsF metrics(painter.font());
    const qreal base = height() / 2.0 + metrics.capHeight() / 2;
    painter.drawText(QPointF(Pad, base), text());
    painter.setFont(textFont(13));
    painter.setPen(tokens.ink3);
    painter.drawText(QPointF(Pad + metrics.horizontalAdvance(text()) + Gap, base), m_count);
    if (isChecked())
        painter.fillRect(0, height() - 3, width(), 3, tokens.flame);
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(2, 6, -2, -8), 6, palette());
}

} // namespace simmer::ui
