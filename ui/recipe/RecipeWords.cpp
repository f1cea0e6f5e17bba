// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/RecipeWords.h"

#include "recipes/scaling/Scaling.h"
#include "words/Words.h"

#include <QRegularExpression>

#include <cmath>

namespace simmer::ui {

using recipes::Fraction;
using recipes::Recipe;
using recipes::Servings;

namespace {

constexpr int LongestFileName = 80;

std::optional<Servings> servingsOf(const Recipe &recipe)
{
    return recipes::servingsIn(recipe.yields, recipe.language);
}

} // namespace

QString RecipeWords::yieldNoun(const std::optional<Servings> &servings, double count)
{
    if (!servings)
        return QStringLiteral("×");
    if (!servings->noun.isEmpty())
        return servings->noun;
    // By the plural's own rule; its number is drawn apart.
    const int rounded = int(std::ceil(std::min(count, 1e6)));
    return tr("%n serving(s)", nullptr, rounded).remove(QString::number(rounded)).simplified();
}

QString RecipeWords::yields(const std::optional<Servings> &servings, const Fraction &factor)
{
    const Fraction count = (servings ? servings->count : Fraction::of(1)) * factor;
    return recipes::inFractions(count) + QLatin1Char(' ') + yieldNoun(servings, count.value());
}

QString RecipeWords::writtenFor(const Recipe &recipe, const Fraction &factor)
{
    if (factor == Fraction::of(1))
        return {};
    const auto servings = servingsOf(recipe);
    if (!servings)
        return tr("Times are not scaled.");
    const QString count = recipes::inFractions(servings->count);
    return tr("Written for %1. Times are not scaled.")
        .arg(servings->noun.isEmpty() ? count : count + QLatin1Char(' ') + servings->noun);
}

QString RecipeWords::meta(const Recipe &recipe, const Fraction &factor)
{
    QStringList parts;
    if (recipe.totalMinutes)
        parts += Words::minutes(*recipe.totalMinutes);
    if (recipe.prepMinutes)
        parts += tr("%1 hands-on").arg(Words::minutes(*recipe.prepMinutes));
    const auto servings = servingsOf(recipe);
    if (servings || factor != Fraction::of(1))
        parts += yields(servings, factor);
    else if (!recipe.yields.isEmpty())
        parts += recipe.yields;
    return parts.join(QStringLiteral(" · "));
}

QString RecipeWords::asText(const Recipe &recipe, const Fraction &factor)
{
    QStringList lines{recipe.title};
    const QString about = meta(recipe, factor);
    if (!about.isEmpty())
        lines += about;
    if (!recipe.summary.isEmpty())
        lines += {QString(), recipe.summary};
    if (!recipe.ingredients.isEmpty())
        lines += {QString(), tr("Ingredients")};
    for (const QString &line : recipe.ingredients)
        lines += QStringLiteral("- ") + recipes::scaledLine(line, factor, recipe.language);
    if (!recipe.steps.isEmpty())
        lines += {QString(), tr("Steps")};
    QString section;
    for (int i = 0; i < recipe.steps.size(); ++i) {
        const recipes::Step &step = recipe.steps.at(i);
        if (step.section != section && !step.section.isEmpty())
            lines += {QString(), step.section};
        section = step.section;
        if (!step.isHeading())
            lines += QStringLiteral("%1. %2").arg(recipes::stepNumber(recipe, i)).arg(step.text);
    }
    if (!recipe.notes.isEmpty())
        lines += {QString(), tr("Notes"), recipe.notes};
    if (recipe.source.startsWith(QLatin1String("http")))
        lines += {QString(), recipe.source};
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString RecipeWords::fileName(const Recipe &recipe)
{
    static const QRegularExpression refused(QStringLiteral("[\\x00-\\x1f/\\\\:*?\"<>|]+"));
    QString name = recipe.title.left(LongestFileName);
    name.replace(refused, QStringLiteral(" "));
    name = name.simplified();
    while (name.startsWith(u'.') || name.startsWith(u' '))
        name.remove(0, 1);
    return name.isEmpty() ? tr("Recipe") : name;
}

} // namespace simmer::ui
