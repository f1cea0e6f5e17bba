// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/Compaction.h"

#include "storage/Database.h"
#include "timers/Lives.h"

#include <algorithm>

namespace simmer::storage {

namespace {

constexpr qsizetype OpsPerStep = 128; // a few ms: an ack hardly notices
constexpr qsizetype LookCost = 8;     // to read and fold so many ops costs as much as to move one
constexpr qsizetype TimersPerRead = 64;
constexpr qint64 MarksPerHorizon = 30;

EndedLife lifeOf(const timers::Timer &timer, const QList<timers::StampedOp> &ops)
{
    const auto ending = timers::endingOf(timer.id, ops);
    return {timer.id,
            ops.constLast().kt,
            timer.name,
            timer.place,
            timer.startedAt,
            timer.cook,
            ending ? ending->at : timer.changedAt,
            ending ? ending->cook : timer.cook,
            timer.phase};
}

} // namespace

Compaction::Compaction(Database &database, const KitchenId &kitchen, KitchenLog &log,
                       qint64 horizonMs)
    : m_database(database)
    , m_kitchen(kitchen.toBytes())
    , m_log(log)
    , m_horizonMs(horizonMs)
{
}

Expected<bool> Compaction::step(qint64 now)
{
    if (!m_run) {
        const Expected<bool> begun = begin(now);
        if (!begun || !*begun)
            return begun;
    }
    m_budget = OpsPerStep;
    const Outcome folded = m_database.transact([this] { return foldSome(); });
    const Outcome read = m_log.reread();
    if (!folded || !read) {
        m_run.reset();
        m_looked = 0;
        return folded ? read.error() : folded.error();
    }
    if (!m_run->isDone)
        return true;
    m_looked = m_run->upTo;
    m_run.reset();
    return false;
}

/// Whether anything became old enough since the last run.
Expected<bool> Compaction::begin(qint64 now)
{
    if (const Outcome marked = m_database.transact([&] { return mark(now); }); !marked)
        return marked.error();
    Expected<Rows> old =
        m_database.ask(QStringLiteral("SELECT max(seq) FROM marks WHERE kitchen = ? AND at <= ?"),
                       {m_kitchen, now - m_horizonMs});
    if (!old)
        return old.error();
    const qint64 upTo = old->next() ? old->value(0).toLongLong() : 0;
    if (upTo <= m_looked && m_waiting.isEmpty())
        return false;
    m_run = Run{upTo, m_looked, {}, m_waiting.values(), false};
    return true;
}

/// Notes how far the log has come. Marks from the future were made by a clock that was ahead.
Outcome Compaction::mark(qint64 now)
{
    const qint64 old = now - m_horizonMs;
    const qint64 apart = m_horizonMs / MarksPerHorizon;
    const QList<std::pair<QString, QVariantList>> steps{
        {QStringLiteral("DELETE FROM marks WHERE kitchen = ? AND at > ?"), {m_kitchen, now}},
        {QStringLiteral("INSERT INTO marks (kitchen, at, seq) SELECT ?, ?, ? WHERE NOT EXISTS"
                        " (SELECT 1 FROM marks WHERE kitchen = ? AND at > ?)"),
         {m_kitchen, now, m_log.head(), m_kitchen, now - apart}},
        {QStringLiteral("DELETE FROM marks WHERE kitchen = ? AND at <"
                        " (SELECT max(at) FROM marks WHERE kitchen = ? AND at <= ?)"),
         {m_kitchen, m_kitchen, old}}};
    for (const auto &[sql, values] : steps)
        if (const auto ran = m_database.ask(sql, values); !ran)
            return ran.error();
    return done();
}

Outcome Compaction::foldSome()
{
    while (m_budget > 0 && !m_run->again.isEmpty()) {
        const Expected<bool> finished = foldLives(m_run->again.constFirst());
        if (!finished)
            return finished.error();
        if (*finished)
            m_run->again.removeFirst();
    }
    const auto next = m_log.timersBetween(m_run->at, m_run->upTo, TimersPerRead);
    if (!next)
        return next.error();
    for (const auto &[seq, timer] : *next) {
        if (m_budget <= 0)
            return done();
        if (!m_run->looked.contains(timer)) {
            const Expected<bool> finished = foldLives(timer);
            if (!finished)
                return finished.error();
            if (!*finished)
                return done();
            m_run->looked.insert(timer);
        }
        m_run->at = seq;
    }
    m_run->isDone = next->isEmpty() && m_run->again.isEmpty();
    return done();
}

/// Folds the oldest lives of a timer; false when more of them are left for the next step.
Expected<bool> Compaction::foldLives(const TimerId &timer)
{
    const auto ops = m_log.opsOf(timer);
    if (!ops)
        return ops.error();
    m_budget -= 1 + ops->size() / LookCost;
    m_waiting.remove(timer);
    if (timers::isFollower(timer, *ops))
        return true;
    const auto fresh =
        std::find_if(ops->cbegin(), ops->cend(), [this](const auto &op) { return !isOld({op}); });
    const QList<qsizetype> ends = timers::livesOf(timer, *ops, fresh - ops->cbegin());
    qsizetype from = 0;
    for (const qsizetype end : ends) {
        if (m_budget <= 0 && from > 0)
            return false;
        timers::TimerBoard board;
        const auto family = familyOf(timer, ops->mid(from, end - from), board);
        if (!family)
            return family.error();
        if (!*family) {
            m_waiting.insert(timer);
            return true;
        }
        if (const Outcome folded = fold(**family, board); !folded)
            return folded.error();
        from = end;
    }
    return true;
}

/// Whether all of these came in before the horizon.
bool Compaction::isOld(const QList<timers::StampedOp> &ops) const
{
    return std::all_of(ops.cbegin(), ops.cend(),
                       [this](const auto &stamped) { return stamped.seq <= m_run->upTo; });
}

/// The life with all timers that followed it; nothing while one of them is not over, or changed
/// since the horizon: they go together, since without the leader nobody knows when they began.
Expected<std::optional<Compaction::Family>>
Compaction::familyOf(const TimerId &timer, const QList<timers::StampedOp> &life,
                     timers::TimerBoard &board)
{
    Family family{{timer, life}};
    board.put(life);
    for (QList<TimerId> open{timer}; !open.isEmpty();) {
        const timers::Timer *leader = board.find(open.takeFirst());
        if (!leader)
            continue;
        const Expected<bool> old = addFollowers(timers::Timer(*leader), family, board, open);
        if (!old)
            return old.error();
        if (!*old)
            return std::optional<Family>();
    }
    for (auto it = family.cbegin(); it != family.cend(); ++it)
        if (const timers::Timer *member = board.find(it.key()); member && !timers::isOver(*member))
            return std::optional<Family>();
    return std::optional(family);
}

/// False when a follower changed since the horizon.
Expected<bool> Compaction::addFollowers(const timers::Timer &leader, Family &family,
                                        timers::TimerBoard &board, QList<TimerId> &open)
{
    for (const timers::Handover &handover : leader.handovers) {
        const TimerId follower = timers::followerOf(handover);
        if (family.contains(follower))
            continue;
        auto ops = m_log.opsOf(follower);
        if (!ops)
            return ops.error();
        if (!isOld(*ops))
            return false;
        board.put(*ops);
        if (handover.endAt) {
            const timers::StampedOp start = timers::startOf(handover);
            ops->insert(std::upper_bound(ops->begin(), ops->end(), start, timers::before), start);
        }
        family.insert(follower, *ops);
        open += follower;
    }
    return true;
}

Outcome Compaction::fold(const Family &family, const timers::TimerBoard &board)
{
    QList<timers::StampedOp> ops;
    QList<EndedLife> lives;
    for (auto it = family.cbegin(); it != family.cend(); ++it) {
        std::copy_if(it->cbegin(), it->cend(), std::back_inserter(ops),
                     [](const auto &stamped) { return stamped.seq > 0; }); // not derived ones
        if (const timers::Timer *timer = board.find(it.key()))
            lives += lifeOf(*timer, *it);
    }
    m_budget -= ops.size();
    return m_log.fold(ops, lives);
}

} // namespace simmer::storage
