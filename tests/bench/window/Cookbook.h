// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

namespace simmer::bench {

/// The `number`th recipe of a made-up cookbook, the same at every run: two kB of text in words that
/// are as unevenly spread as those of a real one.
recipes::Recipe made(int number);

/// A profile of Simmer with so many recipes; made at the first wish, and kept for the next run
/// beside the programs (in build/).
QString keptSimmer(int recipes);

/// The cookbook as a profile of Simmer, as a folder of KookBook (*.recipe.md), and as what
/// Gourmand's first start left with its tables filled. Each ends the program when it fails.
void fillSimmer(const QString &profile, int recipes);
void fillKookbook(const QString &folder, int recipes);
void fillGourmand(const QString &database, int recipes);

} // namespace simmer::bench
