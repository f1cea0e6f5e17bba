// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/RecipeTimers.h"

#include "recipes/times/TimerName.h"

namespace simmer::ui {

void tapSlot(LiveTimers &live, const recipes::Recipe &recipe, int step, int slot)
{
    const timers::Place place{recipe.id, step, slot};
    const TimerId id = timers::timerAt(place);
    if (live.isPending(id))
        return;
    const auto timer = live.find(id);
    if (timer && isOnPass(*timer))
        return live.toggle(id);
    const recipes::Slot &time = recipe.steps.at(step).slots.at(slot);
    constexpr qint64 SecondMs = 1000;
    live.start({recipes::timerName(recipe, step, slot), time.shortestSeconds * SecondMs,
                time.longestSeconds * SecondMs, place});
}

} // namespace simmer::ui
