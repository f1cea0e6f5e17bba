// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/KitchenStore.h"
#include "syncserver/sessions/Stretch.h"

#include <deque>
#include <functional>

namespace simmer::syncserver {

/// Names a session, for as long as its hub lives.
using SessionNumber = quint64;

/// The good ops of one push.
struct PushedOps {
    SessionNumber session = 0;
    QList<storage::Arrival> arrivals;
    QList<timers::Op> ops = {}; ///< the same, as they were read
};

/// What one commit did: which pushes are on the disk now, and by what the log grew. With an
/// error nothing was written.
struct Committed {
    struct Push {
        SessionNumber session = 0;
        QList<OpId> ops;          ///< in the log
        QList<OpId> settled = {}; ///< in the history since long ago
        QList<OpId> tooLate = {}; ///< about what is history
    };
    QList<Push> pushes;
    QList<storage::LogEntry> entries; ///< that are new in the log
    QList<Stretch> fresh;             ///< the same, as they are sent
    QList<timers::StampedOp> ops;     ///< and as onlookers have them
    qint64 head = 0;
    std::optional<Error> error;
};

/// What came in for one kitchen, in the order in which it came.
storage::KitchenLog::Batch batchOf(storage::KitchenLog &log, const std::deque<PushedOps> &pushes);
/// What became of that.
Committed outcomeOf(const std::deque<PushedOps> &pushes,
                    const Expected<QList<storage::Appended>> &appended, qint64 head);
/// Writes all pushes of one kitchen in one transaction.
Committed commit(storage::KitchenLog &log, const std::deque<PushedOps> &pushes);

/// Whether a countdown of the log is under way at kitchen time `now`, or its ring may still be
/// unanswered. Reads all of the log. Errors: StoreBusy, StoreBroken.
Expected<bool> anythingRuns(const storage::KitchenLog &log, qint64 now);

/// Where the hub puts ops and questions: the kitchen thread, or a simulated disk. Answers come
/// later, in the order in which the store changed.
class OpStore
{
public:
    OpStore() = default;
    virtual ~OpStore() = default;
    Q_DISABLE_COPY_MOVE(OpStore)

    /// A Committed follows, to whom the store was given.
    virtual void push(PushedOps ops) = 0;
    /// Runs `task` with the store.
    virtual void ask(std::function<void(storage::KitchenStore &)> task) = 0;
};

} // namespace simmer::syncserver
