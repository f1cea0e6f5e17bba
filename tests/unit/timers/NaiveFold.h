// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

namespace simmer::tests {

/// What the table of DESIGN section 3 and decision 0003 say a timer is after its ops; written from
/// them alone, slowly and plainly, to judge timers::fold by.
struct NaiveTimer {
    timers::Phase phase = timers::Phase::Running;
    QString name;
    qint64 endAt = 0;
    qint64 leftMs = 0;
    OpId ringKey;
    OpId startedBy;
    bool cancelOverruled = false;

    bool operator==(const NaiveTimer &) const = default;
};

/// The ops stand in the order of before().
std::optional<NaiveTimer> naiveFold(const QList<timers::StampedOp> &ops);

/// The same part of a folded timer.
NaiveTimer naive(const timers::Timer &timer);

} // namespace simmer::tests
