// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/SchemaOrg.h"

#include "recipes/formats/Durations.h"
#include "recipes/formats/Fields.h"
#include "recipes/formats/HtmlText.h"
#include "recipes/formats/Instructions.h"
#include "recipes/formats/JsonLd.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace simmer::recipes::formats {

namespace {

constexpr int MaxNesting = 4; ///< lists in lists, objects that wrap a value

QString written(double number)
{
    return QString::number(number, 'g', 10);
}

QStringList textsOf(const QJsonValue &value, int depth = 0);

QStringList textsOf(const QJsonArray &list, int depth)
{
    QStringList texts;
    for (const QJsonValue item : list)
        texts += textsOf(item, depth);
    return texts;
}

QStringList textsOf(const QJsonObject &object, int depth)
{
    const QJsonValue amount = property(object, QLatin1String("amount"));
    if (!amount.isUndefined()) // an ingredient of old microdata: its amount apart from its name
        return {textsOf(amount, depth).join(u' ') + u' ' +
                textsOf(property(object, QLatin1String("name")), depth).join(u' ')};
    for (const char *key : {"@value", "text", "name", "value", "maxValue", "@id"}) {
        const QJsonValue value = property(object, QLatin1String(key));
        const QStringList texts = value.isUndefined() ? QStringList() : textsOf(value, depth);
        if (!texts.isEmpty())
            return texts;
    }
    return {};
}

/// The texts of a value: of a list each one's, of an object its value, name or text.
QStringList textsOf(const QJsonValue &value, int depth)
{
    if (value.isString())
        return {value.toString()};
    if (value.isDouble())
        return {written(value.toDouble())};
    if (value.isArray() && depth < MaxNesting)
        return textsOf(value.toArray(), depth + 1);
    if (value.isObject() && depth < MaxNesting)
        return textsOf(value.toObject(), depth + 1);
    return {};
}

QString firstText(const QJsonObject &node, std::initializer_list<QLatin1String> names)
{
    for (const QLatin1String name : names) {
        const QStringList texts = textsOf(property(node, name));
        for (const QString &text : texts) {
            if (const QString plain = plainText(text); !plain.isEmpty())
                return plain;
        }
    }
    return {};
}

QStringList ingredientsOf(const QJsonObject &node)
{
    QStringList texts;
    for (const char *name : {"recipeIngredient", "ingredients", "ingredient"}) {
        if (texts.isEmpty())
            texts = textsOf(property(node, QLatin1String(name)));
    }
    if (texts.size() == 1)
        return plainLines(texts.first());
    QStringList lines;
    for (const QString &text : texts)
        lines += plainText(text);
    lines.removeAll(QString());
    return lines;
}

QString firstNumber(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(R"(\d+(?:[.,]\d+)?)"));
    return pattern.match(text).captured();
}

/// The yield in words. Sites list the bare number before its wording ("12", "12 cookies").
QString yieldsOf(const QJsonObject &node)
{
    QStringList texts;
    for (const QLatin1String name : {QLatin1String("recipeYield"), QLatin1String("yield")}) {
        for (const QString &text : textsOf(property(node, name)))
            texts += plainText(text);
    }
    texts.removeAll(QString());
    if (texts.isEmpty())
        return {};
    const QString number = firstNumber(texts.first());
    const auto inWords = std::find_if(texts.cbegin(), texts.cend(), [&](const QString &text) {
        return hasLetters(text) && firstNumber(text) == number;
    });
    if (inWords != texts.cend())
        return yieldInWords(*inWords);
    return yieldInWords(texts.first());
}

std::optional<int> minutesOf(const QJsonObject &node, QLatin1String name, const QString &language)
{
    const QStringList texts = textsOf(property(node, name));
    return texts.isEmpty() ? std::nullopt : minutesIn(plainText(texts.first()), language);
}

QStringList tagsOf(const QJsonObject &node)
{
    QStringList tags;
    for (const QLatin1String name : {QLatin1String("recipeCategory"),
                                     QLatin1String("recipeCuisine"), QLatin1String("keywords")}) {
        for (const QString &text : textsOf(property(node, name))) {
            const QStringList parts = plainText(text).split(u',', Qt::SkipEmptyParts);
            for (const QString &part : parts)
                tags += part.simplified();
        }
    }
    tags.removeAll(QString());
    tags.removeDuplicates();
    return tags;
}

/// Where the node says that its page is; only addresses of the web count.
QString sourceOf(const QJsonObject &node)
{
    for (const QLatin1String name : {QLatin1String("url"), QLatin1String("mainEntityOfPage")}) {
        const QString text = firstText(node, {name});
        if (isWebAddress(text))
            return text;
    }
    return {};
}

} // namespace

Recipe recipeFromSchema(const QJsonObject &node, const QString &language)
{
    Recipe recipe;
    recipe.language = primaryTag(firstText(node, {QLatin1String("inLanguage")}));
    if (recipe.language.isEmpty())
        recipe.language = primaryTag(language);
    recipe.title = firstText(node, {QLatin1String("name"), QLatin1String("headline")});
    recipe.summary = firstText(node, {QLatin1String("description")});
    recipe.ingredients = ingredientsOf(node);
    for (const char *name : {"recipeInstructions", "instructions", "step"}) {
        if (recipe.steps.isEmpty())
            recipe.steps = stepsOf(property(node, QLatin1String(name)));
    }
    recipe.prepMinutes = minutesOf(node, QLatin1String("prepTime"), recipe.language);
    recipe.cookMinutes = minutesOf(node, QLatin1String("cookTime"), recipe.language);
    recipe.totalMinutes = minutesOf(node, QLatin1String("totalTime"), recipe.language);
    if (!recipe.totalMinutes)
        recipe.totalMinutes = totalOf(recipe.prepMinutes, recipe.cookMinutes);
    recipe.yields = yieldsOf(node);
    recipe.source = sourceOf(node);
    recipe.tags = tagsOf(node);
    return recipe;
}

} // namespace simmer::recipes::formats
