// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/WebPage.h"

#include "recipes/formats/Fields.h"
#include "recipes/formats/HtmlPage.h"
#include "recipes/formats/HtmlText.h"
#include "recipes/formats/JsonLd.h"
#include "recipes/formats/JsonRepair.h"
#include "recipes/formats/Microdata.h"
#include "recipes/formats/PageOutline.h"
#include "recipes/formats/SchemaOrg.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace simmer::recipes::formats {

namespace {

Error noRecipe(const char *where)
{
    return {
        ErrorCode::NoRecipe, QLatin1String("there is no recipe in ") + QLatin1String(where), {}};
}

/// What a page says about itself outside its recipes.
struct PageFacts {
    QString title;
    QString address;
    QString language;
};

void takeMeta(const HtmlNode &node, PageFacts &facts)
{
    const QString name = node.attribute(QLatin1String("property"));
    const QString content = node.attribute(QLatin1String("content"));
    if (name == QLatin1String("og:title") && facts.title.isEmpty())
        facts.title = plainText(content);
    if (name == QLatin1String("og:url") && facts.address.isEmpty() && isWebAddress(content))
        facts.address = content;
}

PageFacts factsOf(const HtmlPage &page)
{
    PageFacts facts;
    QString canonical;
    QStringList headings;
    for (int i = 0; i < page.size(); ++i) {
        const HtmlNode &node = page[i];
        if (node.is("h1"))
            headings += textOf(page, i);
        else if (node.is("html"))
            facts.language = node.attribute(QLatin1String("lang"));
        else if (node.is("meta"))
            takeMeta(node, facts);
        else if (node.is("link") &&
                 node.attribute(QLatin1String("rel")) == QLatin1String("canonical"))
            canonical = node.attribute(QLatin1String("href"));
    }
    if (isWebAddress(canonical))
        facts.address = canonical;
    headings.removeAll(QString());
    if (headings.size() == 1) // og:title mostly has the site's name and praise added
        facts.title = headings.first();
    return facts;
}

/// The JSON-LD nodes of a page, and the first script with a recipe that could not be read.
struct Scripts {
    QList<QJsonObject> recipes;
    std::optional<Error> broken;
};

QString scriptText(const HtmlPage &page, int index)
{
    QString text;
    for (int i = index + 1; i < page[index].end; ++i)
        text += page[i].text;
    return text.trimmed();
}

Scripts scriptsOf(const HtmlPage &page)
{
    Scripts scripts;
    for (int i = 0; i < page.size(); ++i) {
        const bool isJsonLd =
            page[i].is("script") && page[i]
                                        .attribute(QLatin1String("type"))
                                        .contains(QLatin1String("ld+json"), Qt::CaseInsensitive);
        const QString text = isJsonLd ? scriptText(page, i) : QString();
        if (text.isEmpty())
            continue;
        const auto value = parseJson(text);
        if (value)
            scripts.recipes += recipeNodes(*value);
        else if (!scripts.broken && text.contains(QLatin1String("Recipe")))
            scripts.broken = value.error();
    }
    return scripts;
}

bool isWhole(const Recipe &recipe)
{
    return !recipe.ingredients.isEmpty() || !recipe.steps.isEmpty();
}

/// Whether a recipe is worth keeping: with something to cook by, or at least with times or a yield,
/// as sites have it that show the rest to readers only; its source leads there.
bool isOfUse(const Recipe &recipe)
{
    return isWhole(recipe) || recipe.prepMinutes || recipe.cookMinutes || recipe.totalMinutes ||
           !recipe.yields.isEmpty();
}

bool isAnswer(const QList<Recipe> &recipes)
{
    return !recipes.isEmpty() &&
           (recipes.size() == 1 ? isOfUse(recipes.first()) : isWhole(recipes.first()));
}

/// What two nodes of one recipe have in common, whatever else they tell.
QString wording(const Recipe &recipe)
{
    QString words = recipe.title + u'\n' + recipe.ingredients.join(u'\n');
    for (const Step &step : recipe.steps)
        words += u'\n' + step.text;
    return words;
}

/// The recipes of the nodes, each once; of nodes that only name a recipe (links, teasers) none
/// where others tell more.
QList<Recipe> mapped(const QList<QJsonObject> &nodes, const PageFacts &facts)
{
    QList<Recipe> recipes;
    QSet<QString> seen;
    for (const QJsonObject &node : nodes) {
        Recipe recipe = recipeFromSchema(node, facts.language);
        if (recipe.title.isEmpty())
            recipe.title = facts.title;
        if (recipe.source.isEmpty())
            recipe.source = facts.address;
        if (recipe.title.isEmpty() || seen.contains(wording(recipe)))
            continue;
        seen.insert(wording(recipe));
        recipes.append(std::move(recipe));
    }
    if (std::any_of(recipes.cbegin(), recipes.cend(), isWhole))
        recipes.removeIf([](const Recipe &recipe) { return !isWhole(recipe); });
    return recipes;
}

/// Two recipes of one page must not share an address, since that makes their ids.
void tellApart(QList<Recipe> &recipes)
{
    QHash<QString, int> seen;
    for (Recipe &recipe : recipes) {
        const int count = ++seen[recipe.source];
        if (count > 1 && !recipe.source.isEmpty())
            recipe.source += QStringLiteral("#recipe-%1").arg(count);
    }
}

template<class T>
void fill(T &field, const T &other)
{
    if (field.isEmpty())
        field = other;
}

void fill(std::optional<int> &minutes, const std::optional<int> &other)
{
    if (!minutes)
        minutes = other;
}

void complete(Recipe &recipe, const Recipe &other)
{
    fill(recipe.summary, other.summary);
    fill(recipe.ingredients, other.ingredients);
    fill(recipe.steps, other.steps);
    fill(recipe.prepMinutes, other.prepMinutes);
    fill(recipe.cookMinutes, other.cookMinutes);
    fill(recipe.totalMinutes, other.totalMinutes);
    fill(recipe.yields, other.yields);
}

/// The page as a recipe without data: what its headings show.
Recipe shown(const PageFacts &facts, const PageOutline &outline)
{
    Recipe recipe;
    recipe.title = facts.title;
    recipe.source = facts.address;
    recipe.language = primaryTag(facts.language);
    recipe.ingredients = outline.ingredients;
    for (const QString &line : outline.steps)
        recipe.steps.append({line, {}, {}});
    return recipe;
}

/// Nodes of JSON-LD go before microdata; each completes the other where both tell of one recipe.
QList<Recipe> described(const QList<Recipe> &linked, const QList<Recipe> &marked)
{
    const auto whole = [](const QList<Recipe> &list) {
        return !list.isEmpty() && isWhole(list.first());
    };
    QList<Recipe> recipes = linked.isEmpty() || (whole(marked) && !whole(linked)) ? marked : linked;
    if (linked.size() == 1 && marked.size() == 1) {
        complete(recipes.first(), linked.first());
        complete(recipes.first(), marked.first());
    }
    return recipes;
}

} // namespace

Expected<QList<Recipe>> readWebPage(const QString &html)
{
    const auto page = parseHtml(html);
    if (!page)
        return page.error();
    const PageFacts facts = factsOf(*page);
    const Scripts scripts = scriptsOf(*page);
    QList<Recipe> recipes =
        described(mapped(scripts.recipes, facts), mapped(microdataRecipes(*page), facts));
    const PageOutline outline = recipes.size() < 2 ? outlineOf(*page) : PageOutline();
    if (recipes.size() == 1)
        complete(recipes.first(), shown(facts, outline));
    else if (recipes.isEmpty() && outline.isWhole() && !facts.title.isEmpty())
        recipes.append(shown(facts, outline));
    if (!isAnswer(recipes))
        return scripts.broken ? *scripts.broken : noRecipe("this page");
    tellApart(recipes);
    return recipes;
}

Expected<QList<Recipe>> readJsonLd(const QString &json)
{
    const auto value = parseJson(json);
    if (!value)
        return value.error();
    QList<Recipe> recipes = mapped(recipeNodes(*value), {});
    if (!isAnswer(recipes))
        return noRecipe("this JSON");
    tellApart(recipes);
    return recipes;
}

} // namespace simmer::recipes::formats
