// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/Recipe.h"

#include <QJsonValue>

namespace simmer::app {

/// The recipe with one field changed: a text, or minutes for prep, cook and total; ingredients,
/// tags and steps as lines, in which times are found anew. An empty value clears a field. Errors:
/// BadArgument for a field that no recipe has or a value that it can't hold.
Expected<recipes::Recipe> edited(const recipes::Recipe &recipe, const QString &field,
                                 const QJsonValue &value);

} // namespace simmer::app
