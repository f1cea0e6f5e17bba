// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/editing/FieldMerge.h"

#include "recipes/RecipeCodec.h"

namespace simmer::recipes {

namespace {

QJsonValue valueIn(const QJsonObject &json, const QString &field)
{
    const auto found = json.constFind(field);
    return found == json.constEnd() ? QJsonValue() : QJsonValue(*found);
}

} // namespace

const QStringList &recipeFields()
{
    static const QStringList fields{
        QStringLiteral("title"),       QStringLiteral("summary"), QStringLiteral("yields"),
        QStringLiteral("prep"),        QStringLiteral("cook"),    QStringLiteral("total"),
        QStringLiteral("ingredients"), QStringLiteral("steps"),   QStringLiteral("notes"),
        QStringLiteral("tags"),        QStringLiteral("photos"),  QStringLiteral("favourite"),
        QStringLiteral("source"),      QStringLiteral("language")};
    return fields;
}

FieldMerge mergeFields(const Recipe &base, const Recipe &mine, const Recipe &theirs)
{
    const QJsonObject before = toJson(base);
    const QJsonObject here = toJson(mine);
    const QJsonObject there = toJson(theirs);
    FieldMerge merge;
    for (const QString &field : recipeFields()) {
        const QJsonValue was = valueIn(before, field);
        const QJsonValue ours = valueIn(here, field);
        const QJsonValue other = valueIn(there, field);
        if (other == was)
            continue;
        if (ours == was)
            merge.theirsOnly += field;
        else if (ours == other)
            merge.alike += field;
        else
            merge.contested += field;
    }
    return merge;
}

QJsonValue fieldOf(const Recipe &recipe, const QString &field)
{
    return valueIn(toJson(recipe), field);
}

Expected<Recipe> withValue(const Recipe &recipe, const QString &field, const QJsonValue &value)
{
    QJsonObject json = toJson(recipe);
    if (value.isNull())
        json.remove(field);
    else
        json.insert(field, value);
    return recipeFromJson(recipe.id, json);
}

namespace {

/// Both kinds of recipe call a field's member the same, but for the steps.
template<class Some, class Steps>
Some taking(Some recipe, const QString &field, const Some &from, Steps Some::*steps)
{
    const auto take = [&](const char *name, auto Some::*member) {
        if (field == QLatin1String(name))
            recipe.*member = from.*member;
    };
    take("title", &Some::title);
    take("summary", &Some::summary);
    take("yields", &Some::yields);
    take("prep", &Some::prepMinutes);
    take("cook", &Some::cookMinutes);
    take("total", &Some::totalMinutes);
    take("ingredients", &Some::ingredients);
    take("steps", steps);
    take("notes", &Some::notes);
    take("tags", &Some::tags);
    take("photos", &Some::photos);
    take("favourite", &Some::isFavourite);
    take("source", &Some::source);
    take("language", &Some::language);
    return recipe;
}

} // namespace

Recipe withField(const Recipe &recipe, const QString &field, const Recipe &from)
{
    return taking(recipe, field, from, &Recipe::steps);
}

EditedRecipe withField(const EditedRecipe &recipe, const QString &field, const EditedRecipe &from)
{
    return taking(recipe, field, from, &EditedRecipe::lines);
}

} // namespace simmer::recipes
