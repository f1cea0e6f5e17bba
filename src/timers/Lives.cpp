// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Lives.h"

#include "timers/Fold.h"

#include <algorithm>

namespace simmer::timers {

bool beginsAnew(const Op &op)
{
    const auto *start = std::get_if<Start>(&op.action);
    return start && isLength(start->totalMs);
}

bool isOver(const Timer &timer)
{
    return timer.phase == Phase::Done || timer.phase == Phase::Cancelled;
}

QList<qsizetype> livesOf(const TimerId &id, const QList<StampedOp> &ops, qsizetype settled)
{
    if (settled == 0 || !beginsAnew(ops.constFirst().op))
        return {};
    QList<qsizetype> ends;
    const std::vector<bool> over = overAfter(id, ops);
    for (qsizetype end = 1; end <= settled; ++end)
        if (over[size_t(end - 1)] && (end == ops.size() || beginsAnew(ops[end].op)))
            ends += end;
    return ends;
}

/// Followers have derived ids (UUIDv5) like the timers of a step, but no place in a recipe. One in
/// 64 random ids looks like one: such a timer only keeps its ops.
bool isFollower(const TimerId &id, const QList<StampedOp> &ops)
{
    const bool placed = std::any_of(ops.cbegin(), ops.cend(), [](const StampedOp &stamped) {
        const auto *start = std::get_if<Start>(&stamped.op.action);
        return start && start->place;
    });
    return !placed && id.uuid().version() == QUuid::Sha1;
}

std::optional<Ending> endingOf(const TimerId &id, const QList<StampedOp> &ops)
{
    const QList<Deed> deeds = historyOf(id, ops);
    const auto last = std::find_if(deeds.crbegin(), deeds.crend(), [](const Deed &deed) {
        return deed.counted && (std::holds_alternative<Cancel>(deed.action) ||
                                std::holds_alternative<Acknowledge>(deed.action));
    });
    return last == deeds.crend() ? std::nullopt : std::optional(Ending{last->cook, last->kt});
}

} // namespace simmer::timers
