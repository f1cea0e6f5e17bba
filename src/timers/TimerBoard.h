// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

#include <QHash>
#include <QList>
#include <queue>

#include <vector>

namespace simmer::timers {

/// All timers of a kitchen with their ops, and a heap of the moments at which one wants
/// attention. Putting an op costs what its timer's own ops cost, whatever else is on the board.
/// Pure; belongs to one thread.
class TimerBoard
{
public:
    enum class Call { Check, End };

    /// A timer that came to its check or its end.
    struct Due {
        Call call = Call::End;
        Timer timer;
    };

    /// Takes an op, or the new stamp of one that it has; the timer as it is then, if it changed.
    std::optional<Timer> put(const StampedOp &stamped);
    /// The same for many ops (a loaded log): each timer is folded once.
    QList<Timer> put(const QList<StampedOp> &many);

    const Timer *find(const TimerId &id) const;
    /// All timers, in no order.
    QList<Timer> timers() const;
    qsizetype size() const { return m_entries.size(); }

    /// The next moment at which takeDue() has something, kitchen ms.
    std::optional<qint64> nextDue();
    /// The calls that are due, each once for each ring key.
    QList<Due> takeDue(qint64 now);

private:
    struct Entry {
        QList<StampedOp> ops;
        Timer timer;
        bool started = false;
    };
    struct Appointment {
        qint64 at = 0;
        Call call = Call::End;
        TimerId timer;
        OpId ringKey;

        bool operator>(const Appointment &other) const { return at > other.at; }
    };

    static void insert(QList<StampedOp> &ops, const StampedOp &stamped);
    std::optional<Timer> refold(const TimerId &id);
    void appoint(const Timer &timer);
    bool stands(const Appointment &appointment) const;

    QHash<TimerId, Entry> m_entries;
    std::priority_queue<Appointment, std::vector<Appointment>, std::greater<>> m_calls;
};

} // namespace simmer::timers
