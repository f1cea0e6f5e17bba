// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/device/StoredRecipeBook.h"

#include "recipes/RecipeCodec.h"

#include <QJsonDocument>

namespace simmer::storage {

namespace {

/// Whether a recipe can be stored and sent, and read again.
Outcome storable(const recipes::Recipe &recipe)
{
    const QJsonObject json = recipes::toJson(recipe);
    if (QJsonDocument(json).toJson(QJsonDocument::Compact).size() > recipes::MaxRecipeBytes)
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("a recipe has at most %1 kB of text")
                         .arg(recipes::MaxRecipeBytes / 1024),
                     {}};
    const auto readable = recipes::recipeFromJson(recipe.id, json);
    return readable ? done() : Outcome(readable.error());
}

} // namespace

StoredRecipeBook::StoredRecipeBook(DeviceLog &log, QObject *parent)
    : RecipeBook(parent)
    , m_scribe(
          log, [](const timers::Op &op) { return timers::recipeOf(op).has_value(); }, nullptr)
{
    connect(&m_scribe, &Scribe::loaded, this, [this](const QList<timers::StampedOp> &ops) {
        take(ops);
        Q_EMIT loaded();
    });
    connect(&m_scribe, &Scribe::came, this, &StoredRecipeBook::take);
    connect(this, &RecipeBook::recipeChanged, this, [&log](const recipes::Recipe &recipe) {
        if (!recipe.photos.isEmpty())
            log.blobs().wish(recipe.photos);
    });
}

void StoredRecipeBook::save(const recipes::Recipe &recipe)
{
    write(recipe, std::nullopt);
}

void StoredRecipeBook::edit(const recipes::Recipe &was, const recipes::Recipe &now)
{
    write(now, was);
}

void StoredRecipeBook::write(const recipes::Recipe &now, const std::optional<recipes::Recipe> &was)
{
    if (const Outcome fine = storable(now); !fine) {
        Q_EMIT notSaved(now.id, fine.error());
        return;
    }
    m_scribe.write(
        now.id.uuid(), [this, now, was] { return draft(now, was); }, answerFor(now.id));
}

void StoredRecipeBook::remove(const RecipeId &recipe)
{
    m_scribe.write(
        recipe.uuid(),
        [this, recipe]() -> Expected<std::optional<Draft>> {
            if (!recipes().contains(recipe))
                return std::optional<Draft>();
            return std::optional(draftOf(recipe, timers::RemoveRecipe{}));
        },
        answerFor(recipe));
}

/// What differs from `was`, or from what is shown; all of a recipe that is not known.
Expected<std::optional<Draft>>
StoredRecipeBook::draft(const recipes::Recipe &now, const std::optional<recipes::Recipe> &was) const
{
    const auto shown = recipes().constFind(now.id);
    if (shown == recipes().cend() && (!was || !m_shelves.contains(now.id)))
        return std::optional(draftOf(now.id, timers::WriteRecipe{recipes::toJson(now)}));
    QJsonObject changed = recipes::changes(was ? *was : *shown, now);
    if (changed.isEmpty())
        return std::optional<Draft>();
    if (recipes::isWhole(changed))
        changed = recipes::toJson(now); // read as whole by others: so let it be
    return std::optional(draftOf(now.id, timers::WriteRecipe{changed}));
}

Draft StoredRecipeBook::draftOf(const RecipeId &recipe, const timers::Action &action) const
{
    const Shelf shelf = m_shelves.value(recipe);
    return {OpId::random(), recipe.uuid(), action, {}, shelf.heads, shelf.newestAt};
}

Scribe::Answer StoredRecipeBook::answerFor(const RecipeId &recipe)
{
    return [this, recipe](const Outcome &outcome) {
        if (outcome)
            Q_EMIT saved(recipe);
        else
            Q_EMIT notSaved(recipe, outcome.error());
    };
}

QList<recipes::Edit> StoredRecipeBook::history(const RecipeId &recipe) const
{
    return historyOf(m_shelves.value(recipe).ops);
}

QHash<RecipeId, QByteArray> StoredRecipeBook::canonical() const
{
    QHash<RecipeId, QByteArray> all;
    for (auto it = recipes().cbegin(); it != recipes().cend(); ++it)
        all.insert(it.key(), QJsonDocument(recipes::toJson(*it)).toJson(QJsonDocument::Compact));
    return all;
}

void StoredRecipeBook::take(const QList<timers::StampedOp> &ops)
{
    QHash<RecipeId, QList<timers::StampedOp>> fresh;
    for (const timers::StampedOp &stamped : ops)
        if (const auto recipe = timers::recipeOf(stamped.op))
            fresh[*recipe] += stamped;
    for (auto it = fresh.cbegin(); it != fresh.cend(); ++it) {
        timers::putInOrder(m_shelves[it.key()].ops, it.value());
        show(it.key());
    }
}

void StoredRecipeBook::show(const RecipeId &id)
{
    Shelf &shelf = m_shelves[id];
    const FoldedRecipe folded = foldRecipe(id, shelf.ops);
    shelf.heads = folded.heads;
    shelf.newestAt = folded.newestAt;
    if (!folded.recipe)
        drop(id);
    else if (recipes().value(id) != *folded.recipe)
        put(*folded.recipe);
}

} // namespace simmer::storage
