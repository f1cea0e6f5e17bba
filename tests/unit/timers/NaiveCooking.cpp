// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/timers/NaiveCooking.h"

#include <set>

namespace simmer::tests {

using namespace timers;

namespace {

using Indices = std::set<int>;

class Rules
{
public:
    explicit Rules(const QList<StampedOp> &ops)
        : m_ops(ops)
    {
    }

    /// The run that the last begin left, or an empty one.
    Indices run() const
    {
        Indices run;
        for (int i = 0; i < m_ops.size(); ++i) {
            if (turnOf(i) == Cook::Turn::Begin && !belongs(i, run))
                run = {i};
            else if (turnOf(i) == Cook::Turn::Begin || sawABeginOf(run, i))
                run.insert(i);
        }
        return run;
    }

    /// Whether something was done in it that no end of it had seen.
    bool isOn(const Indices &run) const
    {
        for (const int i : run) {
            if (turnOf(i) == Cook::Turn::End)
                continue;
            bool seen = false;
            for (const int end : run)
                seen = seen || (turnOf(end) == Cook::Turn::End && knownTo(end).count(i) > 0);
            if (!seen)
                return true;
        }
        return false;
    }

private:
    std::optional<Cook::Turn> turnOf(int i) const
    {
        return std::get<Cook>(m_ops[i].op.action).turn;
    }

    Indices knownTo(int by) const
    {
        Indices known;
        for (int at = by; at >= 0; --at)
            if (at == by || known.count(at) > 0)
                for (int i = 0; i < at; ++i)
                    if (m_ops[at].op.seen.contains(m_ops[i].op.id))
                        known.insert(i);
        return known;
    }

    bool sawABeginOf(const Indices &run, int i) const
    {
        for (const int known : knownTo(i))
            if (run.count(known) > 0 && turnOf(known) == Cook::Turn::Begin)
                return true;
        return false;
    }

    /// Whether a begin is one that was pressed twice: of a run that goes on, that was touched
    /// within the hours, and that its cook did not see.
    bool belongs(int i, const Indices &run) const
    {
        return !run.empty() && isOn(run) && !sawABeginOf(run, i) &&
               m_ops[i].kt - m_ops[*run.rbegin()].kt <= 18LL * 3'600'000;
    }

    const QList<StampedOp> &m_ops;
};

} // namespace

std::optional<Cooking> naiveCooking(const QList<StampedOp> &ops)
{
    const Rules rules(ops);
    const Indices run = rules.run();
    if (run.empty())
        return std::nullopt;
    Cooking cooking;
    cooking.recipe = std::get<Cook>(ops[*run.begin()].op.action).recipe;
    cooking.cook = ops[*run.begin()].op.cook;
    cooking.begunAt = ops[*run.begin()].kt;
    cooking.touchedAt = ops[*run.rbegin()].kt;
    cooking.ended = !rules.isOn(run);
    QMap<Box, bool> boxes;
    for (const int i : run) {
        const Cook &cook = std::get<Cook>(ops[i].op.action);
        cooking.step = cook.step.value_or(cooking.step);
        cooking.scale = cook.scale.value_or(cooking.scale);
        for (auto it = cook.ticks.cbegin(); it != cook.ticks.cend(); ++it)
            boxes[it.key()] = it.value();
    }
    for (auto it = boxes.cbegin(); it != boxes.cend(); ++it)
        if (it.value())
            cooking.ticked.insert(it.key());
    return cooking;
}

} // namespace simmer::tests
