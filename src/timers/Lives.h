// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

namespace simmer::timers {

// A timer is started again and again over the years under the same id. A *life* is a stretch of its
// ops after which it is over, and which no op that comes later can change: the next one, if there
// is any, begins it anew. Folding a timer without its oldest lives gives what folding all gives;
// the proof is in src/decisions/0014-compaction.md.

/// Whether the op begins a countdown whenever its timer is over.
bool beginsAnew(const Op &op);

/// Whether nothing runs, is paused or rings.
bool isOver(const Timer &timer);

/// Where the lives of a timer end, each as the index after its last op. The ops stand in the order
/// of before(); only the first `settled` of them are looked at, but the op after a life counts.
QList<qsizetype> livesOf(const TimerId &id, const QList<StampedOp> &ops, qsizetype settled);

/// Whether the timer began at the end of another one. Only its leader's ops can tell when.
bool isFollower(const TimerId &id, const QList<StampedOp> &ops);

/// Who ended the last run, and when: the cancel or acknowledge that counted.
struct Ending {
    QString cook;
    qint64 at = 0;

    bool operator==(const Ending &) const = default;
};
std::optional<Ending> endingOf(const TimerId &id, const QList<StampedOp> &ops);

} // namespace simmer::timers
