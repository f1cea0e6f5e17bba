// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/Recipe.h"
#include "recipes/formats/Cooklang.h"

#include <QList>

namespace simmer::recipes::formats {

/// The recipe that a Cooklang document describes, without its id. Its own timers are slots exactly
/// as the author marked them; times in plain text are slots where they overlap none of those.
/// `title` is taken where the document names none.
Recipe recipeFromCooklang(const cooklang::Document &document, const QString &title);

/// The one recipe of a .cook file's text; `name` is the file's. Errors: NoRecipe.
Expected<QList<Recipe>> readCooklang(const QString &name, const QString &text);

} // namespace simmer::recipes::formats
