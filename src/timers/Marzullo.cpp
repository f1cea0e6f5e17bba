// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Marzullo.h"

#include <algorithm>

namespace simmer::timers {

namespace {

/// An end of an interval. At one place those that begin come before those that end, so that two
/// that only touch agree.
struct Edge {
    qint64 at = 0;
    bool ends = false;

    auto operator<=>(const Edge &) const = default;
};

} // namespace

std::optional<Agreement> agreement(const QList<Interval> &claims)
{
    QList<Edge> edges;
    for (const Interval &claim : claims)
        if (claim.low <= claim.high)
            edges += {Edge{claim.low, false}, Edge{claim.high, true}};
    std::sort(edges.begin(), edges.end());
    std::optional<Agreement> best;
    qsizetype inside = 0;
    for (qsizetype i = 0; i < edges.size(); ++i) {
        inside += edges[i].ends ? -1 : 1;
        if (edges[i].ends || !edges[i + 1].ends) // the most lie between a begin and an end
            continue;
        const Agreement found{{edges[i].at, edges[i + 1].at}, inside};
        const bool narrower =
            best && found.sources == best->sources &&
            found.where.high - found.where.low < best->where.high - best->where.low;
        if (!best || found.sources > best->sources || narrower)
            best = found;
    }
    return best;
}

} // namespace simmer::timers
