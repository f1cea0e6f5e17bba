// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/Recipe.h"

#include <QJsonObject>

namespace simmer::recipes {

/// Most UTF-8 bytes that an encoded recipe may take: it has to fit into one message.
inline constexpr qsizetype MaxRecipeBytes = 200 * 1024;

/// Most photos of one recipe.
inline constexpr qsizetype MostPhotos = 20;

/// The recipe as it is stored and sent, without its id.
QJsonObject toJson(const Recipe &recipe);

/// The reverse, strict: unknown fields, wrong types and slots outside their text are BadSyntax.
Expected<Recipe> recipeFromJson(const RecipeId &id, const QJsonObject &json);

} // namespace simmer::recipes
