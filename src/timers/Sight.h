// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <vector>

namespace simmer::timers {

/// What the device of each op had seen when the op was made: the closure of the `seen` heads over
/// the ops of one timer, which stand in the order of before(). Kept as gaps, the stretches of
/// earlier ops that were missed; an op shares those of the op that it saw last, so each costs a
/// constant. Of over MostGaps the older half is joined: then an op counts as missed that was seen,
/// which lets a timer live that somebody cancelled; a false ring beats burnt food.
class Sight
{
public:
    static constexpr int MostGaps = 64;

    explicit Sight(const QList<StampedOp> &ops);

    /// Whether the op at `by` had seen the earlier one at `op`.
    bool saw(qsizetype by, qsizetype op) const;
    /// Whether `test`, asked with the bounds [from, to) of each stretch that the op at `by` had
    /// missed, from the newest on, says yes to one.
    template<class Test>
    bool anyMissed(qsizetype by, Test test) const
    {
        for (qsizetype at = m_newest[size_t(by)]; at != None; at = m_gaps[size_t(at)].older)
            if (test(m_gaps[size_t(at)].from, m_gaps[size_t(at)].to))
                return true;
        return false;
    }
    /// The ops that no other has seen: what the next op will have seen.
    const std::vector<qsizetype> &heads() const { return m_heads; }

private:
    static constexpr qsizetype None = -1;

    struct Gap {
        qsizetype from = 0;
        qsizetype to = 0;
        qsizetype older = None; ///< the gap before it
        int count = 1;          ///< with all older ones
    };

    qsizetype missedBy(const std::vector<qsizetype> &seen, qsizetype by);
    qsizetype missedSince(qsizetype op, qsizetype by);
    qsizetype append(qsizetype older, qsizetype from, qsizetype to);
    std::vector<Gap> listed(qsizetype newest) const;

    std::vector<Gap> m_gaps;
    std::vector<qsizetype> m_newest; ///< of each op, its newest gap or None
    std::vector<qsizetype> m_heads;
};

} // namespace simmer::timers
