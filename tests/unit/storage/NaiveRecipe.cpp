// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/NaiveRecipe.h"

#include <set>

namespace simmer::tests {

using namespace timers;

namespace {

const StampedOp *find(const QList<StampedOp> &ops, const OpId &id)
{
    for (const StampedOp &stamped : ops)
        if (stamped.op.id == id)
            return &stamped;
    return nullptr;
}

/// All that the maker of this op knew of.
std::set<OpId> knownTo(const QList<StampedOp> &ops, const StampedOp &by)
{
    std::set<OpId> known;
    std::vector<const StampedOp *> open{&by};
    while (!open.empty()) {
        const StampedOp *at = open.back();
        open.pop_back();
        for (const OpId &id : at->op.seen) {
            const StampedOp *seen = find(ops, id);
            if (seen && known.insert(id).second)
                open.push_back(seen);
        }
    }
    return known;
}

const char *const Fields[] = {"title",       "summary", "yields", "source",   "language",
                              "prep",        "cook",    "total",  "tags",     "photos",
                              "ingredients", "steps",   "notes",  "favourite"};

/// What an op says of a field; nothing when it says nothing.
std::optional<QJsonValue> said(const WriteRecipe &write, QLatin1String field)
{
    if (write.recipe.contains(field))
        return write.recipe.value(field);
    for (const char *needed : {"title", "ingredients", "steps"})
        if (!write.recipe.contains(QLatin1String(needed)))
            return std::nullopt;
    return QJsonValue(); // of a whole recipe, what is missing is empty
}

} // namespace

std::optional<QJsonObject> naiveRecipe(const QList<StampedOp> &ops)
{
    std::set<OpId> removed;
    for (const StampedOp &stamped : ops)
        if (std::holds_alternative<RemoveRecipe>(stamped.op.action))
            removed.merge(knownTo(ops, stamped));
    bool isThere = false;
    for (const StampedOp &stamped : ops)
        if (std::holds_alternative<WriteRecipe>(stamped.op.action))
            isThere = isThere || removed.count(stamped.op.id) == 0;
    if (!isThere)
        return std::nullopt;
    QJsonObject recipe;
    for (const char *name : Fields) {
        const QLatin1String field(name);
        const StampedOp *last = nullptr;
        for (const StampedOp &stamped : ops) {
            const auto *write = std::get_if<WriteRecipe>(&stamped.op.action);
            if (write && said(*write, field) && (!last || before(*last, stamped)))
                last = &stamped;
        }
        const QJsonValue value =
            last ? *said(std::get<WriteRecipe>(last->op.action), field) : QJsonValue();
        if (!value.isNull())
            recipe.insert(field, value);
    }
    for (const char *needed : {"title", "ingredients", "steps"})
        if (!recipe.contains(QLatin1String(needed)))
            return std::nullopt;
    return recipe;
}

} // namespace simmer::tests
