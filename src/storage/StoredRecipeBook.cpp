// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/StoredRecipeBook.h"

#include "recipes/RecipeCodec.h"

#include <QJsonDocument>

#include <algorithm>

namespace simmer::storage {

/// The last version by the order of ops, unless a removal had seen it.
const timers::StampedOp *StoredRecipeBook::Shelf::winner() const
{
    const auto last = std::max_element(versions.cbegin(), versions.cend(), timers::before);
    if (last == versions.cend() || removed.contains(last->op.id))
        return nullptr;
    return &*last;
}

StoredRecipeBook::StoredRecipeBook(DeviceLog &log, QObject *parent)
    : RecipeBook(parent)
    , m_log(log)
{
    connect(&log, &DeviceLog::loaded, this, [this](const LoadedLog &loadedLog) {
        for (const timers::StampedOp &stamped : loadedLog.ops)
            take(stamped);
        const QList<RecipeId> all = m_shelves.keys();
        for (const RecipeId &recipe : all)
            show(recipe);
        Q_EMIT loaded();
    });
    connect(&log, &DeviceLog::appended, this, [this](const timers::StampedOp &stamped) {
        const auto recipe = timers::recipeOf(stamped.op);
        if (!recipe)
            return;
        take(stamped);
        show(*recipe);
        if (!m_asked.take(stamped.op.id).isNull())
            Q_EMIT saved(*recipe);
    });
    connect(&log, &DeviceLog::merged, this, [this](const QList<timers::StampedOp> &ops) {
        QSet<RecipeId> touched;
        for (const timers::StampedOp &stamped : ops) {
            take(stamped);
            if (const auto recipe = timers::recipeOf(stamped.op))
                touched.insert(*recipe);
        }
        for (const RecipeId &recipe : std::as_const(touched))
            show(recipe);
    });
    connect(&log, &DeviceLog::appendFailed, this, &StoredRecipeBook::refused);
    connect(this, &RecipeBook::recipeChanged, this, [this](const recipes::Recipe &recipe) {
        if (!recipe.photos.isEmpty())
            m_log.blobs().wish(recipe.photos);
    });
}

void StoredRecipeBook::save(const recipes::Recipe &recipe)
{
    const QJsonObject json = recipes::toJson(recipe);
    const QByteArray bytes = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (bytes.size() > recipes::MaxRecipeBytes) {
        Q_EMIT notSaved(recipe.id, {ErrorCode::TooLarge,
                                    QStringLiteral("a recipe has at most %1 kB of text")
                                        .arg(recipes::MaxRecipeBytes / 1024),
                                    {}});
        return;
    }
    const auto readable = recipes::recipeFromJson(recipe.id, json);
    if (!readable) {
        Q_EMIT notSaved(recipe.id, readable.error());
        return;
    }
    const OpId id = OpId::random();
    m_asked.insert(id, recipe.id);
    m_log.append({id, recipe.id.uuid(), timers::WriteRecipe{json}, {}, seen(recipe.id)});
}

void StoredRecipeBook::remove(const RecipeId &recipe)
{
    const OpId id = OpId::random();
    m_asked.insert(id, recipe);
    m_log.append({id, recipe.uuid(), timers::RemoveRecipe{}, {}, seen(recipe)});
}

QHash<RecipeId, QByteArray> StoredRecipeBook::canonical() const
{
    QHash<RecipeId, QByteArray> all;
    for (auto it = recipes().cbegin(); it != recipes().cend(); ++it)
        all.insert(it.key(), QJsonDocument(recipes::toJson(*it)).toJson(QJsonDocument::Compact));
    return all;
}

void StoredRecipeBook::take(const timers::StampedOp &stamped)
{
    const auto recipe = timers::recipeOf(stamped.op);
    if (!recipe)
        return;
    Shelf &shelf = m_shelves[*recipe];
    if (std::holds_alternative<timers::RemoveRecipe>(stamped.op.action)) {
        shelf.removed.unite(QSet<OpId>(stamped.op.seen.cbegin(), stamped.op.seen.cend()));
        return;
    }
    shelf.versions.removeIf([&](const auto &known) { return known.op.id == stamped.op.id; });
    shelf.versions += stamped;
}

void StoredRecipeBook::show(const RecipeId &id)
{
    const timers::StampedOp *winner = m_shelves[id].winner();
    if (!winner) {
        drop(id);
        return;
    }
    const auto &write = std::get<timers::WriteRecipe>(winner->op.action);
    const auto recipe = recipes::recipeFromJson(id, write.recipe);
    if (!recipe) {
        qWarning("a recipe in the log is not readable: %s",
                 qUtf8Printable(describe(recipe.error())));
        return;
    }
    if (recipes().value(id) != *recipe)
        put(*recipe);
}

void StoredRecipeBook::refused(const OpId &op, const Error &error)
{
    const RecipeId recipe = m_asked.take(op);
    if (!recipe.isNull())
        Q_EMIT notSaved(recipe, error);
}

QList<OpId> StoredRecipeBook::seen(const RecipeId &recipe) const
{
    const auto shelf = m_shelves.constFind(recipe);
    const timers::StampedOp *winner = shelf == m_shelves.cend() ? nullptr : shelf->winner();
    return winner ? QList<OpId>{winner->op.id} : QList<OpId>();
}

} // namespace simmer::storage
