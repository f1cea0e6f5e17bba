// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/RecipeBook.h"

namespace simmer::recipes {

namespace {

// Where many are read, growing would move all of them in one go: 80 ms at 60,000. Room for so many
// costs 0.3 MB until they come.
constexpr qsizetype Room = 100'000;

} // namespace

void RecipeBook::saveImported(Recipe recipe)
{
    if (const auto here = m_recipes.constFind(recipe.id); here != m_recipes.cend()) {
        if (recipe.photos.isEmpty())
            recipe.photos = here->photos;
        recipe.notes = here->notes;
        recipe.isFavourite = here->isFavourite;
    }
    save(recipe);
}

void RecipeBook::put(const Recipe &recipe, const Origin &origin)
{
    shelve(recipe, origin);
    Q_EMIT recipeChanged(recipe);
}

void RecipeBook::shelve(const Recipe &recipe, const Origin &origin)
{
    if (m_recipes.isEmpty()) {
        m_origins.reserve(Room);
        m_recipes.reserve(Room);
    }
    m_origins.insert(recipe.id, origin);
    m_recipes.insert(recipe.id, recipe);
}

void RecipeBook::tellLoaded()
{
    m_loaded = true;
    Q_EMIT loaded();
}

void RecipeBook::drop(const RecipeId &recipe)
{
    m_origins.remove(recipe);
    if (m_recipes.remove(recipe) > 0)
        Q_EMIT recipeRemoved(recipe);
}

} // namespace simmer::recipes
