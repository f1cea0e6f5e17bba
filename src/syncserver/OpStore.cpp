// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/OpStore.h"

namespace simmer::syncserver {

Committed commit(storage::KitchenLog &log, const std::deque<PushedOps> &pushes)
{
    Committed result;
    QList<storage::Arrival> arrivals;
    for (const PushedOps &push : pushes) {
        QList<OpId> ops;
        for (const storage::Arrival &arrival : push.arrivals)
            ops += arrival.op;
        result.pushes += {push.session, ops};
        arrivals += push.arrivals;
    }
    const auto appended = log.append(arrivals);
    result.head = log.head();
    if (!appended) {
        result.error = appended.error();
        return result;
    }
    QList<storage::LogEntry> fresh;
    for (const storage::Appended &one : *appended)
        if (one.fresh)
            fresh += one.entry;
    result.freshCount = fresh.size();
    result.fresh = stretches(fresh);
    return result;
}

} // namespace simmer::syncserver
