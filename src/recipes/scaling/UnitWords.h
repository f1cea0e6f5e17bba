// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Units.h"

#include <span>

namespace simmer::recipes {

/// All units that are known, of all languages.
std::span<const Unit> unitWords();

} // namespace simmer::recipes
