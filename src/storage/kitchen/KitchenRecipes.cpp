// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/KitchenRecipes.h"

#include "storage/Database.h"
#include "storage/RecipeFold.h"
#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::storage {

namespace {

using timers::StampedOp;

Expected<QList<StampedOp>> opsIn(Rows &rows)
{
    QList<StampedOp> ops;
    while (rows.next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows.value(2).toByteArray());
        if (!op)
            return Error::because(ErrorCode::StoreBroken, QStringLiteral("an op is damaged"),
                                  op.error());
        ops += {*std::move(op), rows.value(1).toLongLong(), rows.value(0).toLongLong()};
    }
    const Outcome whole = rows.finished();
    return whole ? Expected(ops) : whole.error();
}

} // namespace

KitchenRecipes::KitchenRecipes(Database &database, EntryKeys keys)
    : m_database(database)
    , m_keys(keys)
{
}

std::optional<recipes::Recipe> KitchenRecipes::folded(const RecipeId &id, QList<StampedOp> ops)
{
    std::sort(ops.begin(), ops.end(), timers::before);
    return foldRecipe(id, ops).recipe;
}

/// Looking for the id in the bytes is cheaper than an index would be for the rest of the log.
Expected<recipes::Recipe> KitchenRecipes::recipe(const RecipeId &id) const
{
    Expected<Rows> rows =
        m_database.ask(QStringLiteral("SELECT seq, kt, body FROM log WHERE entry > ? AND entry < ?"
                                      " AND timer IS NULL AND instr(body, ?) > 0"),
                       {m_keys.of(0), m_keys.end(), id.toHex().toLatin1()});
    if (!rows)
        return rows.error();
    Expected<QList<StampedOp>> ops = opsIn(*rows);
    if (!ops)
        return ops.error();
    ops->removeIf([&](const StampedOp &stamped) { return timers::recipeOf(stamped.op) != id; });
    if (auto recipe = folded(id, *std::move(ops)))
        return *std::move(recipe);
    return Error{ErrorCode::NotFound, QStringLiteral("there is no such recipe"), {}};
}

Expected<QList<StampedOp>> KitchenRecipes::opsAfter(qint64 afterSeq, qsizetype most) const
{
    Expected<Rows> rows =
        m_database.ask(QStringLiteral("SELECT seq, kt, body FROM log WHERE entry > ? AND entry < ?"
                                      " AND timer IS NULL ORDER BY entry LIMIT ?"),
                       {m_keys.of(afterSeq), m_keys.end(), qint64(most)});
    return rows ? opsIn(*rows) : rows.error();
}

} // namespace simmer::storage
