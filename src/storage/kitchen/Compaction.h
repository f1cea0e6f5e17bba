// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/KitchenLog.h"
#include "timers/TimerBoard.h"

#include <QHash>
#include <QSet>

namespace simmer::storage {

class Database;

/// Folds the lives of timers that ended long ago out of a kitchen's log into its history, in steps
/// so small that no ack waits for long. What it may fold, and why:
/// src/decisions/0014-compaction.md. Belongs to the thread of its database.
class Compaction
{
public:
    /// Ops that came in and lives that ended longer ago are folded, ms (DESIGN section 3). No
    /// backup is kept as long: one that is restored knows every op that was ever folded.
    static constexpr qint64 HorizonMs = 30LL * 24 * 3600 * 1000;

    /// All must outlive it.
    Compaction(Database &database, const KitchenId &kitchen, KitchenLog &log, qint64 horizonMs);

    /// One step, in one durable transaction; whether more is to be done now. `now` is kitchen time.
    /// Errors: as KitchenLog; then nothing was folded, and the next step begins again.
    Expected<bool> step(qint64 now);

private:
    /// How far a run has come; a run looks at everything that became old enough since the last one.
    struct Run {
        qint64 upTo = 0; ///< seq of the newest entry that may be folded
        qint64 at = 0;   ///< seq up to which it has looked
        QSet<TimerId> looked;
        QList<TimerId> again; ///< those that waited for their followers
        bool isDone = false;
    };
    /// The ops of a life and of the timers that its end began, each with its derived start.
    using Family = QHash<TimerId, QList<timers::StampedOp>>;

    Expected<bool> begin(qint64 now);
    Outcome mark(qint64 now);
    Outcome foldSome();
    Expected<bool> foldLives(const TimerId &timer);
    Outcome fold(const Family &family, const timers::TimerBoard &board);
    bool isOld(const QList<timers::StampedOp> &ops) const;
    Expected<std::optional<Family>>
    familyOf(const TimerId &timer, const QList<timers::StampedOp> &life, timers::TimerBoard &board);
    Expected<bool> addFollowers(const timers::Timer &leader, Family &family,
                                timers::TimerBoard &board, QList<TimerId> &open);

    Database &m_database;
    QByteArray m_kitchen;
    KitchenLog &m_log;
    qint64 m_horizonMs;
    std::optional<Run> m_run;
    qint64 m_looked = 0;     ///< seq up to which earlier runs have looked
    QSet<TimerId> m_waiting; ///< leaders whose followers were not over yet
    qsizetype m_budget = 0;  ///< what this step may still cost, in ops
};

} // namespace simmer::storage
