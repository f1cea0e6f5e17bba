// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

#include <QJsonObject>

namespace simmer::recipes::formats {

/// The recipe that a schema.org/Recipe node describes, without slots and id. What the node does not
/// say stays empty; `language` is taken where the node names none. A missing total time is the
/// sum of the known parts.
Recipe recipeFromSchema(const QJsonObject &node, const QString &language);

} // namespace simmer::recipes::formats
