// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "syncserver/onlookers/Pulse.h"
#include "timers/TimerBoard.h"

#include <QQueue>

#include <functional>

namespace simmer::syncserver {

/// A ring that nobody answered yet.
struct OpenRing {
    TimerId timer;
    OpId key;         ///< the op that set the end
    qint64 since = 0; ///< kitchen ms

    bool operator==(const OpenRing &) const = default;
};

/// The timers of a kitchen that are not over, or not for long, folded from its committed ops.
/// What it keeps follows what lives: other timers are read again when an op names them. Kitchen
/// time, ms, which never goes back. Belongs to the thread of its kitchen.
class KitchenBoard
{
public:
    /// All ops of a timer that are in the log; those that were committed just now are at hand, in
    /// the order of their seqs, so that they need not be read.
    using Recall = std::function<Expected<QList<timers::StampedOp>>(
        const TimerId &, const QList<timers::StampedOp> &atHand)>;

    /// How long a timer stays that is over, or whose ring nobody answers: then the ring is history
    /// (DESIGN section 3).
    static constexpr qint64 KeepMs = timers::MissedAfterMs;
    /// Cleaning up looks at each timer, so not more often than this.
    static constexpr qint64 PruneEveryMs = 60'000;
    /// How many stages of dropped timers are remembered with the timer that they followed, should a
    /// late op name one.
    static constexpr qsizetype MostLeaders = 1024;

    explicit KitchenBoard(Recall recall);

    /// Takes a stretch of the log, the oldest first, at the worker's start; loaded() ends that.
    Outcome load(const QList<timers::StampedOp> &ops, qint64 now);
    Outcome loaded(qint64 now);
    /// Takes ops that were committed just now. Errors: those of the recall; such timers are read
    /// at the next chance.
    Outcome put(const QList<timers::StampedOp> &ops, qint64 now);
    /// Lets go of what is over for long, and reads what could not be read.
    Outcome prune(qint64 now);

    /// The rings that are due, each once for each ring key, but none that is history.
    QList<timers::Timer> takeRings(qint64 now);
    /// The timers that ops or cleaning up touched since this was asked last, also those that are
    /// not on the board any more.
    QSet<TimerId> takeTouched() { return std::exchange(m_fresh, {}); }
    /// When prune() will have something to do, and when that or takeRings() will, kitchen ms.
    std::optional<qint64> pruneAt() const { return m_pruneAt; }
    std::optional<qint64> nextAt();

    const timers::Timer *find(const TimerId &id) const { return m_board.find(id); }
    QList<timers::StampedOp> opsOf(const TimerId &id) const { return m_board.opsOf(id); }
    /// All that are on the board, in no order.
    QList<timers::Timer> timers() const { return m_board.timers(); }
    qsizetype size() const { return m_board.size(); }
    /// Rings that still want an answer, in no order.
    QList<OpenRing> unanswered(qint64 now) const;
    TimerSigns signs(qint64 now) const;

private:
    Outcome recall(QSet<TimerId> wanted, QList<timers::StampedOp> &ops,
                   const QList<timers::StampedOp> &atHand = {});
    Outcome apply(QList<timers::StampedOp> ops, qint64 now,
                  const QList<timers::StampedOp> &atHand = {});
    QSet<TimerId> unreadFollowers(const QList<timers::Timer> &timers);
    bool isRead(const TimerId &id) const;
    void note(const timers::Timer &timer, qint64 now);
    QSet<TimerId> forget(QSet<TimerId> ids);
    void dropStrays(const QSet<TimerId> &touched);
    QSet<TimerId> resting(qint64 now);
    void keepFamilies(QSet<TimerId> &ids) const;

    Recall m_recall;
    timers::TimerBoard m_board;
    QSet<TimerId> m_read;               ///< all their ops are on the board
    QSet<TimerId> m_running;            ///< count down, or wait to
    QHash<TimerId, OpenRing> m_rings;   ///< unanswered, also those that became history since
    QHash<TimerId, TimerId> m_leaderOf; ///< of a follower
    QQueue<TimerId> m_followers;        ///< the keys of that, the oldest first
    QSet<TimerId> m_fresh;              ///< for takeTouched()
    QSet<TimerId> m_unread;             ///< their recall failed
    QSet<TimerId> m_dropped;            ///< while the log is loaded, and
    QSet<TimerId> m_touched;            ///< those that it named
    bool m_loading = false;
    std::optional<qint64> m_pruneAt;
};

} // namespace simmer::syncserver
