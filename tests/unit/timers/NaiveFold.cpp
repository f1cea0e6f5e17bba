// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/timers/NaiveFold.h"

#include <set>

namespace simmer::tests {

using namespace timers;

namespace {

/// A cancel or acknowledge that ended a run, and the timer before it.
struct Ending {
    int by = -1;
    NaiveTimer before;
};

class Table
{
public:
    explicit Table(const QList<StampedOp> &ops)
        : m_ops(ops)
    {
    }

    std::optional<NaiveTimer> read()
    {
        for (int i = 0; i < m_ops.size(); ++i)
            readOp(i);
        return m_timer;
    }

private:
    int indexOf(const OpId &id) const
    {
        for (int i = 0; i < m_ops.size(); ++i)
            if (m_ops[i].op.id == id)
                return i;
        return -1;
    }

    /// Had the device of op `by` seen op `what` when it made it, itself or through another?
    bool saw(int by, int what) const
    {
        std::set<int> known;
        std::set<int> open{by};
        while (!open.empty()) {
            const int at = *open.begin();
            open.erase(open.begin());
            for (const OpId &id : m_ops[at].op.seen) {
                const int seen = indexOf(id);
                if (seen >= 0 && seen < at && known.insert(seen).second)
                    open.insert(seen);
            }
        }
        return known.count(what) > 0;
    }

    bool over() const
    {
        return !m_timer || m_timer->phase == Phase::Done || m_timer->phase == Phase::Cancelled;
    }
    bool rang(qint64 now) const
    {
        return m_timer->phase == Phase::Running && m_timer->endAt <= now;
    }

    void setEnd(int i, qint64 left)
    {
        m_timer->endAt = m_ops[i].kt + left;
        m_timer->ringKey = m_ops[i].op.id;
        if (m_timer->phase == Phase::Paused)
            m_timer->leftMs = left;
    }

    /// Whether an op that keeps a timer alive finds one, after bringing back what it had not seen
    /// end.
    bool keepsAlive(int i)
    {
        if (!m_timer)
            return false;
        if (over()) {
            if (saw(i, m_ending.by))
                return false;
            const bool cancelled = m_timer->phase == Phase::Cancelled;
            m_timer = m_ending.before;
            m_timer->cancelOverruled = cancelled;
        }
        m_aliveBy.push_back(i);
        return true;
    }

    void finish(int i, Phase phase)
    {
        m_ending = {i, *m_timer};
        m_timer->phase = phase;
    }

    void readOp(int i)
    {
        const qint64 now = m_ops[i].kt;
        const Action &action = m_ops[i].op.action;
        if (const auto *start = std::get_if<Start>(&action)) {
            if (start->totalMs <= 0 || start->totalMs > LongestTimerMs)
                return;
            if (!over() && !saw(i, m_start)) {
                m_aliveBy.push_back(i);
                return;
            }
            m_timer = NaiveTimer{};
            m_timer->name = start->name;
            m_timer->startedBy = m_ops[i].op.id;
            m_start = i;
            m_aliveBy.clear();
            setEnd(i, start->totalMs);
        } else if (std::holds_alternative<Pause>(action)) {
            if (!over() && m_timer->phase == Phase::Running && !rang(now)) {
                m_timer->leftMs = m_timer->endAt - now;
                m_timer->phase = Phase::Paused;
            }
        } else if (std::holds_alternative<Resume>(action)) {
            if (keepsAlive(i) && m_timer->phase == Phase::Paused) {
                m_timer->phase = Phase::Running;
                setEnd(i, m_timer->leftMs);
                m_timer->leftMs = 0;
            }
        } else if (const auto *add = std::get_if<Add>(&action)) {
            if (add->deltaMs == 0 || add->deltaMs > LongestTimerMs ||
                add->deltaMs < -LongestTimerMs || !keepsAlive(i))
                return;
            qint64 left = m_timer->phase == Phase::Paused ? m_timer->leftMs : m_timer->endAt - now;
            if (left <= 0 && add->deltaMs < 0)
                return; // it rings already
            left = (left > 0 ? left : 0) + add->deltaMs;
            if (left <= LongestTimerMs)
                setEnd(i, left > 0 ? left : 0);
        } else if (std::holds_alternative<Cancel>(action)) {
            if (over())
                return;
            bool sawAll = true;
            for (const int other : m_aliveBy)
                sawAll = sawAll && saw(i, other);
            if (sawAll)
                finish(i, Phase::Cancelled);
            else
                m_timer->cancelOverruled = true;
        } else if (const auto *ack = std::get_if<Acknowledge>(&action)) {
            if (!over() && m_timer->phase == Phase::Running && m_timer->ringKey == ack->ring)
                finish(i, Phase::Done);
        } else if (const auto *snooze = std::get_if<Snooze>(&action)) {
            if (!m_timer || snooze->ms <= 0 || snooze->ms > LongestTimerMs)
                return;
            const NaiveTimer &asked = over() ? m_ending.before : *m_timer;
            if (asked.phase != Phase::Running || asked.ringKey != snooze->ring || !keepsAlive(i))
                return;
            if (rang(now))
                setEnd(i, snooze->ms);
        } else if (const auto *rename = std::get_if<Rename>(&action)) {
            if (m_timer && !rename->name.trimmed().isEmpty())
                m_timer->name = m_ending.before.name = rename->name;
        }
    }

    const QList<StampedOp> &m_ops;
    std::optional<NaiveTimer> m_timer;
    int m_start = -1;
    std::vector<int> m_aliveBy;
    Ending m_ending;
};

} // namespace

std::optional<NaiveTimer> naiveFold(const QList<StampedOp> &ops)
{
    return Table(ops).read();
}

NaiveTimer naive(const Timer &timer)
{
    return {timer.phase,   timer.name,      timer.endAt,          timer.leftMs,
            timer.ringKey, timer.startedBy, timer.cancelOverruled};
}

} // namespace simmer::tests
