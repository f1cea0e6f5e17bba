// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/Cookbook.h"

#include "base/Clock.h"
#include "fakes/OpMaker.h"
#include "recipes/RecipeCodec.h"
#include "recipes/times/TimeFinder.h"
#include "storage/device/DeviceStore.h"
#include "timers/OpCodec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <cmath>

namespace simmer::bench {

namespace {

constexpr int Edition = 1; // one more when other recipes are made
constexpr qsizetype PageEntries = 2000;
constexpr int Words = 8000;
constexpr qint64 HourMs = 3'600'000;

const QStringList Syllables =
    QStringLiteral("ba be bo bra bul ca ce chi cho co cra da del do dra e fa fen fi fla ga gin go "
                   "gra ha hum ja "
                   "ka ki kra la lem li lo ma mar me min mo mus na no o on pa pe pi po pra pu ra "
                   "ri ro sa se shi "
                   "so spi sta su ta te thy to tra tu va ve vi wa ye za zu")
        .split(u' ');
const QStringList Dishes =
    QStringLiteral("soup stew pie cake bread salad curry roast gratin risotto tart pasta")
        .split(u' ');
const QStringList Tags =
    QStringLiteral("weeknight vegetarian oven baking freezer Sunday quick vegan "
                   "children guests winter summer onepot")
        .split(u' ');
const QStringList Units = QStringLiteral("g,ml,tbsp,tsp,cups").split(u',');

/// Word number n, of two to four syllables.
QString word(int number)
{
    QRandomGenerator dice(quint32(number) * 2654435761u + 17);
    QString text;
    for (int i = 0, n = 2 + int(dice.bounded(3)); i < n; ++i)
        text += Syllables[dice.bounded(int(Syllables.size()))];
    return text;
}

/// As Zipf has it: the few common ones most of the time.
QString someWord(QRandomGenerator &dice)
{
    return word(int(std::pow(double(Words), dice.generateDouble())));
}

QString someWords(QRandomGenerator &dice, int count)
{
    QStringList list;
    for (int i = 0; i < count; ++i)
        list += someWord(dice);
    return list.join(u' ');
}

[[noreturn]] void fail(const QString &why)
{
    qFatal("%s", qUtf8Printable(why));
}

} // namespace

recipes::Recipe made(int number)
{
    QRandomGenerator dice(quint32(number) + 1);
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = someWords(dice, 2) + u' ' + Dishes[dice.bounded(int(Dishes.size()))];
    recipe.title[0] = recipe.title[0].toUpper();
    recipe.summary = someWords(dice, 15);
    for (int i = 0; i < 11; ++i)
        recipe.ingredients += QStringLiteral("%1 %2 %3")
                                  .arg(10 * (1 + dice.bounded(60)))
                                  .arg(Units[dice.bounded(int(Units.size()))],
                                       someWords(dice, 1 + int(dice.bounded(2))));
    for (int i = 0; i < 6; ++i) {
        recipes::Step step;
        step.text = QStringLiteral("%1 for %2 minutes, then %3.")
                        .arg(someWords(dice, 12))
                        .arg(5 + dice.bounded(50))
                        .arg(someWords(dice, 10));
        const qsizetype at = step.text.indexOf(QLatin1String(" for ")) + 5;
        const qsizetype end = step.text.indexOf(u',', at);
        const int minutes = step.text.mid(at, end - at).section(u' ', 0, 0).toInt();
        step.slots += recipes::Slot{int(at), int(end), minutes * 60, minutes * 60, {}};
        recipe.steps += step;
    }
    recipe.totalMinutes = 10 + int(dice.bounded(200));
    recipe.yields = QStringLiteral("4 servings");
    recipe.isFavourite = dice.bounded(10) == 0;
    for (int i = 0, n = int(dice.bounded(4)); i < n; ++i)
        recipe.tags += Tags[dice.bounded(int(Tags.size()))];
    recipe.tags.removeDuplicates();
    return recipe;
}

void fillSimmer(const QString &profile, int recipes)
{
    auto store = storage::DeviceStore::open(profile);
    if (!store)
        fail(describe(store.error()));
    const SystemClock clock;
    fakes::OpMaker ana;
    QList<timers::LogEntry> page;
    QByteArray chain;
    for (int i = 0; i < recipes; ++i) {
        const recipes::Recipe recipe = made(i);
        const auto op = ana.make(recipe.id.uuid(), timers::WriteRecipe{recipes::toJson(recipe)},
                                 clock.wallMs() - (recipes - i) * HourMs);
        chain = timers::nextLink(chain, timers::canonical(op.op), op.kt);
        page += {(*store)->cursor().seq + page.size() + 1, op.kt, chain, op.op};
        if (page.size() < PageEntries && i + 1 < recipes)
            continue;
        if (const auto merged = (*store)->merge(std::exchange(page, {})); !merged)
            fail(describe(merged.error()));
    }
}

QString keptSimmer(int recipes)
{
    const QString shelf =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../bench-cookbooks");
    const QString kept = QStringLiteral("%1/edition-%2-of-%3").arg(shelf).arg(Edition).arg(recipes);
    if (QDir(kept).exists())
        return kept;
    const QString half = kept + QStringLiteral(".half"); // of a run that was ended
    QDir(half).removeRecursively();
    fillSimmer(half, recipes);
    if (!QDir().rename(half, kept))
        fail(QStringLiteral("cannot rename %1").arg(half));
    return kept;
}

void fillKookbook(const QString &folder, int recipes)
{
    QDir().mkpath(folder);
    for (int i = 0; i < recipes; ++i) {
        const recipes::Recipe recipe = made(i);
        QFile file(QStringLiteral("%1/%2.recipe.md").arg(folder).arg(i));
        if (!file.open(QIODevice::WriteOnly))
            fail(file.errorString());
        QString text = QStringLiteral("# %1\n\n**Yield:** 4 people\n\n**Tags:** %2\n\n"
                                      "### Ingredients\n")
                           .arg(recipe.title, recipe.tags.join(QLatin1String(", ")));
        for (const QString &line : recipe.ingredients)
            text += QStringLiteral(" - ") + line + u'\n';
        text += QStringLiteral("\n### Directions\n");
        for (const recipes::Step &step : recipe.steps)
            text += QStringLiteral(" 1. ") + step.text + u'\n';
        file.write(text.toUtf8());
    }
}

void fillGourmand(const QString &database, int recipes)
{
    QSqlDatabase file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database);
    file.setDatabaseName(database);
    if (!file.open() || !file.transaction())
        fail(file.lastError().text());
    QSqlQuery recipe(file);
    QSqlQuery ingredient(file);
    QSqlQuery category(file);
    recipe.prepare(QStringLiteral(
        "INSERT INTO recipe (id, title, instructions, description, preptime, cooktime, servings,"
        " yields, yield_unit, deleted, last_modified) VALUES (?, ?, ?, ?, 0, ?, 4, 4, 'servings',"
        " 0, 0)"));
    ingredient.prepare(QStringLiteral(
        "INSERT INTO ingredients (recipe_id, unit, amount, item, ingkey, optional, position,"
        " deleted) VALUES (?, 'g', 10, ?, ?, 0, ?, 0)"));
    category.prepare(QStringLiteral("INSERT INTO categories (recipe_id, category) VALUES (?, ?)"));
    const auto run = [](QSqlQuery &query, const QVariantList &values) {
        for (int i = 0; i < values.size(); ++i)
            query.bindValue(i, values[i]);
        if (!query.exec())
            fail(query.lastError().text());
    };
    constexpr int FirstId = 1000; // after those that it brings
    for (int i = 0; i < recipes; ++i) {
        const recipes::Recipe each = made(i);
        QString steps;
        for (const recipes::Step &step : each.steps)
            steps += step.text + u'\n';
        run(recipe, {FirstId + i, each.title, steps, each.summary, *each.totalMinutes * 60});
        for (int line = 0; line < each.ingredients.size(); ++line)
            run(ingredient, {FirstId + i, each.ingredients[line], each.ingredients[line], line});
        for (const QString &tag : each.tags)
            run(category, {FirstId + i, tag});
    }
    if (!file.commit())
        fail(file.lastError().text());
}

} // namespace simmer::bench
