// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"
#include "timers/Op.h"

#include <optional>

namespace simmer::storage {

/// What a recipe is after its ops.
struct FoldedRecipe {
    std::optional<recipes::Recipe> recipe; ///< nothing while it is removed, or not whole yet
    QList<OpId> heads;                     ///< its newest ops: what the next op has seen
    qint64 newestAt = 0;                   ///< kitchen time of the newest
    bool saysTimes = true;                 ///< recipes::saysTimes() of what was written
};

/// A recipe as a pure function of its ops, which stand in the order of before(): the last writer
/// of each field wins; it is removed when every write was seen by a removal. The rules:
/// src/decisions/0011-recipes-and-cooking.md. Costs are linear in the number of ops.
FoldedRecipe foldRecipe(const RecipeId &id, const QList<timers::StampedOp> &ops);

/// What was written into it, in the same order, and what became of that.
QList<recipes::Edit> historyOf(const QList<timers::StampedOp> &ops);

} // namespace simmer::storage
