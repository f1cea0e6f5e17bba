// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

namespace simmer::timers {

/// SHA-256 over all timers and recipes, equal on devices in the same state, whatever the order
/// in which they learned it. `recipes` holds id and canonical JSON of each.
QByteArray digest(const QList<Timer> &timers, const QHash<RecipeId, QByteArray> &recipes);

} // namespace simmer::timers
