// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/onlookers/KitchenBoard.h"

#include "timers/Lives.h"

#include <algorithm>

namespace simmer::syncserver {

using timers::StampedOp;
using timers::Timer;

namespace {

bool isHistory(qint64 endAt, qint64 now)
{
    return timers::ringKind(endAt, now) == timers::RingKind::Missed;
}

/// Since when nothing happens to it any more; nothing for one that is paused.
std::optional<qint64> restsSince(const Timer &timer)
{
    if (timers::isOver(timer))
        return timer.changedAt;
    return timer.phase == timers::Phase::Paused ? std::nullopt : std::optional(timer.endAt);
}

QSet<TimerId> timersOf(const QList<StampedOp> &ops)
{
    QSet<TimerId> ids;
    for (const StampedOp &stamped : ops)
        if (const auto id = timers::timerOf(stamped.op))
            ids.insert(*id);
    return ids;
}

} // namespace

KitchenBoard::KitchenBoard(Recall recall)
    : m_recall(std::move(recall))
{
}

Outcome KitchenBoard::load(const QList<StampedOp> &ops, qint64 now)
{
    m_loading = true;
    const QSet<TimerId> named = timersOf(ops);
    QList<StampedOp> all = ops;
    const Outcome read = recall(named & m_dropped, all);
    m_read += named;
    const Outcome applied = apply(all, now);
    const QSet<TimerId> ended = forget(resting(now));
    m_board.tidy();
    m_dropped += ended;
    m_touched = (m_touched + named) - ended;
    return read ? applied : read;
}

Outcome KitchenBoard::loaded(qint64 now)
{
    m_loading = false;
    m_dropped = {};
    dropStrays(std::exchange(m_touched, {}));
    return prune(now);
}

Outcome KitchenBoard::put(const QList<StampedOp> &ops, qint64 now)
{
    const QSet<TimerId> named = timersOf(ops);
    QSet<TimerId> unknown;
    for (const TimerId &id : named)
        if (!isRead(id))
            unknown.insert(id);
    QList<StampedOp> all = ops;
    const Outcome read = recall(unknown, all, ops);
    const Outcome applied = apply(all, now, ops);
    dropStrays(timersOf(all));
    const qint64 next = now + (m_unread.isEmpty() ? KeepMs : PruneEveryMs);
    m_pruneAt = std::min(m_pruneAt.value_or(next), next);
    return read ? applied : read;
}

Outcome KitchenBoard::prune(qint64 now)
{
    QList<StampedOp> late;
    const Outcome read = recall(std::exchange(m_unread, {}), late);
    const Outcome applied = apply(late, now);
    dropStrays(timersOf(late));
    forget(resting(now));
    m_board.tidy();
    if (!m_unread.isEmpty())
        m_pruneAt = now + PruneEveryMs;
    return read ? applied : read;
}

/// While the log is loaded what was not dropped is here, or will be.
bool KitchenBoard::isRead(const TimerId &id) const
{
    return m_loading ? !m_dropped.contains(id) : m_read.contains(id);
}

/// Adds what the log has of these timers, and of those that they followed.
Outcome KitchenBoard::recall(QSet<TimerId> wanted, QList<StampedOp> &ops,
                             const QList<StampedOp> &atHand)
{
    QSet<TimerId> leaders;
    for (TimerId id : std::as_const(wanted))
        for (; m_leaderOf.contains(id) && !isRead(m_leaderOf.value(id)); leaders.insert(id))
            id = m_leaderOf.value(id);
    Outcome outcome = done();
    for (const TimerId &id : wanted.unite(leaders)) {
        const Expected<QList<StampedOp>> known = m_recall(id, atHand);
        if (known) {
            ops = *known + ops; // what was committed just now has the newest stamps
            m_read.insert(id);
            m_dropped.remove(id);
            continue;
        }
        m_unread.insert(id);
        outcome = known.error();
    }
    return outcome;
}

/// Ops of a stage may have come before those of the timer that it follows, so the log is asked for
/// them when the stage is heard of.
Outcome KitchenBoard::apply(QList<StampedOp> ops, qint64 now, const QList<StampedOp> &atHand)
{
    Outcome outcome = done();
    while (!ops.isEmpty()) {
        const timers::TimerBoard::Changes changes = m_board.put(ops);
        ops.clear();
        for (const TimerId &id : changes.gone) {
            m_running.remove(id);
            m_rings.remove(id);
            m_fresh.insert(id);
        }
        for (const Timer &timer : changes.timers)
            note(timer, now);
        if (const Outcome read = recall(unreadFollowers(changes.timers), ops, atHand); !read)
            outcome = read;
    }
    return outcome;
}

/// Remembers whom the stages of these timers follow; gives those whose own ops are not here, each
/// once if they cannot be read.
QSet<TimerId> KitchenBoard::unreadFollowers(const QList<Timer> &timers)
{
    QSet<TimerId> unread;
    for (const Timer &timer : timers) {
        for (const timers::Handover &handover : timer.handovers) {
            const TimerId follower = timers::followerOf(handover);
            if (!m_leaderOf.contains(follower))
                m_followers.enqueue(follower);
            m_leaderOf.insert(follower, timer.id);
            if (!isRead(follower) && !m_unread.contains(follower))
                unread.insert(follower);
        }
    }
    return unread;
}

void KitchenBoard::note(const Timer &timer, qint64 now)
{
    m_fresh.insert(timer.id);
    m_running.remove(timer.id);
    m_rings.remove(timer.id);
    if (timer.phase != timers::Phase::Running)
        return;
    if (timer.endAt > now)
        m_running.insert(timer.id);
    else if (!isHistory(timer.endAt, now))
        m_rings.insert(timer.id, {timer.id, timer.ringKey, timer.endAt});
}

/// Together with stages of theirs that did not begin; says which were on the board.
QSet<TimerId> KitchenBoard::forget(QSet<TimerId> ids)
{
    QHash<TimerId, QList<TimerId>> unbegun;
    for (auto it = m_leaderOf.cbegin(); it != m_leaderOf.cend(); ++it)
        if (m_board.holds(it.key()) && !m_board.find(it.key()))
            unbegun[it.value()] += it.key();
    QList<TimerId> leaders = ids.values();
    while (!leaders.isEmpty()) {
        const QList<TimerId> stages = unbegun.take(leaders.takeLast());
        for (const TimerId &stage : stages)
            ids.insert(stage);
        leaders += stages;
    }
    for (const TimerId &id : std::as_const(ids)) {
        m_running.remove(id);
        m_rings.remove(id);
    }
    m_read -= ids;
    m_fresh += ids;
    m_board.forget(ids);
    while (m_followers.size() > MostLeaders + m_board.size())
        m_leaderOf.remove(m_followers.dequeue());
    return ids;
}

/// Ops without a start are left to the log: it tells them again when there is one.
void KitchenBoard::dropStrays(const QSet<TimerId> &touched)
{
    QSet<TimerId> strays;
    for (const TimerId &id : touched)
        if (m_board.holds(id) && !m_board.find(id) && !m_leaderOf.contains(id))
            strays.insert(id);
    if (!strays.isEmpty())
        forget(strays);
}

/// Timers that can go; and notes when to look again at the others.
QSet<TimerId> KitchenBoard::resting(qint64 now)
{
    QSet<TimerId> ids;
    const QList<Timer> all = m_board.timers();
    for (const Timer &timer : all)
        if (const auto since = restsSince(timer); since && now - *since > KeepMs)
            ids.insert(timer.id);
    keepFamilies(ids);
    m_pruneAt.reset();
    for (const Timer &timer : all) {
        const auto since = restsSince(timer);
        if (!since || ids.contains(timer.id))
            continue;
        const qint64 at = std::max(*since + KeepMs + 1, now + PruneEveryMs);
        m_pruneAt = std::min(m_pruneAt.value_or(at), at);
    }
    return ids;
}

/// A leader stays with its followers, and they with it, until all of them rest.
void KitchenBoard::keepFamilies(QSet<TimerId> &ids) const
{
    const QList<Timer> all = m_board.timers();
    QHash<TimerId, QList<TimerId>> kin;
    for (const Timer &timer : all) {
        for (const timers::Handover &handover : timer.handovers) {
            const TimerId follower = timers::followerOf(handover);
            kin[timer.id] += follower;
            kin[follower] += timer.id;
        }
    }
    QList<TimerId> staying;
    for (const Timer &timer : all)
        if (!ids.contains(timer.id))
            staying += timer.id;
    while (!staying.isEmpty()) {
        const QList<TimerId> relatives = kin.value(staying.takeLast());
        for (const TimerId &relative : relatives)
            if (ids.remove(relative))
                staying += relative;
    }
}

QList<Timer> KitchenBoard::takeRings(qint64 now)
{
    QList<Timer> rings;
    const QList<timers::TimerBoard::Due> due = m_board.takeDue(now);
    for (const timers::TimerBoard::Due &call : due) {
        if (call.call != timers::TimerBoard::Call::End)
            continue;
        note(call.timer, now);
        if (m_rings.contains(call.timer.id))
            rings += call.timer;
        if (!m_pruneAt)
            m_pruneAt = now + KeepMs;
    }
    return rings;
}

std::optional<qint64> KitchenBoard::nextAt()
{
    const auto due = m_board.nextDue();
    if (!due || !m_pruneAt)
        return due ? due : m_pruneAt;
    return std::min(*due, *m_pruneAt);
}

QList<OpenRing> KitchenBoard::unanswered(qint64 now) const
{
    QList<OpenRing> open;
    for (const OpenRing &ring : m_rings)
        if (!isHistory(ring.since, now))
            open += ring;
    return open;
}

TimerSigns KitchenBoard::signs(qint64 now) const
{
    TimerSigns signs{!m_running.isEmpty(), std::nullopt};
    for (const OpenRing &ring : m_rings) {
        if (isHistory(ring.since, now))
            continue;
        signs.running = true;
        signs.ringingSince = std::min(signs.ringingSince.value_or(ring.since), ring.since);
    }
    return signs;
}

} // namespace simmer::syncserver
