// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"

namespace simmer::app {

/// Puts the recipes that ship with Simmer into a new device's book.
void saveSamples(recipes::RecipeBook &book);

} // namespace simmer::app
