// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/device/RecipeReader.h"

#include "recipes/times/TimeFinder.h"

#include <QThread>

#include <utility>

namespace simmer::storage {

namespace {

constexpr qsizetype SliceRecipes = 64; // a millisecond or two of the thread that takes them in

} // namespace

QHash<RecipeId, QList<timers::StampedOp>> byRecipe(const QList<timers::StampedOp> &ops)
{
    QHash<RecipeId, QList<timers::StampedOp>> recipes;
    for (const timers::StampedOp &stamped : ops)
        if (const auto recipe = timers::recipeOf(stamped.op))
            recipes[*recipe] += stamped;
    return recipes;
}

FoldedRecipe foldToRead(const RecipeId &recipe, const QList<timers::StampedOp> &ops)
{
    FoldedRecipe folded = foldRecipe(recipe, ops);
    if (folded.recipe && !folded.saysTimes)
        recipes::findTimes(*folded.recipe);
    return folded;
}

void RecipeReader::read(const QList<timers::StampedOp> &ops)
{
    QMetaObject::invokeMethod(
        this, [this, ops] { readHere(ops); }, Qt::QueuedConnection);
}

void RecipeReader::readHere(const QList<timers::StampedOp> &ops)
{
    const QHash<RecipeId, QList<timers::StampedOp>> recipes = byRecipe(ops);
    QList<ReadShelf> slice;
    for (auto it = recipes.cbegin(); it != recipes.cend(); ++it) {
        if (thread()->isInterruptionRequested())
            return;
        ReadShelf read{it.key(), {}, {}};
        timers::putInOrder(read.ops, it.value());
        read.folded = foldToRead(it.key(), read.ops);
        slice += read;
        if (slice.size() >= SliceRecipes)
            Q_EMIT folded(std::exchange(slice, {}));
    }
    if (!slice.isEmpty())
        Q_EMIT folded(slice);
    Q_EMIT finished();
}

} // namespace simmer::storage
