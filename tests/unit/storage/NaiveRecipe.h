// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

namespace simmer::tests {

/// What decision 0011 says a recipe is after its ops; written from it alone, slowly and plainly,
/// to judge storage::foldRecipe by. All that was written can be read. The order of `ops` does not
/// matter.
std::optional<QJsonObject> naiveRecipe(const QList<timers::StampedOp> &ops);

} // namespace simmer::tests
