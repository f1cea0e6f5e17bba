// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/OpenKitchen.h"

namespace simmer::syncserver {

namespace {

constexpr qsizetype OpsAStep = 100; // of recipes, which are large: 5 ms here

RecipeHead headOf(const recipes::Recipe &recipe)
{
    return {recipe.id, recipe.title, recipe.yields, recipe.totalMinutes, recipe.tags};
}

/// All recipes of a kitchen, while they are read and folded.
struct Reading {
    ApiKitchen::Listed then;
    quint64 edition = 0; ///< of the recipes when this began
    qint64 upTo = 0;     ///< seq
    QHash<RecipeId, QList<timers::StampedOp>> ops = {};
    QList<RecipeHead> heads = {};
};

void foldSome(LiveKitchen &kitchen, const std::shared_ptr<Reading> &reading)
{
    for (qsizetype left = OpsAStep; left > 0 && !reading->ops.isEmpty();) {
        const RecipeId id = reading->ops.cbegin().key();
        const QList<timers::StampedOp> own = reading->ops.take(id);
        left -= own.size();
        if (const auto recipe = storage::KitchenRecipes::folded(id, own))
            reading->heads += headOf(*recipe);
    }
    if (!reading->ops.isEmpty())
        return kitchen.inSpareTime([reading](LiveKitchen &self) { foldSome(self, reading); });
    if (Lookout *lookout = kitchen.lookout(); lookout->recipeEdition() == reading->edition)
        lookout->recipeHeads() = reading->heads;
    reading->then(reading->heads);
}

void readSome(LiveKitchen &kitchen, const std::shared_ptr<Reading> &reading)
{
    const auto ops = kitchen.store().recipes().opsAfter(reading->upTo, OpsAStep);
    if (!ops)
        return reading->then(ops.error());
    for (const timers::StampedOp &stamped : *ops) {
        reading->upTo = stamped.seq;
        if (const auto id = timers::recipeOf(stamped.op))
            reading->ops[*id] += stamped;
    }
    if (ops->size() < OpsAStep)
        return foldSome(kitchen, reading);
    kitchen.inSpareTime([reading](LiveKitchen &self) { readSome(self, reading); });
}

} // namespace

OpenKitchen::OpenKitchen(const std::shared_ptr<LiveKitchen> &kitchen)
    : m_kitchen(kitchen)
{
}

OpMoment OpenKitchen::moment()
{
    const Clock &machine = m_kitchen->clock().machine();
    return {m_kitchen->clock().now(), m_kitchen->lookout()->nextCounter(), machine.boot(),
            machine.bootMs()};
}

QList<timers::Timer> OpenKitchen::timers()
{
    return m_kitchen->lookout()->lively().board().timers();
}

std::optional<timers::Timer> OpenKitchen::timer(const TimerId &id)
{
    const timers::Timer *found = m_kitchen->lookout()->lively().board().find(id);
    return found ? std::optional(*found) : std::nullopt;
}

void OpenKitchen::recipes(Listed then)
{
    Lookout *lookout = m_kitchen->lookout();
    if (const auto &heads = lookout->recipeHeads())
        return then(*heads);
    readSome(*m_kitchen,
             std::make_shared<Reading>(Reading{std::move(then), lookout->recipeEdition()}));
}

Expected<recipes::Recipe> OpenKitchen::recipe(const RecipeId &id)
{
    return m_kitchen->store().recipes().recipe(id);
}

void OpenKitchen::push(const timers::Op &op, Pushed then)
{
    m_kitchen->pushOne(op, std::move(then));
}

qint64 OpenKitchen::countOps(const DeviceId &device, qint64 ops)
{
    const qint64 waitMs = m_kitchen->hub().countOps(device, 0); // who has to wait lends nothing
    if (waitMs == 0)
        m_kitchen->hub().countOps(device, ops);
    return waitMs;
}

Displays *OpenKitchen::displays()
{
    return &m_kitchen->lookout()->displays();
}

} // namespace simmer::syncserver
