// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/JsonLd.h"

#include <algorithm>
#include <vector>

namespace simmer::recipes::formats {

namespace {

/// "http://schema.org/Recipe" and "schema:Recipe" are "Recipe".
QString shortName(const QString &type)
{
    const auto isBorder = [](QChar c) { return c == u'/' || c == u'#' || c == u':'; };
    const auto border = std::find_if(type.crbegin(), type.crend(), isBorder);
    return type.last(border - type.crbegin());
}

void pushReversed(std::vector<QJsonValue> &stack, const QJsonArray &array)
{
    for (qsizetype i = array.size(); i-- > 0;)
        stack.push_back(array.at(i));
}

void pushReversed(std::vector<QJsonValue> &stack, const QJsonObject &object)
{
    const QStringList keys = object.keys();
    for (qsizetype i = keys.size(); i-- > 0;)
        stack.push_back(object.value(keys[i]));
}

} // namespace

bool isOfType(const QJsonObject &node, QLatin1String type)
{
    const QJsonValue value = node.value(QLatin1String("@type"));
    const QJsonArray types = value.isArray() ? value.toArray() : QJsonArray{value};
    return std::any_of(types.begin(), types.end(), [&](const QJsonValue &t) {
        return shortName(t.toString().trimmed()).compare(type, Qt::CaseInsensitive) == 0;
    });
}

QJsonValue property(const QJsonObject &node, QLatin1String name)
{
    for (const QLatin1String prefix :
         {QLatin1String(), QLatin1String("schema:"), QLatin1String("http://schema.org/"),
          QLatin1String("https://schema.org/")}) {
        const QJsonValue value = node.value(prefix + name);
        if (!value.isUndefined())
            return value;
    }
    return QJsonValue::Undefined;
}

QList<QJsonObject> recipeNodes(const QJsonValue &document)
{
    QList<QJsonObject> recipes;
    std::vector<QJsonValue> open{document};
    while (!open.empty()) {
        const QJsonValue value = std::move(open.back());
        open.pop_back();
        if (value.isArray())
            pushReversed(open, value.toArray());
        else if (value.isObject() && isOfType(value.toObject(), QLatin1String("Recipe")))
            recipes.append(value.toObject());
        else if (value.isObject())
            pushReversed(open, value.toObject());
    }
    return recipes;
}

} // namespace simmer::recipes::formats
