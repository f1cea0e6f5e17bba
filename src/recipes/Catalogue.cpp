// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/Catalogue.h"

namespace simmer::recipes {

Entry entryOf(const Recipe &recipe, const Origin &origin)
{
    int times = 0;
    for (const Step &step : recipe.steps)
        times += int(step.slots.size());
    return {recipe.id,          recipe.title,           recipe.tags, recipe.totalMinutes, times,
            recipe.isFavourite, recipe.photos.value(0), origin};
}

} // namespace simmer::recipes
