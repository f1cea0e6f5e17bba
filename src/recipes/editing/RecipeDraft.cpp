// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/editing/RecipeDraft.h"

#include "base/JsonFields.h"
#include "recipes/RecipeCodec.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace simmer::recipes {

namespace {

using K = QLatin1String;

constexpr int FormatVersion = 1;
constexpr qsizetype Any = MostDraftBytes; // the file's size is the limit
constexpr qint64 AnyNumber = std::numeric_limits<int>::max();

QJsonObject toJson(const Correction &correction)
{
    return {{K("start"), correction.start},
            {K("end"), correction.end},
            {K("words"), correction.words},
            {K("denied"), correction.isDenied},
            {K("shortest"), correction.shortestSeconds},
            {K("longest"), correction.longestSeconds},
            {K("name"), correction.name}};
}

QJsonObject toJson(const EditedLine &line)
{
    QJsonArray corrections;
    for (const Correction &correction : line.corrections)
        corrections.append(toJson(correction));
    return {
        {K("heading"), !line.isStep()}, {K("text"), line.text}, {K("corrections"), corrections}};
}

void putMinutes(QJsonObject &json, K key, const std::optional<int> &minutes)
{
    if (minutes)
        json.insert(key, *minutes);
}

QJsonObject toJson(const EditedRecipe &recipe)
{
    QJsonArray lines;
    for (const EditedLine &line : recipe.lines)
        lines.append(toJson(line));
    QJsonArray photos;
    for (const BlobHash &photo : recipe.photos)
        photos.append(photo.toHex());
    QJsonObject json{{K("title"), recipe.title},
                     {K("summary"), recipe.summary},
                     {K("yields"), recipe.yields},
                     {K("source"), recipe.source},
                     {K("language"), recipe.language},
                     {K("notes"), recipe.notes},
                     {K("ingredients"), recipe.ingredients},
                     {K("lines"), lines},
                     {K("tags"), QJsonArray::fromStringList(recipe.tags)},
                     {K("favourite"), recipe.isFavourite},
                     {K("photos"), photos}};
    putMinutes(json, K("prep"), recipe.prepMinutes);
    putMinutes(json, K("cook"), recipe.cookMinutes);
    putMinutes(json, K("total"), recipe.totalMinutes);
    return json;
}

void close(JsonFields &fields, JsonFields &outer)
{
    if (const Outcome whole = fields.finish(); !whole)
        outer.fault(whole.error().context);
}

Correction takeCorrection(const QJsonObject &json, qsizetype length, JsonFields &outer)
{
    JsonFields fields(json, QStringLiteral("correction"));
    Correction correction;
    correction.start = int(fields.integer(K("start"), 0, length));
    correction.end = int(fields.integer(K("end"), correction.start, length));
    correction.words = fields.text(K("words"), Any);
    correction.isDenied = fields.flag(K("denied"));
    correction.shortestSeconds = fields.integer(K("shortest"), 0, AnyNumber);
    correction.longestSeconds = fields.integer(K("longest"), correction.shortestSeconds, AnyNumber);
    correction.name = fields.text(K("name"), Any);
    close(fields, outer);
    return correction;
}

EditedLine takeLine(const QJsonObject &json, JsonFields &outer)
{
    JsonFields fields(json, QStringLiteral("line"));
    EditedLine line;
    line.kind = fields.flag(K("heading")) ? EditedLine::Kind::Heading : EditedLine::Kind::Step;
    line.text = plainLines(fields.text(K("text"), Any));
    const QJsonArray corrections = fields.array(K("corrections"), Any);
    for (const QJsonValue &correction : corrections)
        line.corrections += takeCorrection(correction.toObject(), line.text.size(), fields);
    close(fields, outer);
    return line;
}

std::optional<int> takeMinutes(JsonFields &fields, K key)
{
    return fields.has(key) ? std::optional(int(fields.integer(key, 0, AnyNumber))) : std::nullopt;
}

EditedRecipe takeEdited(const QJsonObject &json, JsonFields &outer)
{
    JsonFields fields(json, QStringLiteral("what was typed"));
    EditedRecipe recipe;
    recipe.title = fields.text(K("title"), Any);
    recipe.summary = fields.text(K("summary"), Any);
    recipe.yields = fields.text(K("yields"), Any);
    recipe.source = fields.text(K("source"), Any);
    recipe.language = fields.text(K("language"), Any);
    recipe.notes = fields.text(K("notes"), Any);
    recipe.ingredients = fields.text(K("ingredients"), Any);
    recipe.tags = texts(fields.array(K("tags"), Any), Any, fields);
    recipe.isFavourite = fields.flag(K("favourite"));
    recipe.prepMinutes = takeMinutes(fields, K("prep"));
    recipe.cookMinutes = takeMinutes(fields, K("cook"));
    recipe.totalMinutes = takeMinutes(fields, K("total"));
    const QJsonArray lines = fields.array(K("lines"), Any);
    for (const QJsonValue &line : lines) {
        recipe.lines += takeLine(line.toObject(), fields);
        recipe.lines.last().key = quint64(recipe.lines.size());
    }
    const QStringList photos = texts(fields.array(K("photos"), Any), Any, fields);
    for (const QString &photo : photos)
        if (const auto hash = BlobHash::fromHex(photo))
            recipe.photos += *hash;
    close(fields, outer);
    return recipe;
}

} // namespace

QByteArray encodeDraft(const RecipeDraft &draft)
{
    QJsonObject json{{K("version"), FormatVersion},
                     {K("id"), draft.id.toHex()},
                     {K("keptAt"), draft.keptAt},
                     {K("discarded"), draft.isDiscarded},
                     {K("now"), toJson(draft.now)}};
    if (draft.base)
        json.insert(K("base"), recipes::toJson(*draft.base));
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Expected<RecipeDraft> decodeDraft(const QByteArray &bytes)
{
    if (bytes.size() > MostDraftBytes)
        return Error{ErrorCode::TooLarge, QStringLiteral("a draft"), {}};
    QJsonParseError syntax;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &syntax);
    if (!document.isObject())
        return Error{ErrorCode::BadSyntax, syntax.errorString(), {}};
    JsonFields fields(document.object(), QStringLiteral("draft"));
    RecipeDraft draft;
    fields.integer(K("version"), FormatVersion, FormatVersion);
    draft.id = fields.id<RecipeId>(K("id"));
    draft.keptAt = fields.integer(K("keptAt"), 0, std::numeric_limits<qint64>::max());
    draft.isDiscarded = fields.flag(K("discarded"));
    draft.now = takeEdited(fields.object(K("now")), fields);
    if (fields.has(K("base"))) {
        const auto base = recipeFromJson(draft.id, fields.object(K("base")));
        if (!base)
            return base.error();
        draft.base = *base;
    }
    if (const Outcome whole = fields.finish(); !whole)
        return whole.error();
    return draft;
}

} // namespace simmer::recipes
