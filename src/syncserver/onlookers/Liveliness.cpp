// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/onlookers/Liveliness.h"

namespace simmer::syncserver {

using timers::StampedOp;
using timers::Timer;

namespace {

/// Whoever can be told apart: by name, and without one by device.
QString cookOf(const timers::Op &op)
{
    return op.cook.isEmpty() ? op.device.toHex() : op.cook;
}

} // namespace

Liveliness::Liveliness(KitchenBoard::Recall recall, QObject *parent)
    : QObject(parent)
    , m_board(std::move(recall))
{
}

void Liveliness::load(const QList<StampedOp> &ops, qint64 now)
{
    count(ops, now);
    tell(m_board.load(ops, now));
}

void Liveliness::loaded(qint64 now)
{
    tell(m_board.loaded(now));
    look(now);
}

void Liveliness::committed(const QList<StampedOp> &ops, qint64 now)
{
    count(ops, now);
    tell(m_board.put(ops, now));
    look(now);
}

void Liveliness::tick(qint64 now)
{
    const auto due = m_board.pruneAt();
    if (due && *due <= now)
        tell(m_board.prune(now));
    look(now);
}

void Liveliness::count(const QList<StampedOp> &ops, qint64 now)
{
    for (const StampedOp &stamped : ops) {
        m_head = std::max(m_head, stamped.seq);
        m_pulse.did(cookOf(stamped.op), stamped.kt, now);
    }
}

void Liveliness::tell(const Outcome &outcome)
{
    if (!outcome)
        Q_EMIT troubled(outcome.error());
}

void Liveliness::look(qint64 now)
{
    m_now = now;
    const QList<Timer> rings = m_board.takeRings(now);
    if (const QSet<TimerId> touched = m_board.takeTouched(); !touched.isEmpty())
        Q_EMIT timersTouched(touched);
    for (const Timer &timer : rings)
        Q_EMIT rang(timer, timers::ringKind(timer.endAt, now));
    const PulseState state = pulse(now);
    if (std::exchange(m_mood, state.mood) != state.mood)
        Q_EMIT pulseChanged(state);
    tellUnattended(now);
}

void Liveliness::tellUnattended(qint64 now)
{
    QSet<OpId> told;
    const QList<OpenRing> open = m_board.unanswered(now);
    for (const OpenRing &ring : open) {
        const bool before = m_toldUnattended.contains(ring.key);
        const bool due = m_mood == Mood::Unattended && now - ring.since >= Pulse::PatienceMs;
        if (before || due)
            told.insert(ring.key);
        if (due && !before)
            Q_EMIT unattended(*m_board.find(ring.timer));
    }
    m_toldUnattended = told;
}

PulseState Liveliness::pulse(qint64 now) const
{
    return m_pulse.state(now, m_board.signs(now));
}

std::optional<qint64> Liveliness::nextAt()
{
    std::optional<qint64> next = m_board.nextAt();
    const auto consider = [&next](std::optional<qint64> at) {
        if (at)
            next = std::min(next.value_or(*at), *at);
    };
    consider(m_pulse.nextChange(m_now, m_board.signs(m_now)));
    const QList<OpenRing> open = m_board.unanswered(m_now);
    for (const OpenRing &ring : open) // the second one to ring in an unattended kitchen
        if (ring.since + Pulse::PatienceMs > m_now)
            consider(ring.since + Pulse::PatienceMs);
    return next;
}

} // namespace simmer::syncserver
