// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

#include <vector>

namespace simmer::timers {

/// One line of a timer's history: an op and whether it changed anything.
struct Deed {
    OpId op;
    qint64 kt = 0;
    QString cook;
    DeviceId device;
    Action action;
    bool counted = false;

    bool operator==(const Deed &) const = default;
};

/// A timer's state as a pure function of its ops, which stand in the order of before(). Nothing
/// while no valid start is among them. The rules: src/decisions/0003-fold.md. Costs are linear in
/// the number of ops.
std::optional<Timer> fold(const TimerId &id, const QList<StampedOp> &ops);

/// For each op, whether the timer was over after it: done, cancelled, or not begun. Linear as well.
std::vector<bool> overAfter(const TimerId &id, const QList<StampedOp> &ops);

/// What was done to the timer, in the same order, and what of it lost.
QList<Deed> historyOf(const TimerId &id, const QList<StampedOp> &ops);

/// The last one that changed anything: of an ended timer, who ended it.
std::optional<Deed> lastDeed(const TimerId &id, const QList<StampedOp> &ops);

} // namespace simmer::timers
