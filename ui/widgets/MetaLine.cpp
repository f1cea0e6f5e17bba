// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/MetaLine.h"

#include "recipes/scaling/Servings.h"
#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/Words.h"

#include <QFontMetricsF>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int LineHeight = 24;
constexpr qreal IconSize = 16;
constexpr qreal IconGap = 7;
constexpr qreal PartGap = 18;
constexpr int MostTags = 4;

} // namespace

MetaLine::MetaLine(const recipes::Recipe &recipe, QWidget *parent)
    : QWidget(parent)
{
    setFont(textFont(14));
    if (recipe.totalMinutes)
        m_parts += {QLatin1String("clock"), Words::minutes(*recipe.totalMinutes)};
    if (recipe.prepMinutes)
        m_parts +=
            {QLatin1String("hand"), tr("%1 hands-on").arg(Words::minutes(*recipe.prepMinutes))};
    // What the servings stepper shows is not said twice.
    const auto servings = recipes::servingsIn(recipe.yields, recipe.language);
    if (!recipe.yields.isEmpty() && !(servings && servings->isPeople))
        m_parts += {QLatin1String("people"), recipe.yields};
    if (!recipe.tags.isEmpty())
        m_parts += {QLatin1String("tag"),
                    QStringList(recipe.tags.mid(0, MostTags)).join(QStringLiteral(", "))};
    QStringList spoken;
    for (const Part &part : m_parts)
        spoken += part.text;
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

qreal MetaLine::widthOf(const Part &part) const
{
    return IconSize + IconGap + QFontMetricsF(font()).horizontalAdvance(part.text);
}

int MetaLine::heightForWidth(int width) const
{
    int lines = m_parts.isEmpty() ? 0 : 1;
    qreal x = 0;
    for (const Part &part : m_parts) {
        if (x > 0 && x + widthOf(part) > width) {
            ++lines;
            x = 0;
        }
        x += widthOf(part) + PartGap;
    }
    return lines * LineHeight;
}

QSize MetaLine::sizeHint() const
{
    return {320, heightForWidth(width() > 100 ? width() : 320)};
}

void MetaLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(*this);
    const QFontMetricsF metrics(font());
    qreal x = 0;
    qreal middle = LineHeight / 2.0;
    for (const Part &part : m_parts) {
        if (x > 0 && x + widthOf(part) > width()) {
            x = 0;
            middle += LineHeight;
        }
        paintIcon(painter, {x, middle - IconSize / 2, IconSize, IconSize}, part.icon, tokens.ink3);
        painter.setPen(tokens.ink2);
        const qreal room = width() - x - IconSize - IconGap;
        painter.drawText(QPointF(x + IconSize + IconGap, middle + metrics.capHeight() / 2),
                         metrics.elidedText(part.text, Qt::ElideRight, room));
        x += widthOf(part) + PartGap;
    }
}

} // namespace simmer::ui
