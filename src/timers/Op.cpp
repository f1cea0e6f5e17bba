// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Op.h"

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
    return aboutRecipe(op) ? std::nullopt : std::optional(TimerId(op.subject));
}

std::optional<RecipeId> recipeOf(const Op &op)
{
    return aboutRecipe(op) ? std::optional(RecipeId(op.subject)) : std::nullopt;
}

bool isLength(qint64 ms)
{
    return ms > 0 && ms <= LongestTimerMs;
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

} // namespace simmer::timers
