// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/RecipeReads.h"

#include "recipes/RecipeJson.h"
#include "syncserver/api/Problem.h"

#include <algorithm>

namespace simmer::syncserver::api {

namespace {

using K = QLatin1String;

QJsonObject headJson(const RecipeHead &head)
{
    return {{K("id"), head.id.toHex()},
            {K("title"), head.title},
            {K("yields"), head.yields},
            {K("total_time"), recipes::orNull(head.totalMinutes)},
            {K("tags"), QJsonArray::fromStringList(head.tags)}};
}

} // namespace

void listRecipes(const Visit &visit)
{
    visit.guest.kitchen->recipes([visit](const Expected<QList<RecipeHead>> &found) {
        if (!found)
            return visit.reply(problem(found.error()));
        QList<RecipeHead> heads = *found;
        std::sort(heads.begin(), heads.end(), [](const RecipeHead &a, const RecipeHead &b) {
            return a.title == b.title ? a.id < b.id : a.title < b.title;
        });
        QJsonArray array;
        for (const RecipeHead &head : std::as_const(heads))
            array.append(headJson(head));
        visit.reply(jsonAnswer(200, {{K("recipes"), array}}));
    });
}

void showRecipe(const Visit &visit)
{
    const auto id = RecipeId::fromHex(QString::fromLatin1(visit.id)).value_or(RecipeId());
    const Expected<recipes::Recipe> recipe = visit.guest.kitchen->recipe(id);
    visit.reply(recipe ? jsonAnswer(200, recipes::recipeJson(*recipe)) : problem(recipe.error()));
}

} // namespace simmer::syncserver::api
