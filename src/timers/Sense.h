// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "timers/Timer.h"

namespace simmer::timers {

/// Whether an action makes sense for the timer as it is; the fold would ignore what does not.
/// Errors: BadArgument.
Outcome sensible(const Action &action, const Timer &timer, qint64 now);

/// Whether its lengths, names and cues do for any timer. Errors: BadArgument.
Outcome sensibleLength(const Action &action);

} // namespace simmer::timers
