// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/CookingNotes.h"

#include "timers/Lives.h"

#include <algorithm>

namespace simmer::syncserver {

using storage::Cooked;
using timers::Phase;
using timers::Timer;

namespace {

Cooked::How howOf(const Timer &timer)
{
    switch (timer.phase) {
    case Phase::Done:
        return Cooked::How::Done;
    case Phase::Cancelled:
        return Cooked::How::Cancelled;
    case Phase::Running:
    case Phase::Paused:
        return Cooked::How::Unanswered;
    }
    Q_UNREACHABLE();
}

} // namespace

Cooked cookedOf(const Timer &timer, const KitchenId &kitchen, qint64 plannedMs)
{
    Cooked cooked{kitchen,         timer.startedBy, timer.name, timer.place,  timer.cook,
                  timer.startedAt, timer.changedAt, plannedMs,  howOf(timer), 0};
    switch (cooked.how) {
    case Cooked::How::Done:
        cooked.overtimeMs = std::max<qint64>(0, timer.changedAt - timer.endAt);
        break;
    case Cooked::How::Cancelled:
        break;
    case Cooked::How::Unanswered:
        cooked.ended = timer.endAt;
        cooked.overtimeMs = timers::MissedAfterMs;
        break;
    }
    return cooked;
}

CookingNotes::CookingNotes(Liveliness &lively, const KitchenId &kitchen, Noted noted)
    : m_lively(lively)
    , m_kitchen(kitchen)
    , m_noted(std::move(noted))
{
    connect(&lively, &Liveliness::timersTouched, this, &CookingNotes::look);
    connect(&lively, &Liveliness::rang, this,
            [this](const Timer &timer) { m_rings.insert(timer.id, timer); });
}

/// A worker that begins anew tells what is just over again: the log knows its runs.
void CookingNotes::look(const QSet<TimerId> &timers)
{
    for (const TimerId &id : timers) {
        const Timer *timer = m_lively.board().find(id);
        if (timer && timers::isOver(*timer))
            note(*timer);
        else if (!timer || timer->phase != Phase::Running)
            missed(id);
    }
}

void CookingNotes::note(const Timer &timer)
{
    m_rings.remove(timer.id);
    m_noted(cookedOf(timer, m_kitchen, plannedMs(timer)));
}

/// The board let go of a ring, which nobody will answer any more.
void CookingNotes::missed(const TimerId &id)
{
    const auto ring = m_rings.constFind(id);
    if (ring == m_rings.cend())
        return;
    const Timer timer = *ring;
    m_rings.erase(ring);
    if (!m_lively.board().find(id))
        m_noted(cookedOf(timer, m_kitchen, timer.totalMs));
}

/// What followed another one has no start of its own.
qint64 CookingNotes::plannedMs(const Timer &timer) const
{
    const QList<timers::StampedOp> ops = m_lively.board().opsOf(timer.id);
    for (const timers::StampedOp &stamped : ops)
        if (const auto *start = std::get_if<timers::Start>(&stamped.op.action);
            start && stamped.op.id == timer.startedBy)
            return start->totalMs;
    return timer.totalMs;
}

} // namespace simmer::syncserver
