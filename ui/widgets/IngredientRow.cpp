// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/IngredientRow.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyleOption>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Box = 18;
constexpr int TextLeft = Box + 10;
constexpr int Gap = 12;
constexpr int Pad = 7;
constexpr int MostAmountPercent = 55;
constexpr int Wrapped = Qt::TextWordWrap;

} // namespace

IngredientRow::IngredientRow(const QString &line, const QString &language, QWidget *parent)
    : QAbstractButton(parent)
    , m_language(language)
{
    setLine(line);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int IngredientRow::zoomed(int pixels) const
{
    return int(std::lround(pixels * m_zoom));
}

QFont IngredientRow::whatFont() const
{
    return textFont(zoomed(14));
}

QFont IngredientRow::amountFont(bool ticked) const
{
    return textFont(zoomed(14), ticked ? QFont::Normal : QFont::DemiBold);
}

void IngredientRow::setZoom(qreal zoom)
{
    m_zoom = zoom;
    updateGeometry();
    update();
}

QSize IngredientRow::minimumSizeHint() const
{
    return {120, std::max(32, zoomed(32))};
}

void IngredientRow::setLine(const QString &line)
{
    if (line == m_line && !line.isEmpty())
        return;
    m_line = line;
    m_parts = recipes::partsOf(line, m_language);
    setAccessibleName(line);
    updateGeometry();
    update();
}

/// Whether the amount stands at the right, in the column of amounts.
bool IngredientRow::isApart(int width) const
{
    const int amount = QFontMetrics(amountFont(false)).horizontalAdvance(m_parts.amount);
    return !m_parts.amount.isEmpty() &&
           amount <= (width - zoomed(TextLeft)) * MostAmountPercent / 100;
}

int IngredientRow::textRoom(int width) const
{
    const int amount =
        isApart(width)
            ? QFontMetrics(amountFont(false)).horizontalAdvance(m_parts.amount) + zoomed(Gap)
            : 0;
    return std::max(40, width - zoomed(TextLeft) - amount);
}

QString IngredientRow::text(int width) const
{
    return isApart(width) || m_parts.amount.isEmpty() ? m_parts.what : m_line;
}

int IngredientRow::heightForWidth(int width) const
{
    const QRect room(0, 0, textRoom(width), 10'000);
    const QRect taken = QFontMetrics(whatFont()).boundingRect(room, Wrapped, text(width));
    return std::max(zoomed(32), taken.height() + 2 * zoomed(Pad));
}

QSize IngredientRow::sizeHint() const
{
    return {240, heightForWidth(width() > 100 ? width() : 240)};
}

void IngredientRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(*this);
    QStyleOption box;
    box.initFrom(this);
    box.rect = QRect(0, zoomed(Pad), zoomed(Box), zoomed(Box));
    box.state.setFlag(QStyle::State_On, isChecked());
    style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, this);
    painter.setPen(isChecked() ? tokens.ink3 : tokens.ink);
    painter.setFont(whatFont());
    painter.drawText(
        QRect(zoomed(TextLeft), zoomed(Pad), textRoom(width()), height() - zoomed(Pad)),
        Wrapped | Qt::AlignTop, text(width()));
    if (isApart(width())) {
        painter.setFont(amountFont(isChecked()));
        painter.drawText(QRect(0, zoomed(Pad), width() - 1, height()),
                         Qt::AlignRight | Qt::AlignTop, m_parts.amount);
    }
    if (hasFocus())
        paintFocus(painter, QRectF(box.rect).adjusted(-3, -3, 3, 3).translated(3, 0), 7, palette());
}

} // namespace simmer::ui
