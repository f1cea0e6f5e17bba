// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Sight.h"

#include <QHash>

#include <algorithm>

namespace simmer::timers {

namespace {

using Gaps = std::vector<Sight::Gap>;

Gaps common(const Gaps &a, const Gaps &b)
{
    Gaps both;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const Sight::Gap shared{std::max(a[i].from, b[j].from), std::min(a[i].to, b[j].to)};
        if (shared.from < shared.to)
            both.push_back(shared);
        a[i].to < b[j].to ? ++i : ++j;
    }
    return both;
}

/// The gaps of an op that had seen the one at `op`, and nothing between the two.
Gaps after(const Gaps &missedByIt, qsizetype op, qsizetype by)
{
    Gaps gaps = missedByIt;
    if (op + 1 < by)
        gaps.push_back({op + 1, by});
    return gaps;
}

} // namespace

Sight::Sight(const QList<StampedOp> &ops)
{
    QHash<OpId, qsizetype> index;
    index.reserve(ops.size());
    for (qsizetype i = 0; i < ops.size(); ++i)
        index.insert(ops[i].op.id, i);
    std::vector<bool> covered(size_t(ops.size()), false);
    m_missed.reserve(size_t(ops.size()));
    for (qsizetype i = 0; i < ops.size(); ++i) {
        std::vector<qsizetype> seen;
        for (const OpId &id : ops[i].op.seen) {
            const auto found = index.constFind(id);
            if (found == index.cend())
                continue; // folded into history, or not here yet
            covered[size_t(*found)] = true;
            if (*found < i)
                seen.push_back(*found);
        }
        m_missed.push_back(missed(seen, i));
    }
    for (qsizetype i = 0; i < ops.size(); ++i)
        if (!covered[size_t(i)])
            m_heads.push_back(i);
}

/// What is left of the ops before `by` without those in `seen` and all that these had seen.
Gaps Sight::missed(const std::vector<qsizetype> &seen, qsizetype by) const
{
    if (seen.empty())
        return by > 0 ? Gaps{{0, by}} : Gaps();
    Gaps left = after(missedBy(seen.front()), seen.front(), by);
    for (size_t i = 1; i < seen.size(); ++i)
        left = common(left, after(missedBy(seen[i]), seen[i], by));
    if (left.size() > MostGaps) {
        const auto joined = left.end() - ptrdiff_t(MostGaps);
        joined->from = left.front().from;
        left.erase(left.begin(), joined);
    }
    return left;
}

bool Sight::saw(qsizetype by, qsizetype op) const
{
    const Gaps &gaps = missedBy(by);
    const auto next = std::upper_bound(gaps.begin(), gaps.end(), op,
                                       [](qsizetype at, const Gap &gap) { return at < gap.to; });
    return op < by && (next == gaps.end() || op < next->from);
}

} // namespace simmer::timers
