// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"
#include "recipes/Recipe.h"
#include "storage/kitchen/OpIndex.h"
#include "timers/Op.h"

#include <QList>

#include <optional>

namespace simmer::storage {

class Database;

/// A kitchen's recipes, folded from its log when somebody asks. Belongs to the thread of its
/// database. Errors beside those named: StoreBusy, StoreBroken.
class KitchenRecipes
{
public:
    /// `database` must outlive it.
    KitchenRecipes(Database &database, EntryKeys keys);

    /// Errors: NotFound, also for one that was removed.
    Expected<recipes::Recipe> recipe(const RecipeId &id) const;
    /// The next ops of recipes after `afterSeq`, at most so many, in the order of their seq; fewer
    /// when there are no more.
    Expected<QList<timers::StampedOp>> opsAfter(qint64 afterSeq, qsizetype most) const;
    /// Nothing when it was removed.
    static std::optional<recipes::Recipe> folded(const RecipeId &id, QList<timers::StampedOp> ops);

private:
    Database &m_database;
    EntryKeys m_keys;
};

} // namespace simmer::storage
