// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Sight.h"

#include <QHash>

#include <algorithm>

namespace simmer::timers {

Sight::Sight(const QList<StampedOp> &ops)
{
    QHash<OpId, qsizetype> index;
    index.reserve(ops.size());
    for (qsizetype i = 0; i < ops.size(); ++i)
        index.insert(ops[i].op.id, i);
    std::vector<bool> covered(size_t(ops.size()), false);
    m_newest.reserve(size_t(ops.size()));
    std::vector<qsizetype> seen;
    for (qsizetype i = 0; i < ops.size(); ++i) {
        seen.clear();
        for (const OpId &id : ops[i].op.seen) {
            const auto found = index.constFind(id);
            if (found == index.cend())
                continue; // folded into history, or not here yet
            covered[size_t(*found)] = true;
            if (*found < i)
                seen.push_back(*found);
        }
        m_newest.push_back(missedBy(seen, i));
    }
    for (qsizetype i = 0; i < ops.size(); ++i)
        if (!covered[size_t(i)])
            m_heads.push_back(i);
}

/// The gaps of an op that had seen these: what all of them, and what they had seen, leave open.
qsizetype Sight::missedBy(const std::vector<qsizetype> &seen, qsizetype by)
{
    if (seen.empty())
        return by > 0 ? append(None, 0, by) : None;
    qsizetype left = missedSince(seen.front(), by);
    for (size_t i = 1; i < seen.size() && left != None; ++i) {
        const std::vector<Gap> one = listed(left);
        const std::vector<Gap> other = listed(missedSince(seen[i], by));
        left = None;
        for (size_t a = 0, b = 0; a < one.size() && b < other.size();) {
            const qsizetype from = std::max(one[a].from, other[b].from);
            const qsizetype to = std::min(one[a].to, other[b].to);
            if (from < to)
                left = append(left, from, to);
            one[a].to < other[b].to ? ++a : ++b;
        }
    }
    return left;
}

/// The gaps of an op that had seen the one at `op`, and nothing between the two.
qsizetype Sight::missedSince(qsizetype op, qsizetype by)
{
    const qsizetype older = m_newest[size_t(op)];
    return op + 1 < by ? append(older, op + 1, by) : older;
}

qsizetype Sight::append(qsizetype older, qsizetype from, qsizetype to)
{
    const int count = older == None ? 0 : m_gaps[size_t(older)].count;
    if (count < MostGaps) {
        m_gaps.push_back({from, to, older, count + 1});
        return qsizetype(m_gaps.size()) - 1;
    }
    const std::vector<Gap> all = listed(older);
    const size_t half = all.size() / 2;
    m_gaps.push_back({all.front().from, all[half].to, None, 1});
    for (size_t i = half + 1; i < all.size(); ++i)
        append(qsizetype(m_gaps.size()) - 1, all[i].from, all[i].to);
    return append(qsizetype(m_gaps.size()) - 1, from, to);
}

/// From the oldest to the newest.
std::vector<Sight::Gap> Sight::listed(qsizetype newest) const
{
    std::vector<Gap> list;
    for (qsizetype at = newest; at != None; at = m_gaps[size_t(at)].older)
        list.push_back(m_gaps[size_t(at)]);
    std::reverse(list.begin(), list.end());
    return list;
}

bool Sight::saw(qsizetype by, qsizetype op) const
{
    return op < by &&
           !anyMissed(by, [op](qsizetype from, qsizetype to) { return op >= from && op < to; });
}

} // namespace simmer::timers
