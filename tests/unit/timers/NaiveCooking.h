// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Cooking.h"

namespace simmer::tests {

/// What decision 0011 says the cooking of a recipe is after its ops; written from it alone, slowly
/// and plainly, to judge timers::foldCooking by. The ops stand in the order of before().
std::optional<timers::Cooking> naiveCooking(const QList<timers::StampedOp> &ops);

} // namespace simmer::tests
