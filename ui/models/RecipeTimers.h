// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "recipes/Recipe.h"

namespace simmer::ui {

/// The obvious next thing with a time of a recipe: starts its timer, pauses, resumes or silences
/// it.
void tapSlot(LiveTimers &live, const recipes::Recipe &recipe, int step, int slot);

} // namespace simmer::ui
