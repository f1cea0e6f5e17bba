// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/device/StoredRecipeBook.h"

#include "recipes/RecipeCodec.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace simmer::storage {

namespace {

constexpr qsizetype AtOnce = 200; // ops: some 10 ms

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
    , m_log(log)
    , m_scribe(
          log, [](const timers::Op &op) { return timers::recipeOf(op).has_value(); }, nullptr)
{
    connect(&log, &DeviceLog::loaded, this, [this](const LoadedLog &start) {
        m_device = start.device;
        m_cook = start.cook;
    });
    connect(&log, &DeviceLog::renewed, this, [this](const DeviceId &device) { m_device = device; });
    connect(&m_scribe, &Scribe::loaded, this, &StoredRecipeBook::read);
    connect(&m_scribe, &Scribe::came, this, &StoredRecipeBook::take);
    connect(&m_turn, &QTimer::timeout, this, &StoredRecipeBook::shelveSlice);
    connect(this, &RecipeBook::recipeChanged, this, [&log](const recipes::Recipe &recipe) {
        if (!recipe.photos.isEmpty())
            log.blobs().wish(recipe.photos);
    });
}

StoredRecipeBook::~StoredRecipeBook()
{
    if (m_reading)
        m_reading->requestInterruption();
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

QList<RecipeId> StoredRecipeBook::removed() const
{
    const auto isRemoval = [](const timers::StampedOp &stamped) {
        return std::holds_alternative<timers::RemoveRecipe>(stamped.op.action);
    };
    QList<RecipeId> gone;
    for (auto it = m_shelves.cbegin(); it != m_shelves.cend(); ++it)
        if (!recipes().contains(it.key()) &&
            std::any_of(it->ops.cbegin(), it->ops.cend(), isRemoval))
            gone += it.key();
    return gone;
}

QHash<RecipeId, QByteArray> StoredRecipeBook::canonical() const
{
    QHash<RecipeId, QByteArray> all;
    for (auto it = recipes().cbegin(); it != recipes().cend(); ++it)
        all.insert(it.key(), QJsonDocument(recipes::toJson(*it)).toJson(QJsonDocument::Compact));
    return all;
}

/// A few recipes are read at once; many aside.
void StoredRecipeBook::read(const QList<timers::StampedOp> &ops)
{
    if (m_reading) { // mended meanwhile
        m_again = ops;
        return;
    }
    if (!m_shelves.isEmpty() || ops.size() <= AtOnce) {
        take(ops);
        tellLoaded();
        return;
    }
    m_scribe.hold();
    m_shelves.reserve(ops.size()); // growing would move all in one go
    auto *reader = new RecipeReader;
    connect(reader, &RecipeReader::folded, this, [this](const QList<ReadShelf> &slice) {
        m_slices.enqueue(slice);
        m_turn.start();
    });
    connect(reader, &RecipeReader::finished, this, [this] {
        m_allFolded = true;
        m_turn.start();
    });
    m_reading = startThread(QStringLiteral("recipes"), reader);
    reader->read(ops);
}

/// One slice a turn of the event loop, so that input comes between.
void StoredRecipeBook::shelveSlice()
{
    if (m_slices.isEmpty()) {
        m_turn.stop();
        if (m_allFolded)
            finishReading();
        return;
    }
    QList<recipes::Recipe> came;
    const QList<ReadShelf> slice = m_slices.dequeue();
    for (const ReadShelf &read : slice) {
        m_shelves.insert(read.recipe, {read.ops, read.folded.heads, read.folded.newestAt});
        if (!read.folded.recipe)
            continue;
        shelve(*read.folded.recipe, originOf(read.ops));
        came += *read.folded.recipe;
        if (!came.constLast().photos.isEmpty())
            m_log.blobs().wish(came.constLast().photos);
    }
    Q_EMIT recipesCame(came);
}

void StoredRecipeBook::finishReading()
{
    m_reading.reset();
    m_allFolded = false;
    take(std::exchange(m_again, {}));
    tellLoaded();
    m_scribe.release();
}

void StoredRecipeBook::take(const QList<timers::StampedOp> &ops)
{
    const QHash<RecipeId, QList<timers::StampedOp>> fresh = byRecipe(ops);
    for (auto it = fresh.cbegin(); it != fresh.cend(); ++it) {
        Shelf &shelf = m_shelves[it.key()];
        timers::putInOrder(shelf.ops, it.value());
        const FoldedRecipe folded = foldToRead(it.key(), shelf.ops);
        shelf.heads = folded.heads;
        shelf.newestAt = folded.newestAt;
        show(it.key(), folded);
    }
}

void StoredRecipeBook::show(const RecipeId &id, const FoldedRecipe &folded)
{
    if (!folded.recipe)
        return drop(id);
    const recipes::Origin origin = originOf(m_shelves.value(id).ops);
    if (recipes().value(id) != *folded.recipe || this->origin(id) != origin)
        put(*folded.recipe, origin);
}

recipes::Origin StoredRecipeBook::originOf(const QList<timers::StampedOp> &ops) const
{
    const auto first = std::find_if(ops.cbegin(), ops.cend(), [](const timers::StampedOp &stamped) {
        return std::holds_alternative<timers::WriteRecipe>(stamped.op.action);
    });
    if (first == ops.cend())
        return {};
    return {first->kt, first->op.cook, first->op.device,
            first->op.device == m_device || first->op.cook == m_cook};
}

} // namespace simmer::storage
