// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

namespace simmer::timers {

/// A timer's state as a pure function of its ops, which stand in the order of before(). Nothing
/// while no valid start is among them. The rules: src/decisions/0003-fold.md.
std::optional<Timer> fold(const TimerId &id, const QList<StampedOp> &ops);

} // namespace simmer::timers
