// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Microdata.h"

#include "recipes/formats/HtmlText.h"
#include "recipes/formats/JsonLd.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <vector>

namespace simmer::recipes::formats {

namespace {

constexpr int MaxNesting = 8; ///< items in items; real pages have three

const QLatin1String Scope("itemscope");
const QLatin1String Type("itemtype");
const QLatin1String Prop("itemprop");

/// What is read of a recipe; all other properties of an item are left alone.
bool isOfUse(const QString &name)
{
    static const QSet<QString> names = [] {
        QSet<QString> known;
        for (const char *word : {"name",
                                 "headline",
                                 "description",
                                 "inLanguage",
                                 "url",
                                 "mainEntityOfPage",
                                 "recipeIngredient",
                                 "ingredients",
                                 "ingredient",
                                 "amount",
                                 "recipeInstructions",
                                 "instructions",
                                 "itemListElement",
                                 "text",
                                 "step",
                                 "prepTime",
                                 "cookTime",
                                 "totalTime",
                                 "recipeYield",
                                 "yield",
                                 "keywords",
                                 "recipeCategory",
                                 "recipeCuisine",
                                 "maxValue",
                                 "value"})
            known.insert(QLatin1String(word));
        return known;
    }();
    return names.contains(name);
}

/// The values of an item by name, each name's in the order of the page.
class Item
{
public:
    void add(const QString &name, const QJsonValue &value)
    {
        QJsonArray &values = m_values[name];
        if (!value.isArray())
            return values.append(value);
        const QJsonArray lines = value.toArray();
        for (const QJsonValue line : lines)
            values.append(line);
    }

    QJsonObject toJson(const QString &type) const
    {
        QJsonObject json{{QStringLiteral("@type"), type}};
        for (auto it = m_values.cbegin(); it != m_values.cend(); ++it)
            json.insert(it.key(), it->size() == 1 ? it->first() : QJsonValue(*it));
        return json;
    }

private:
    QHash<QString, QJsonArray> m_values;
};

/// Where an element keeps its value other than in its text (HTML Standard, section 5.2.4), in the
/// order of preference; `content` is no rule there, but common.
QString attributeValue(const HtmlNode &node)
{
    for (const char *name : {"content", "datetime", "href", "src"}) {
        const QLatin1String attribute(name);
        const bool address =
            attribute == QLatin1String("href") || attribute == QLatin1String("src");
        const bool linked = node.is("a") || node.is("link") || node.is("area") || node.is("img");
        if (node.has(attribute) && (!address || linked))
            return node.attribute(attribute);
    }
    return {};
}

/// A link's text is what a reader sees; its address counts only where an address is asked for.
bool wantsAddress(const QString &name)
{
    return name == QLatin1String("url") || name == QLatin1String("image") ||
           name == QLatin1String("mainEntityOfPage");
}

bool hasListItems(const HtmlPage &page, int index)
{
    return std::any_of(page.cbegin() + index + 1, page.cbegin() + page[index].end,
                       [](const HtmlNode &node) { return node.is("li"); });
}

QJsonValue valueOf(const HtmlPage &page, int index, const QString &name)
{
    const HtmlNode &node = page[index];
    const QString attribute = attributeValue(node);
    if (!attribute.isEmpty() && (!node.is("a") || wantsAddress(name)))
        return attribute;
    const QStringList lines = linesOf(page, index);
    if (hasListItems(page, index))
        return QJsonArray::fromStringList(lines);
    return lines.join(u'\n');
}

QString typeOf(const HtmlNode &node)
{
    return node.attribute(Type).section(u' ', 0, 0);
}

QStringList namesOf(const HtmlNode &node)
{
    QStringList names = node.attribute(Prop).split(u' ', Qt::SkipEmptyParts);
    names.removeIf([](const QString &name) { return !isOfUse(name); });
    names.removeDuplicates();
    return names;
}

QJsonObject itemAt(const HtmlPage &page, int index, int depth)
{
    Item item;
    std::vector<int> propertyEnds;
    for (int i = index + 1; i < page[index].end; ++i) {
        const HtmlNode &node = page[i];
        const bool isItem = node.has(Scope);
        while (!propertyEnds.empty() && propertyEnds.back() <= i)
            propertyEnds.pop_back();
        const bool tooDeep = depth + static_cast<int>(propertyEnds.size()) >= MaxNesting;
        const QStringList names = tooDeep ? QStringList() : namesOf(node);
        for (const QString &name : names)
            item.add(name, isItem ? itemAt(page, i, depth + 1) : valueOf(page, i, name));
        if (!names.isEmpty())
            propertyEnds.push_back(node.end);
        if (isItem)
            i = node.end - 1;
    }
    return item.toJson(typeOf(page[index]));
}

bool isRecipe(const HtmlNode &node)
{
    return node.has(Scope) &&
           isOfType({{QStringLiteral("@type"), typeOf(node)}}, QLatin1String("Recipe"));
}

} // namespace

QList<QJsonObject> microdataRecipes(const HtmlPage &page)
{
    QList<QJsonObject> recipes;
    for (int i = 0; i < page.size(); ++i) {
        if (!isRecipe(page[i]))
            continue;
        recipes.append(itemAt(page, i, 0));
        i = page[i].end - 1;
    }
    return recipes;
}

} // namespace simmer::recipes::formats
