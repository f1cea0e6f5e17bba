// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Op.h"

#include <QSet>

#include <algorithm>
#include <numeric>

namespace simmer::timers {

namespace {

bool aboutRecipe(const Op &op)
{
    return std::holds_alternative<WriteRecipe>(op.action) ||
           std::holds_alternative<RemoveRecipe>(op.action);
}

} // namespace

std::optional<TimerId> timerOf(const Op &op)
{
    return aboutRecipe(op) || cookedIn(op) ? std::nullopt : std::optional(TimerId(op.subject));
}

std::optional<RecipeId> recipeOf(const Op &op)
{
    return aboutRecipe(op) ? std::optional(RecipeId(op.subject)) : std::nullopt;
}

std::optional<RecipeId> cookedIn(const Op &op)
{
    const auto *cook = std::get_if<Cook>(&op.action);
    return cook ? std::optional(cook->recipe) : std::nullopt;
}

SessionId sessionOf(const RecipeId &recipe)
{
    return SessionId::derived(recipe.uuid(), "cooking");
}

std::optional<Scale> scaleOf(qint64 times, qint64 over)
{
    if (times < 1 || over < 1)
        return std::nullopt;
    const qint64 both = std::gcd(times, over);
    if (times / both > Scale::Most || over / both > Scale::Most)
        return std::nullopt;
    return Scale{int(times / both), int(over / both)};
}

bool isLength(qint64 ms)
{
    return ms > 0 && ms <= LongestTimerMs;
}

bool isStep(int index)
{
    return index >= 0 && index <= MostSteps;
}

bool isCue(const Cue &cue)
{
    return cue.kind == Cue::Kind::Halfway || (cue.ms >= ShortestCueMs && cue.ms <= LongestTimerMs);
}

bool before(const StampedOp &a, const StampedOp &b)
{
    if (a.kt != b.kt)
        return a.kt < b.kt;
    if (a.op.counter != b.op.counter)
        return a.op.counter < b.op.counter;
    if (a.op.device != b.op.device)
        return a.op.device < b.op.device;
    return a.op.id < b.op.id;
}

void putInOrder(QList<StampedOp> &ops, const QList<StampedOp> &fresh)
{
    QSet<OpId> again;
    for (const StampedOp &stamped : fresh)
        again.insert(stamped.op.id);
    ops.removeIf([&](const StampedOp &known) { return again.contains(known.op.id); });
    for (qsizetype i = fresh.size() - 1; i >= 0; --i) // the newest stamp of an op counts
        if (again.remove(fresh[i].op.id))
            ops += fresh[i];
    std::sort(ops.begin(), ops.end(), before);
}

} // namespace simmer::timers
