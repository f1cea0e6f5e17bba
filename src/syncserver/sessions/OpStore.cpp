// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/OpStore.h"

#include "protocol/Limits.h"
#include "timers/OpCodec.h"
#include "timers/TimerBoard.h"

#include <algorithm>

namespace simmer::syncserver {

namespace {

/// Takes from `left` the results of one push.
Committed::Push sorted(const PushedOps &push, QList<storage::Appended>::const_iterator &left)
{
    Committed::Push done{push.session, {}};
    for (const storage::Arrival &arrival : push.arrivals) {
        switch ((left++)->standing) {
        case storage::Standing::InLog:
            done.ops += arrival.op;
            break;
        case storage::Standing::InHistory:
            done.settled += arrival.op;
            break;
        case storage::Standing::TooLate:
            done.tooLate += arrival.op;
            break;
        }
    }
    return done;
}

} // namespace

storage::KitchenLog::Batch batchOf(storage::KitchenLog &log, const std::deque<PushedOps> &pushes)
{
    storage::KitchenLog::Batch batch{&log, {}};
    for (const PushedOps &push : pushes)
        batch.arrivals += push.arrivals;
    return batch;
}

Committed outcomeOf(const std::deque<PushedOps> &pushes,
                    const Expected<QList<storage::Appended>> &appended, qint64 head)
{
    Committed result;
    result.head = head;
    if (!appended) {
        for (const PushedOps &push : pushes)
            result.pushes += Committed::Push{push.session, {}};
        result.error = appended.error();
        return result;
    }
    auto left = appended->cbegin();
    for (const PushedOps &push : pushes) {
        for (qsizetype i = 0; i < push.arrivals.size(); ++i) {
            const storage::Appended &one = *(left + i);
            if (!one.fresh)
                continue;
            result.entries += one.entry;
            if (i < push.ops.size()) // of tests that need none there are none
                result.ops += timers::StampedOp{push.ops[i], one.entry.kt, one.entry.seq};
        }
        result.pushes += sorted(push, left);
    }
    result.fresh = stretches(result.entries);
    return result;
}

Committed commit(storage::KitchenLog &log, const std::deque<PushedOps> &pushes)
{
    const auto appended = log.append(batchOf(log, pushes).arrivals);
    return outcomeOf(pushes, appended, log.head());
}

Expected<bool> anythingRuns(const storage::KitchenLog &log, qint64 now)
{
    namespace limits = protocol::limits;
    timers::TimerBoard board;
    for (qint64 after = 0; after < log.head();) {
        const auto page = log.page(after, limits::EntriesPerPage, limits::PageBytes);
        if (!page)
            return page.error();
        QList<timers::StampedOp> ops;
        for (const storage::LogEntry &entry : page->entries)
            if (const auto op = timers::opFromBytes(entry.body))
                ops += {*op, entry.kt, entry.seq};
        board.put(ops);
        after = page->entries.isEmpty() ? log.head() : page->entries.constLast().seq;
    }
    const QList<timers::Timer> all = board.timers();
    return std::any_of(all.cbegin(), all.cend(), [now](const timers::Timer &timer) {
        return timer.phase == timers::Phase::Running && timer.endAt > now - timers::MissedAfterMs;
    });
}

} // namespace simmer::syncserver
