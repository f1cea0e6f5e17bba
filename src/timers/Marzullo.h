// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <optional>

namespace simmer::timers {

/// Where a source says that the truth lies, both ends included.
struct Interval {
    qint64 low = 0;
    qint64 high = 0;

    qint64 middle() const { return low + (high - low) / 2; }
    bool operator==(const Interval &) const = default;
};

/// In what so many sources agree.
struct Agreement {
    Interval where;
    qsizetype sources = 0;

    bool operator==(const Agreement &) const = default;
};

/// The interval that lies in most of the given ones; of several such the narrowest, then the
/// earliest. Nothing for none; an interval that ends before it begins does not count.
/// K. Marzullo, "Maintaining the Time in a Distributed System", Stanford 1984; RFC 5905, 11.2.1.
std::optional<Agreement> agreement(const QList<Interval> &claims);

} // namespace simmer::timers
