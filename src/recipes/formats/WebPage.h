// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/Recipe.h"

#include <QList>
#include <QString>

namespace simmer::recipes::formats {

/// The recipes of a web page: those of its JSON-LD, completed by its microdata, else those of its
/// microdata; without slots and ids. Errors: BadSyntax (also when its recipe data is broken or cut
/// short), TooLarge, NoRecipe.
Expected<QList<Recipe>> readWebPage(const QString &html);

/// The recipes of a bare JSON-LD document. Errors: BadSyntax, NoRecipe.
Expected<QList<Recipe>> readJsonLd(const QString &json);

} // namespace simmer::recipes::formats
