// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

namespace simmer::recipes {

/// Which ingredients (their lines, in order) a step speaks of, by its words. A help for the eye:
/// it misses what the author calls otherwise. Empty for a step that is not there.
QList<int> ingredientsOf(const Recipe &recipe, int step);

} // namespace simmer::recipes
