// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <queue>

#include <vector>

namespace simmer::timers {

/// All timers of a kitchen with their ops, and a heap of the moments at which one wants
/// attention. Putting an op costs what its timer's own ops cost, whatever else is on the board.
/// A timer that follows another one's end is derived here, from the other's ops. Pure; belongs to
/// one thread.
class TimerBoard
{
public:
    /// Begin: a timer that waited for the end of another one runs now.
    enum class Call { Begin, Cue, Check, End };

    /// A timer that came to one of its moments.
    struct Due {
        Call call = Call::End;
        qint64 at = 0; ///< when it was due, kitchen ms
        Timer timer;
        Cue cue = {};
    };

    /// What ops did to the board.
    struct Changes {
        QList<Timer> timers;
        QList<TimerId> gone; ///< they followed an end that will not come any more
    };

    /// Takes an op, or the new stamp of one that it has.
    Changes put(const StampedOp &stamped);
    /// The same for many ops (a loaded log): each timer is folded once.
    Changes put(const QList<StampedOp> &many);
    /// These ops count no more: they are in the kitchen's history, or were refused.
    Changes drop(const QList<StampedOp> &many);
    /// Takes whole timers off the board, with what was kept of them. A leader and its followers go
    /// together: a follower alone does not know any more when it began.
    void forget(const QSet<TimerId> &ids);
    /// Frees what is left of appointments and stages that do not stand any more; looks at all.
    void tidy();
    /// Whether anything is kept of the timer, also if no start of it was seen.
    bool holds(const TimerId &id) const { return m_entries.contains(id); }

    const Timer *find(const TimerId &id) const;
    /// The timer's ops in the order of before(), without those that are derived.
    QList<StampedOp> opsOf(const TimerId &id) const { return m_entries.value(id).ops; }
    /// All timers, in no order.
    QList<Timer> timers() const;
    qsizetype size() const { return m_entries.size(); }

    /// The next moment at which takeDue() has something, kitchen ms.
    std::optional<qint64> nextDue();
    /// The calls that are due, each once for each ring key; of a cue only the newest moment.
    QList<Due> takeDue(qint64 now);
    /// It is earlier than was thought: what was called for a moment that is still to come will be
    /// called again. Returns the timers that are not over, or have not begun, after all.
    QList<Timer> rewind(qint64 now);
    /// The end with this ring key was taken but not told: should it count again, it is due again.
    void giveBack(const TimerId &id, const OpId &ringKey);

private:
    struct Entry {
        QList<StampedOp> ops;
        QList<TimerId> followers;
        std::optional<TimerId> leader;    ///< the timer that it follows
        std::optional<StampedOp> derived; ///< its start by the end of that one
        Timer timer;
        bool started = false;
        OpId rung;         ///< the ring key whose end was taken, and
        OpId checked;      ///< whose check
        qint64 cuedAt = 0; ///< the newest cue that was taken
    };
    struct Appointment {
        qint64 at = 0;
        Call call = Call::End;
        TimerId timer;
        OpId ringKey;

        bool operator>(const Appointment &other) const { return at > other.at; }
    };

    Changes changesOf(const QSet<TimerId> &touched) const;
    void refold(const TimerId &id, QSet<TimerId> &touched);
    static std::optional<Timer> folded(const TimerId &id, const Entry &entry);
    void follow(const Timer &leader, QSet<TimerId> &touched);
    void derive(const TimerId &id, const TimerId &leader, const std::optional<StampedOp> &start,
                QSet<TimerId> &touched);
    void appoint(const Timer &timer);
    bool stands(const Appointment &appointment) const;
    Due take(const Appointment &call, qint64 now);

    QHash<TimerId, Entry> m_entries;
    std::priority_queue<Appointment, std::vector<Appointment>, std::greater<>> m_calls;
    qint64 m_taken = 0; ///< all before this moment was taken
};

} // namespace simmer::timers
