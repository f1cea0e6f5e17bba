// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Fold.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace simmer::timers {

namespace {

bool validLength(qint64 ms)
{
    return ms > 0 && ms <= LongestTimerMs;
}

/// One run over a timer's ops, from the first to the last.
class Folding
{
public:
    Folding(const TimerId &id, const QList<StampedOp> &ops);
    std::optional<Timer> run();

private:
    void apply(const Start &start);
    void apply(const Pause &);
    void apply(const Resume &);
    void apply(const Add &add);
    void apply(const Cancel &);
    void apply(const Acknowledge &ack);
    void apply(const WriteRecipe &) {}
    void apply(const RemoveRecipe &) {}

    bool live() const;
    bool reviveUnseen();
    void setEnd(qint64 endAt);
    void changed() { m_timer.changedAt = m_now->kt; }
    QSet<OpId> seenBy(const StampedOp &stamped) const;
    QList<OpId> heads() const;

    const QList<StampedOp> &m_ops;
    QHash<OpId, qsizetype> m_index;
    const StampedOp *m_now = nullptr; ///< the op being applied
    bool m_started = false;
    Timer m_timer;
    OpId m_startedBy;
    QList<OpId> m_touches; ///< ops of this run that keep the timer alive
    OpId m_endedBy;        ///< the cancel or acknowledge that ended it
    Timer m_beforeEnd;     ///< what it was until then
};

Folding::Folding(const TimerId &id, const QList<StampedOp> &ops)
    : m_ops(ops)
{
    m_timer.id = id;
    for (qsizetype i = 0; i < ops.size(); ++i)
        m_index.insert(ops[i].op.id, i);
}

std::optional<Timer> Folding::run()
{
    for (const StampedOp &stamped : m_ops) {
        m_now = &stamped;
        std::visit([this](const auto &action) { apply(action); }, stamped.op.action);
    }
    if (!m_started)
        return std::nullopt;
    m_timer.heads = heads();
    return m_timer;
}

bool Folding::live() const
{
    return m_started && (m_timer.phase == Phase::Running || m_timer.phase == Phase::Paused);
}

/// All ops of this timer that the op's device had seen, itself not included.
QSet<OpId> Folding::seenBy(const StampedOp &stamped) const
{
    QSet<OpId> seen;
    QList<OpId> open = stamped.op.seen;
    while (!open.isEmpty()) {
        const OpId id = open.takeLast();
        const auto found = m_index.constFind(id);
        if (seen.contains(id) || found == m_index.cend())
            continue;
        seen.insert(id);
        open += m_ops[*found].op.seen;
    }
    return seen;
}

QList<OpId> Folding::heads() const
{
    QSet<OpId> covered;
    for (const StampedOp &stamped : m_ops)
        covered.unite(QSet<OpId>(stamped.op.seen.cbegin(), stamped.op.seen.cend()));
    QList<OpId> newest;
    for (const StampedOp &stamped : m_ops)
        if (!covered.contains(stamped.op.id))
            newest += stamped.op.id;
    return newest;
}

void Folding::setEnd(qint64 endAt)
{
    m_timer.endAt = endAt;
    m_timer.ringKey = m_now->op.id;
}

void Folding::apply(const Start &start)
{
    if (!validLength(start.totalMs))
        return;
    if (live() && !seenBy(*m_now).contains(m_startedBy)) {
        m_touches += m_now->op.id; // two devices started the same step: one timer
        return;
    }
    m_started = true;
    m_startedBy = m_now->op.id;
    m_touches.clear();
    m_timer.name = start.name;
    m_timer.place = start.place;
    m_timer.cook = m_now->op.cook;
    m_timer.device = m_now->op.device;
    m_timer.phase = Phase::Running;
    m_timer.startedAt = m_now->kt;
    m_timer.totalMs = start.totalMs;
    m_timer.checkLeadMs = std::clamp<qint64>(start.totalMs - start.checkMs, 0, start.totalMs);
    m_timer.leftMs = 0;
    m_timer.cancelOverruled = false;
    setEnd(m_now->kt + start.totalMs);
    changed();
}

void Folding::apply(const Pause &)
{
    if (!live() || m_timer.phase != Phase::Running || m_timer.endAt <= m_now->kt)
        return;
    m_timer.phase = Phase::Paused;
    m_timer.leftMs = m_timer.endAt - m_now->kt;
    changed();
}

void Folding::apply(const Resume &)
{
    if (!live() && !reviveUnseen())
        return;
    m_touches += m_now->op.id;
    if (m_timer.phase != Phase::Paused)
        return;
    m_timer.phase = Phase::Running;
    setEnd(m_now->kt + m_timer.leftMs);
    m_timer.leftMs = 0;
    changed();
}

void Folding::apply(const Add &add)
{
    if (!live() && !reviveUnseen())
        return;
    m_touches += m_now->op.id;
    const bool paused = m_timer.phase == Phase::Paused;
    const qint64 left = paused ? m_timer.leftMs : m_timer.endAt - m_now->kt;
    const bool rings = left <= 0;
    if (add.deltaMs == 0 || (rings && add.deltaMs < 0))
        return;
    const qint64 wanted = std::max<qint64>(0, left) + add.deltaMs;
    if (wanted > LongestTimerMs)
        return;
    const qint64 now = std::max<qint64>(0, wanted);
    m_timer.totalMs = std::max<qint64>(m_timer.totalMs + now - left, now);
    if (paused)
        m_timer.leftMs = now;
    setEnd(m_now->kt + now);
    changed();
}

void Folding::apply(const Cancel &)
{
    if (!live())
        return;
    const QSet<OpId> seen = seenBy(*m_now);
    const bool overruled = std::any_of(m_touches.cbegin(), m_touches.cend(),
                                       [&](const OpId &touch) { return !seen.contains(touch); });
    if (overruled) { // a false ring beats burnt food
        m_timer.cancelOverruled = true;
        return;
    }
    m_beforeEnd = m_timer;
    m_endedBy = m_now->op.id;
    m_timer.phase = Phase::Cancelled;
    changed();
}

void Folding::apply(const Acknowledge &ack)
{
    if (!live() || m_timer.phase != Phase::Running || m_timer.ringKey != ack.ring)
        return;
    m_beforeEnd = m_timer;
    m_endedBy = m_now->op.id;
    m_timer.phase = Phase::Done;
    changed();
}

/// An add or resume that had not seen the end of its timer brings it back to life.
bool Folding::reviveUnseen()
{
    if (!m_started || seenBy(*m_now).contains(m_endedBy))
        return false;
    const bool wasCancelled = m_timer.phase == Phase::Cancelled;
    m_timer = m_beforeEnd;
    m_timer.cancelOverruled = wasCancelled;
    return true;
}

} // namespace

std::optional<Timer> fold(const TimerId &id, const QList<StampedOp> &ops)
{
    return Folding(id, ops).run();
}

} // namespace simmer::timers
