// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/TimerBoard.h"

#include "timers/Fold.h"

#include <QSet>

#include <algorithm>

namespace simmer::timers {

std::optional<Timer> TimerBoard::put(const StampedOp &stamped)
{
    const auto id = timerOf(stamped.op);
    if (!id)
        return std::nullopt;
    insert(m_entries[*id].ops, stamped);
    return refold(*id);
}

QList<Timer> TimerBoard::put(const QList<StampedOp> &many)
{
    QSet<TimerId> touched;
    for (const StampedOp &stamped : many) {
        if (const auto id = timerOf(stamped.op)) {
            insert(m_entries[*id].ops, stamped);
            touched.insert(*id);
        }
    }
    QList<Timer> changed;
    for (const TimerId &id : std::as_const(touched))
        if (const auto timer = refold(id))
            changed += *timer;
    return changed;
}

void TimerBoard::insert(QList<StampedOp> &ops, const StampedOp &stamped)
{
    const auto same = std::find_if(ops.begin(), ops.end(), [&](const StampedOp &known) {
        return known.op.id == stamped.op.id;
    });
    if (same != ops.end())
        ops.erase(same);
    ops.insert(std::upper_bound(ops.begin(), ops.end(), stamped, before), stamped);
}

std::optional<Timer> TimerBoard::refold(const TimerId &id)
{
    Entry &entry = m_entries[id];
    const auto folded = fold(id, entry.ops);
    if (!folded || (entry.started && *folded == entry.timer))
        return std::nullopt;
    const bool moved = !entry.started || folded->ringKey != entry.timer.ringKey ||
                       folded->endAt != entry.timer.endAt || folded->phase != entry.timer.phase;
    entry.timer = *folded;
    entry.started = true;
    if (moved)
        appoint(entry.timer);
    return folded;
}

void TimerBoard::appoint(const Timer &timer)
{
    if (timer.phase != Phase::Running)
        return;
    if (timer.checkLeadMs > 0)
        m_calls.push({timer.endAt - timer.checkLeadMs, Call::Check, timer.id, timer.ringKey});
    m_calls.push({timer.endAt, Call::End, timer.id, timer.ringKey});
}

/// Whether an appointment is still what its timer says; ops leave stale ones in the heap.
bool TimerBoard::stands(const Appointment &appointment) const
{
    const Timer *timer = find(appointment.timer);
    if (!timer || timer->phase != Phase::Running || timer->ringKey != appointment.ringKey)
        return false;
    const qint64 lead = appointment.call == Call::Check ? timer->checkLeadMs : 0;
    return timer->endAt - lead == appointment.at;
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

QList<TimerBoard::Due> TimerBoard::takeDue(qint64 now)
{
    QList<Due> due;
    for (auto next = nextDue(); next && *next <= now; next = nextDue()) {
        const Appointment call = m_calls.top();
        m_calls.pop();
        due += Due{call.call, *find(call.timer)};
    }
    return due;
}

} // namespace simmer::timers
