// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/TimerBoard.h"

#include "timers/Fold.h"

#include <QSet>

#include <algorithm>

namespace simmer::timers {

TimerBoard::Changes TimerBoard::put(const StampedOp &stamped)
{
    return put(QList<StampedOp>{stamped});
}

TimerBoard::Changes TimerBoard::put(const QList<StampedOp> &many)
{
    QHash<TimerId, QList<StampedOp>> fresh;
    for (const StampedOp &stamped : many)
        if (const auto id = timerOf(stamped.op))
            fresh[*id] += stamped;
    QSet<TimerId> touched;
    for (auto it = fresh.cbegin(); it != fresh.cend(); ++it) {
        putInOrder(m_entries[it.key()].ops, it.value());
        refold(it.key(), touched);
    }
    return changesOf(touched);
}

TimerBoard::Changes TimerBoard::drop(const QList<StampedOp> &many)
{
    QHash<TimerId, QSet<OpId>> leaving;
    for (const StampedOp &stamped : many)
        if (const auto id = timerOf(stamped.op); id && m_entries.contains(*id))
            leaving[*id].insert(stamped.op.id);
    QSet<TimerId> touched;
    for (auto it = leaving.cbegin(); it != leaving.cend(); ++it) {
        m_entries[it.key()].ops.removeIf(
            [&](const StampedOp &known) { return it->contains(known.op.id); });
        refold(it.key(), touched);
    }
    return changesOf(touched);
}

void TimerBoard::forget(const QSet<TimerId> &ids)
{
    for (const TimerId &id : ids)
        m_entries.remove(id);
}

void TimerBoard::tidy()
{
    m_entries.removeIf([](const auto &entry) { // it was a stage for a moment
        return !entry->started && !entry->derived && entry->ops.isEmpty();
    });
    std::vector<Appointment> standing; // a cancelled timer's end may be a year ahead
    for (; !m_calls.empty(); m_calls.pop())
        if (stands(m_calls.top()))
            standing.push_back(m_calls.top());
    m_calls = decltype(m_calls)({}, std::move(standing));
}

TimerBoard::Changes TimerBoard::changesOf(const QSet<TimerId> &touched) const
{
    Changes changes;
    for (const TimerId &id : touched) {
        if (const Timer *timer = find(id))
            changes.timers += *timer;
        else
            changes.gone += id;
    }
    return changes;
}

std::optional<Timer> TimerBoard::folded(const TimerId &id, const Entry &entry)
{
    if (!entry.derived)
        return fold(id, entry.ops);
    QList<StampedOp> ops = entry.ops;
    ops.insert(std::upper_bound(ops.begin(), ops.end(), *entry.derived, before), *entry.derived);
    auto timer = fold(id, ops);
    if (timer && timer->startedBy == entry.derived->op.id)
        timer->follows = entry.leader;
    return timer;
}

void TimerBoard::refold(const TimerId &id, QSet<TimerId> &touched)
{
    Entry &entry = m_entries[id];
    auto timer = folded(id, entry);
    if (!timer && entry.started) { // it was to follow an end that will not come, or was dropped
        Timer gone = std::exchange(entry.timer, {});
        for (Handover &handover : gone.handovers)
            handover.endAt.reset();
        entry.started = false;
        touched.insert(id);
        follow(gone, touched);
        return;
    }
    if (!timer || (entry.started && *timer == entry.timer))
        return;
    const bool moved = !entry.started || timer->ringKey != entry.timer.ringKey ||
                       timer->endAt != entry.timer.endAt || timer->phase != entry.timer.phase ||
                       timer->cues != entry.timer.cues;
    entry.timer = *timer;
    entry.started = true;
    touched.insert(id);
    if (moved)
        appoint(*timer);
    follow(*timer, touched);
}

/// Brings the timers that this one hands over to where its ends say. A run that is none any more,
/// since an op came in before it, hands over nothing.
void TimerBoard::follow(const Timer &leader, QSet<TimerId> &touched)
{
    QHash<TimerId, std::optional<StampedOp>> starts;
    for (const TimerId &before : std::as_const(m_entries[leader.id].followers))
        starts.insert(before, std::nullopt);
    for (const Handover &handover : leader.handovers)
        starts.insert(followerOf(handover),
                      handover.endAt ? std::optional(startOf(handover)) : std::nullopt);
    if (starts.isEmpty())
        return;
    m_entries[leader.id].followers = starts.keys();
    for (auto it = starts.cbegin(); it != starts.cend(); ++it)
        derive(it.key(), leader.id, it.value(), touched);
}

void TimerBoard::derive(const TimerId &id, const TimerId &leader,
                        const std::optional<StampedOp> &start, QSet<TimerId> &touched)
{
    Entry &entry = m_entries[id];
    if (entry.derived == start)
        return;
    entry.leader = leader;
    entry.derived = start;
    refold(id, touched);
}

void TimerBoard::appoint(const Timer &timer)
{
    if (timer.phase != Phase::Running)
        return;
    if (timer.follows)
        m_calls.push({timer.startedAt, Call::Begin, timer.id, timer.ringKey});
    if (const auto cue = nextCue(timer, m_taken))
        m_calls.push({cue->at, Call::Cue, timer.id, timer.ringKey});
    if (timer.checkLeadMs > 0)
        m_calls.push({timer.endAt - timer.checkLeadMs, Call::Check, timer.id, timer.ringKey});
    m_calls.push({timer.endAt, Call::End, timer.id, timer.ringKey});
}

/// Whether an appointment is still what its timer says; ops leave stale ones in the heap.
bool TimerBoard::stands(const Appointment &appointment) const
{
    const auto found = m_entries.constFind(appointment.timer);
    if (found == m_entries.cend() || !found->started)
        return false;
    const Timer &timer = found->timer;
    if (timer.phase != Phase::Running || timer.ringKey != appointment.ringKey)
        return false;
    switch (appointment.call) {
    case Call::Begin:
        return timer.follows && timer.startedAt == appointment.at;
    case Call::Cue: {
        const auto cue = nextCue(timer, appointment.at - 1);
        return cue && cue->at == appointment.at && appointment.at > found->cuedAt;
    }
    case Call::Check:
        return timer.endAt - timer.checkLeadMs == appointment.at && found->checked != timer.ringKey;
    case Call::End:
        return timer.endAt == appointment.at && found->rung != timer.ringKey;
    }
    Q_UNREACHABLE();
}

const Timer *TimerBoard::find(const TimerId &id) const
{
    const auto found = m_entries.constFind(id);
    return found != m_entries.cend() && found->started ? &found->timer : nullptr;
}

QList<Timer> TimerBoard::timers() const
{
    QList<Timer> all;
    all.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        if (entry.started)
            all += entry.timer;
    return all;
}

std::optional<qint64> TimerBoard::nextDue()
{
    while (!m_calls.empty() && !stands(m_calls.top()))
        m_calls.pop();
    return m_calls.empty() ? std::nullopt : std::optional(m_calls.top().at);
}

QList<Timer> TimerBoard::rewind(qint64 now)
{
    m_taken = std::min(m_taken, now);
    QList<Timer> early;
    for (Entry &entry : m_entries) {
        const Timer &timer = entry.timer;
        const bool begins = timer.follows && timer.startedAt > now;
        if (!entry.started || timer.phase != Phase::Running || (timer.endAt <= now && !begins))
            continue;
        if (entry.rung == timer.ringKey || begins)
            early += timer;
        entry.rung = {};
        entry.checked = {};
        entry.cuedAt = now;
        appoint(timer);
    }
    return early;
}

void TimerBoard::giveBack(const TimerId &id, const OpId &ringKey)
{
    const auto found = m_entries.find(id);
    if (found != m_entries.end() && found->rung == ringKey)
        found->rung = {};
}

TimerBoard::Due TimerBoard::take(const Appointment &call, qint64 now)
{
    Entry &entry = m_entries[call.timer];
    Due due{call.call, call.at, entry.timer, {}};
    switch (call.call) {
    case Call::Begin:
        break;
    case Call::Cue:
        due.cue = nextCue(entry.timer, call.at - 1)->cue;
        entry.cuedAt = call.at;
        if (const auto following = nextCue(entry.timer, now))
            m_calls.push({following->at, Call::Cue, call.timer, call.ringKey});
        break;
    case Call::Check:
        entry.checked = call.ringKey;
        break;
    case Call::End:
        entry.rung = call.ringKey;
        break;
    }
    return due;
}

QList<TimerBoard::Due> TimerBoard::takeDue(qint64 now)
{
    QList<Due> due;
    for (auto next = nextDue(); next && *next <= now; next = nextDue()) {
        const Appointment call = m_calls.top();
        m_calls.pop();
        due += take(call, now);
    }
    m_taken = std::max(m_taken, now);
    return due;
}

} // namespace simmer::timers
