// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/RecipeFold.h"

#include <QHash>
#include <QObject>

namespace simmer::storage {

/// A recipe as it was read: its ops in the order of before(), and what they come to.
struct ReadShelf {
    RecipeId recipe;
    QList<timers::StampedOp> ops;
    FoldedRecipe folded;
};

/// Folds the recipes of a whole log for the book that is read. Lives in a thread of its own, which
/// the book ends when it has all.
class RecipeReader : public QObject
{
    Q_OBJECT

public:
    /// Called from any thread: folded() follows, slice by slice, then finished(). Left when its
    /// thread is asked to end.
    void read(const QList<timers::StampedOp> &ops);

Q_SIGNALS:
    void folded(const QList<simmer::storage::ReadShelf> &slice);
    void finished();

private:
    void readHere(const QList<timers::StampedOp> &ops);
};

/// As the book shows it: times that no writer knew of are found.
FoldedRecipe foldToRead(const RecipeId &recipe, const QList<timers::StampedOp> &ops);

/// What of these is about recipes, by recipe.
QHash<RecipeId, QList<timers::StampedOp>> byRecipe(const QList<timers::StampedOp> &ops);

} // namespace simmer::storage

Q_DECLARE_METATYPE(simmer::storage::ReadShelf)
