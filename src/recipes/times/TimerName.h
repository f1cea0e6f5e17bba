// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

namespace simmer::recipes {

/// A recipe's title without what follows a comma, dash or bracket, at most `most` characters.
QString shortTitle(const QString &title, int most = 28);

/// What a timer of that slot is called: the author's own name for it, else the words of the step
/// that lead to the time ("Boil the potatoes in salted water"), else the recipe's title and step.
QString timerName(const Recipe &recipe, int step, int slot);

} // namespace simmer::recipes
