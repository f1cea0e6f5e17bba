// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/Recipe.h"

#include <algorithm>

namespace simmer::recipes {

namespace {
// Drawn once by uuidgen: the space in which imported recipes have their names.
constexpr QUuid ImportSpace(0x6f1c8a52, 0x3b0e, 0x4d5f, 0x9a, 0x77, 0x21, 0xc4, 0x5e, 0x08, 0xd3,
                            0x6b);
} // namespace

QStringList instructionLines(const Recipe &recipe)
{
    QStringList lines;
    QString section;
    for (const Step &step : recipe.steps) {
        if (step.section != section && !step.section.isEmpty())
            lines += step.section;
        section = step.section;
        if (!step.isHeading())
            lines += step.text.split(QLatin1Char('\n'));
    }
    return lines;
}

int countedSteps(const Recipe &recipe)
{
    return int(std::count_if(recipe.steps.cbegin(), recipe.steps.cend(),
                             [](const Step &step) { return !step.isHeading(); }));
}

int stepNumber(const Recipe &recipe, int step)
{
    if (step < 0 || step >= recipe.steps.size())
        return step + 1;
    return int(std::count_if(recipe.steps.cbegin(), recipe.steps.cbegin() + step + 1,
                             [](const Step &one) { return !one.isHeading(); }));
}

RecipeId importId(const Recipe &recipe)
{
    if (recipe.source.startsWith(QLatin1String("http")))
        return RecipeId::derived(ImportSpace, recipe.source.toUtf8());
    QByteArray words = recipe.title.toUtf8();
    for (const QString &ingredient : recipe.ingredients)
        words += '\n' + ingredient.toUtf8();
    for (const Step &step : recipe.steps)
        words += '\n' + step.text.toUtf8();
    return RecipeId::derived(ImportSpace, words);
}

} // namespace simmer::recipes
