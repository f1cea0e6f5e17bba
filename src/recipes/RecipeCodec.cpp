// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/RecipeCodec.h"

#include "base/JsonFields.h"

#include <QJsonArray>

#include <algorithm>

namespace simmer::recipes {

namespace {

using K = QLatin1String;

constexpr qsizetype LongestTitle = 1000;
constexpr qsizetype LongestText = 20'000;
constexpr qsizetype MostLines = 1000;
constexpr qint64 LongestSlotSeconds = 400LL * 24 * 3600;
constexpr qint64 LongestMinutes = LongestSlotSeconds / 60;

// What toJson leaves out when it is empty.
const QStringList OptionalFields{
    QStringLiteral("summary"),  QStringLiteral("yields"),   QStringLiteral("source"),
    QStringLiteral("language"), QStringLiteral("prep"),     QStringLiteral("cook"),
    QStringLiteral("total"),    QStringLiteral("tags"),     QStringLiteral("photos"),
    QStringLiteral("notes"),    QStringLiteral("favourite")};

QJsonObject toJson(const Slot &slot)
{
    QJsonObject json{{K("start"), slot.start},
                     {K("end"), slot.end},
                     {K("shortest"), slot.shortestSeconds},
                     {K("longest"), slot.longestSeconds}};
    if (!slot.name.isEmpty())
        json.insert(K("name"), slot.name);
    return json;
}

QJsonObject toJson(const Step &step)
{
    QJsonObject json{{K("text"), step.text}};
    if (!step.section.isEmpty())
        json.insert(K("section"), step.section);
    QJsonArray slotList;
    for (const Slot &slot : step.slots)
        slotList.append(toJson(slot));
    json.insert(K("slots"), slotList); // an empty list says: none of its times is a timer
    return json;
}

void putText(QJsonObject &json, K key, const QString &text)
{
    if (!text.isEmpty())
        json.insert(key, text);
}

void putMinutes(QJsonObject &json, K key, const std::optional<int> &minutes)
{
    if (minutes)
        json.insert(key, *minutes);
}

QJsonArray toJson(const QList<BlobHash> &photos)
{
    QJsonArray array;
    for (const BlobHash &photo : photos)
        array.append(photo.toHex());
    return array;
}

QList<BlobHash> takePhotos(JsonFields &fields)
{
    QList<BlobHash> photos;
    const QStringList names =
        texts(fields.arrayOr(K("photos"), MostPhotos), 2 * BlobHash::Bytes, fields);
    for (const QString &name : names) {
        photos += BlobHash::fromHex(name).value_or(BlobHash());
        if (photos.constLast().isNull())
            fields.fault(QStringLiteral("“photos” holds something that names no photo"));
    }
    return photos;
}

std::optional<int> takeMinutes(JsonFields &fields, K key)
{
    if (!fields.has(key))
        return std::nullopt;
    return int(fields.integer(key, 0, LongestMinutes));
}

Slot takeSlot(const QJsonObject &json, const Step &step, JsonFields &outer)
{
    JsonFields fields(json, QStringLiteral("slot"));
    const qint64 floor = step.slots.isEmpty() ? 0 : step.slots.constLast().end;
    Slot slot;
    slot.start = int(fields.integer(K("start"), floor, step.text.size()));
    slot.end = int(fields.integer(K("end"), slot.start + 1, step.text.size()));
    slot.shortestSeconds = fields.integer(K("shortest"), 1, LongestSlotSeconds);
    slot.longestSeconds = fields.integer(K("longest"), slot.shortestSeconds, LongestSlotSeconds);
    slot.name = fields.textOr(K("name"), LongestTitle);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return slot;
}

Step takeStep(const QJsonObject &json, JsonFields &outer)
{
    JsonFields fields(json, QStringLiteral("step"));
    Step step;
    step.text = fields.text(K("text"), LongestText);
    step.section = fields.textOr(K("section"), LongestTitle);
    const QJsonArray slotList = fields.arrayOr(K("slots"), MostLines);
    for (const QJsonValue &slot : slotList)
        step.slots += takeSlot(slot.toObject(), step, fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return step;
}

} // namespace

QJsonObject toJson(const Recipe &recipe)
{
    QJsonObject json{{K("title"), recipe.title}};
    putText(json, K("summary"), recipe.summary);
    putText(json, K("yields"), recipe.yields);
    putText(json, K("source"), recipe.source);
    putText(json, K("language"), recipe.language);
    putMinutes(json, K("prep"), recipe.prepMinutes);
    putMinutes(json, K("cook"), recipe.cookMinutes);
    putMinutes(json, K("total"), recipe.totalMinutes);
    json.insert(K("ingredients"), QJsonArray::fromStringList(recipe.ingredients));
    if (!recipe.tags.isEmpty())
        json.insert(K("tags"), QJsonArray::fromStringList(recipe.tags));
    if (!recipe.photos.isEmpty())
        json.insert(K("photos"), toJson(recipe.photos));
    putText(json, K("notes"), recipe.notes);
    if (recipe.isFavourite)
        json.insert(K("favourite"), true);
    QJsonArray steps;
    for (const Step &step : recipe.steps)
        steps.append(toJson(step));
    json.insert(K("steps"), steps);
    return json;
}

Expected<Recipe> recipeFromJson(const RecipeId &id, const QJsonObject &json)
{
    JsonFields fields(json, QStringLiteral("recipe"));
    Recipe recipe;
    recipe.id = id;
    recipe.title = fields.text(K("title"), LongestTitle);
    recipe.summary = fields.textOr(K("summary"), LongestText);
    recipe.yields = fields.textOr(K("yields"), LongestTitle);
    recipe.source = fields.textOr(K("source"), LongestText);
    recipe.language = fields.textOr(K("language"), 20);
    recipe.prepMinutes = takeMinutes(fields, K("prep"));
    recipe.cookMinutes = takeMinutes(fields, K("cook"));
    recipe.totalMinutes = takeMinutes(fields, K("total"));
    recipe.ingredients = texts(fields.array(K("ingredients"), MostLines), LongestText, fields);
    recipe.tags = texts(fields.arrayOr(K("tags"), MostLines), LongestTitle, fields);
    recipe.photos = takePhotos(fields);
    recipe.notes = fields.textOr(K("notes"), LongestText);
    recipe.isFavourite = fields.flagOr(K("favourite"), false);
    const QJsonArray steps = fields.array(K("steps"), MostLines);
    for (const QJsonValue &step : steps)
        recipe.steps += takeStep(step.toObject(), fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        return outcome.error();
    return recipe;
}

bool saysTimes(const QJsonObject &fields)
{
    const QJsonArray steps = fields.value(K("steps")).toArray();
    return std::any_of(steps.begin(), steps.end(),
                       [](const QJsonValue &step) { return step.toObject().contains(K("slots")); });
}

bool isField(const QString &name, const QJsonValue &value)
{
    if (value.isNull())
        return OptionalFields.contains(name);
    QJsonObject fields = toJson(Recipe());
    fields.insert(name, value);
    return bool(recipeFromJson({}, fields));
}

bool isWhole(const QJsonObject &fields)
{
    return fields.contains(K("title")) && fields.contains(K("ingredients")) &&
           fields.contains(K("steps"));
}

QJsonObject spelledOut(QJsonObject fields)
{
    if (isWhole(fields))
        for (const QString &name : OptionalFields)
            if (!fields.contains(name))
                fields.insert(name, QJsonValue());
    return fields;
}

QJsonObject changes(const Recipe &was, const Recipe &now)
{
    const QJsonObject before = toJson(was);
    const QJsonObject after = toJson(now);
    QJsonObject changed;
    for (auto it = after.begin(); it != after.end(); ++it)
        if (before.value(it.key()) != it.value())
            changed.insert(it.key(), it.value());
    for (auto it = before.begin(); it != before.end(); ++it)
        if (!after.contains(it.key()))
            changed.insert(it.key(), QJsonValue());
    return changed;
}

} // namespace simmer::recipes
