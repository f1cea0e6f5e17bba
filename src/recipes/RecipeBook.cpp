// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/RecipeBook.h"

namespace simmer::recipes {

void RecipeBook::saveImported(Recipe recipe)
{
    if (recipe.photos.isEmpty())
        recipe.photos = m_recipes.value(recipe.id).photos;
    save(recipe);
}

void RecipeBook::put(const Recipe &recipe)
{
    m_recipes.insert(recipe.id, recipe);
    Q_EMIT recipeChanged(recipe);
}

void RecipeBook::drop(const RecipeId &recipe)
{
    if (m_recipes.remove(recipe) > 0)
        Q_EMIT recipeRemoved(recipe);
}

} // namespace simmer::recipes
