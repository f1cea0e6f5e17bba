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

/// Whether a value can be read as that field of a recipe. Null, which clears it, can be for all
/// but title, ingredients and steps.
bool isField(const QString &name, const QJsonValue &value);

/// Whether these fields are a whole recipe: title, ingredients and steps are among them.
bool isWhole(const QJsonObject &fields);

/// What a write says of each field: a whole recipe says of those that it does not name that they
/// are empty (null); other writes say nothing of them.
QJsonObject spelledOut(QJsonObject fields);

/// Whether who wrote these fields knew of times in steps. Where nobody did, they are still to be
/// found; a step without any among others that have some was meant so.
bool saysTimes(const QJsonObject &fields);

/// The fields in which `now` differs, null for one that became empty.
QJsonObject changes(const Recipe &was, const Recipe &now);

} // namespace simmer::recipes
