// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

namespace simmer::timers {

/// SHA-256 over all timers, recipes and their cooking, equal on devices in the same state, whatever
/// the order in which they learned it. `recipes` holds id and canonical text of each, `cookings`
/// those of what was cooked.
QByteArray digest(const QList<Timer> &timers, const QHash<RecipeId, QByteArray> &recipes,
                  const QHash<RecipeId, QByteArray> &cookings);

} // namespace simmer::timers
