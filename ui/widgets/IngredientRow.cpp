// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/IngredientRow.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetrics>
#include <QPainter>
#include <QRegularExpression>
#include <QStyleOption>

namespace simmer::ui {

namespace {

constexpr int Box = 18;
constexpr int TextLeft = Box + 10;
constexpr int Gap = 12;
constexpr int Pad = 7;

QFont whatFont()
{
    return textFont(14);
}
QFont amountFont(bool ticked)
{
    return textFont(14, ticked ? QFont::Normal : QFont::DemiBold);
}

} // namespace

std::pair<QString, QString> splitAmount(const QString &line)
{
    // A number, fraction or range, then a unit of measure in English or German when one follows.
    static const QRegularExpression amount(
        QStringLiteral("^((?:\\d+(?:[.,/]\\d+)?(?:\\s?[¼½¾⅓⅔⅛])?|[¼½¾⅓⅔⅛])(?:\\s\\d/\\d)?"
                       "(?:\\s?[–-]\\s?\\d+(?:[.,/]\\d+)?)?"
                       "(?:\\s?(?:kg|g|mg|ml|cl|dl|l|oz|lb|lbs|EL|TL|Liter|Stangen?|Scheiben?|"
                       "Zweige?|Knollen?|Prise[n]?|Bund|Zehen?|Dose[n]?|"
                       "tbsp|tsp|tablespoons?|teaspoons?|cups?|cloves?|sprigs?|pinch(?:es)?|"
                       "bunch(?:es)?|handfuls?|sticks?|tins?|cans?|slices?|heads?|litres?|grams?)"
                       "\\b\\.?)?)\\s+(?=\\S)"));
    const QRegularExpressionMatch match = amount.match(line);
    if (!match.hasMatch())
        return {{}, line.left(1).toUpper() + line.mid(1)};
    QString what = line.mid(match.capturedLength());
    if (what.startsWith(QLatin1String("of ")))
        what.remove(0, 3);
    return {match.captured(1), what.left(1).toUpper() + what.mid(1)};
}

IngredientRow::IngredientRow(const QString &line, QWidget *parent)
    : QAbstractButton(parent)
{
    std::tie(m_amount, m_what) = splitAmount(line);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(line);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int IngredientRow::textRoom(int width) const
{
    const int amount =
        m_amount.isEmpty() ? 0 : QFontMetrics(amountFont(false)).horizontalAdvance(m_amount) + Gap;
    return std::max(40, width - TextLeft - amount);
}

int IngredientRow::heightForWidth(int width) const
{
    const QRect text =
        QFontMetrics(whatFont())
            .boundingRect(QRect(0, 0, textRoom(width), 10'000), Qt::TextWordWrap, m_what);
    return std::max(32, text.height() + 2 * Pad);
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
    box.rect = QRect(0, Pad, Box, Box);
    box.state.setFlag(QStyle::State_On, isChecked());
    style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, this);
    painter.setPen(isChecked() ? tokens.ink3 : tokens.ink);
    painter.setFont(whatFont());
    painter.drawText(QRect(TextLeft, Pad, textRoom(width()), height() - Pad),
                     Qt::TextWordWrap | Qt::AlignTop, m_what);
    painter.setFont(amountFont(isChecked()));
    painter.drawText(QRect(0, Pad, width() - 1, height()), Qt::AlignRight | Qt::AlignTop, m_amount);
    if (hasFocus())
        paintFocus(painter, QRectF(0, Pad, Box, Box).adjusted(-3, -3, 3, 3).translated(3, 0), 7,
                   palette());
}

} // namespace simmer::ui
