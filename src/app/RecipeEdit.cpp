// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RecipeEdit.h"

#include "recipes/RecipeCodec.h"
#include "recipes/times/TimeFinder.h"

#include <QJsonArray>

namespace simmer::app {

namespace {

using K = QLatin1String;

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (QString &line : lines)
        line = line.trimmed();
    lines.removeAll(QString());
    return lines;
}

} // namespace

Expected<recipes::Recipe> edited(const recipes::Recipe &recipe, const QString &field,
                                 const QJsonValue &value)
{
    recipes::Recipe changed = recipe;
    if (field == K("ingredients")) {
        changed.ingredients = linesOf(value.toString());
        return changed;
    }
    if (field == K("tags")) {
        changed.tags = linesOf(value.toString());
        return changed;
    }
    if (field == K("favourite")) {
        changed.isFavourite = value.toString() == K("yes");
        return changed;
    }
    if (field == K("steps")) {
        changed.steps.clear();
        const QStringList lines = linesOf(value.toString());
        for (const QString &line : lines)
            changed.steps += recipes::Step{line, recipes::findTimes(line, recipe.language), {}};
        return changed;
    }
    if (field != K("title") && !recipes::isField(field, QJsonValue()))
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("a recipe has no field “%1”; write title, summary, yields, "
                                    "source, language, prep, cook, total, ingredients, tags, "
                                    "steps, notes or favourite")
                         .arg(field),
                     {}};
    QJsonObject json = recipes::toJson(recipe);
    json.insert(field, value);
    if (value == QJsonValue(QString()))
        json.remove(field);
    const auto read = recipes::recipeFromJson(recipe.id, json);
    if (!read)
        return Error{ErrorCode::BadArgument, QStringLiteral("“%1” cannot be that").arg(field), {}};
    return *read;
}

} // namespace simmer::app
