// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/KitchenLog.h"
#include "syncserver/net/Socket.h"

namespace simmer::syncserver {

/// Consecutive entries of the log, encoded as one page for everybody.
struct Stretch {
    qint64 first = 0;
    qint64 last = 0;
    Text page;
};

/// Splits consecutive entries into pages within the protocol's limits.
QList<Stretch> stretches(const QList<storage::LogEntry> &entries);
/// Splits what is left of the log up to its base into pages of a snapshot.
QList<Stretch> snapshotStretches(const QList<storage::LogEntry> &entries);

} // namespace simmer::syncserver
