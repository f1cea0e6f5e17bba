// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <vector>

namespace simmer::timers {

/// What the device of each op had seen when the op was made: the closure of the `seen` heads over
/// the ops of one timer, which stand in the order of before(). Kept as gaps, the stretches of
/// earlier ops that were missed; so a history in which everybody sees everything costs a constant
/// per op. Over MostGaps the oldest are joined: then an op counts as missed that was seen, which
/// lets a timer live that somebody cancelled; a false ring beats burnt food.
class Sight
{
public:
    /// The ops [from, to).
    struct Gap {
        qsizetype from = 0;
        qsizetype to = 0;
    };
    static constexpr size_t MostGaps = 64;

    explicit Sight(const QList<StampedOp> &ops);

    /// Whether the op at `by` had seen the earlier one at `op`.
    bool saw(qsizetype by, qsizetype op) const;
    /// The stretches of earlier ops that the op at `by` had not seen, ascending.
    const std::vector<Gap> &missedBy(qsizetype by) const { return m_missed[size_t(by)]; }
    /// The ops that no other has seen: what the next op will have seen.
    const std::vector<qsizetype> &heads() const { return m_heads; }

private:
    std::vector<Gap> missed(const std::vector<qsizetype> &seen, qsizetype by) const;

    std::vector<std::vector<Gap>> m_missed;
    std::vector<qsizetype> m_heads;
};

} // namespace simmer::timers
