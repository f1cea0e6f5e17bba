// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/RecipeReader.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes;
using namespace simmer::recipes::formats;

namespace {

QString pathOf(const QString &name)
{
    return QStringLiteral(SIMMER_FIXTURES "/formats/") + name;
}

/// The one recipe of a fixture.
Recipe recipeIn(const QString &name)
{
    const auto recipes = readFile(pathOf(name));
    if (!recipes || recipes->size() != 1)
        qFatal("%s: %s", qPrintable(name),
               recipes ? "not one recipe" : qPrintable(describe(recipes.error())));
    return recipes->first();
}

/// "[section] text" a step.
QStringList steps(const Recipe &recipe)
{
    QStringList lines;
    for (const Step &step : recipe.steps)
        lines += step.section.isEmpty() ? step.text : u'[' + step.section + u"] "_s + step.text;
    return lines;
}

/// "step: text = seconds" a slot.
QStringList times(const Recipe &recipe)
{
    QStringList lines;
    for (qsizetype i = 0; i < recipe.steps.size(); ++i) {
        const Step &step = recipe.steps.at(i);
        for (const Slot &slot : step.slots)
            lines += u"%1: %2 = %3-%4"_s.arg(i + 1)
                         .arg(step.text.mid(slot.start, slot.end - slot.start))
                         .arg(slot.shortestSeconds)
                         .arg(slot.longestSeconds);
    }
    return lines;
}

} // namespace

class TestRecipeReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsJsonLdPages();
    void readsBrokenPages();
    void readsMicrodataPages();
    void readsPagesWithoutData();
    void readsBareJsonLd();
    void readsCooklang();
    void readsOldCooklang();
    void tellsFormatsByTheirLook_data();
    void tellsFormatsByTheirLook();
    void givesTheSameIdsAgain();
    void keepsSlotsInTheirText();
};

void TestRecipeReader::readsJsonLdPages()
{
    const Recipe dal = recipeIn(u"lentil-dal.html"_s);
    QCOMPARE(dal.title, u"Lentil dal"_s);
    QCOMPARE(dal.summary, u"Soft lentils & a hot tadka."_s);
    QCOMPARE(dal.language, u"en"_s);
    QCOMPARE(dal.source, u"https://quietpan.example/lentil-dal"_s);
    QCOMPARE(dal.yields, u"4 bowls"_s);
    QCOMPARE(dal.prepMinutes, std::optional(10));
    QCOMPARE(dal.cookMinutes, std::optional(45));
    QCOMPARE(dal.totalMinutes, std::optional(55));
    QCOMPARE(dal.tags, (QStringList{u"Dinner"_s, u"lentils"_s, u"vegan"_s}));
    QCOMPARE(dal.ingredients.size(), 4);
    QCOMPARE(dal.ingredients.last(), u"½ lemon"_s);
    QCOMPARE(steps(dal),
             (QStringList{u"[Dal] Rinse the lentils until the water runs clear."_s,
                          u"[Dal] Simmer them with 1 litre of water for 35 to 40 minutes."_s,
                          u"[Tadka] Fry the onion for 5 minutes, then the cumin for 30 seconds. "
                          "Stir in with the lemon."_s}));
    QCOMPARE(times(dal), (QStringList{u"2: 35 to 40 minutes = 2100-2400"_s,
                                      u"3: 5 minutes = 300-300"_s, u"3: 30 seconds = 30-30"_s}));
    QVERIFY(!dal.id.isNull());
}

void TestRecipeReader::readsBrokenPages()
{
    const Recipe crumble = recipeIn(u"apple-crumble.html"_s);
    QCOMPARE(crumble.title, u"Grandma's \"famous\" apple crumble"_s);
    QCOMPARE(crumble.ingredients,
             (QStringList{u"6 apples"_s, u"150 g flour"_s, u"100 g butter"_s}));
    QCOMPARE(steps(crumble), (QStringList{u"Peel & slice the apples."_s, u"Rub flour and butter."_s,
                                          u"Bake for 1 hour."_s}));
    QCOMPARE(crumble.yields, u"6 servings"_s);
    QCOMPARE(crumble.cookMinutes, std::optional(60));
    QVERIFY(crumble.source.isEmpty());
}

void TestRecipeReader::readsMicrodataPages()
{
    const Recipe tart = recipeIn(u"tarte-aux-poireaux.html"_s);
    QCOMPARE(tart.title, u"Tarte aux poireaux et à la crème"_s);
    QCOMPARE(tart.language, u"fr"_s);
    QCOMPARE(tart.source, u"https://cuisine.example/tarte-aux-poireaux"_s);
    QCOMPARE(tart.yields, u"6 personnes"_s);
    QCOMPARE(tart.ingredients,
             (QStringList{u"1 pâte brisée"_s, u"4 poireaux"_s, u"20 cl de crème fraîche"_s}));
    QCOMPARE(tart.steps.size(), 2);
    QCOMPARE(tart.totalMinutes, std::optional(55));
    QCOMPARE(times(tart),
             (QStringList{u"1: 15 minutes = 900-900"_s, u"2: 35 minutes = 2100-2100"_s}));
}

void TestRecipeReader::readsPagesWithoutData()
{
    const Recipe soup = recipeIn(u"linsensuppe.html"_s);
    QCOMPARE(soup.title, u"Linsensuppe"_s);
    QCOMPARE(soup.language, u"de"_s);
    QCOMPARE(soup.ingredients, (QStringList{u"300 g Linsen"_s, u"2 Karotten"_s, u"1 Zwiebel"_s}));
    QCOMPARE(soup.steps.size(), 2);
    QCOMPARE(times(soup), QStringList{u"2: 45 Minuten = 2700-2700"_s});
}

void TestRecipeReader::readsBareJsonLd()
{
    const Recipe focaccia = recipeIn(u"focaccia.json"_s);
    QCOMPARE(focaccia.title, u"Focaccia"_s);
    QCOMPARE(focaccia.source, u"https://bread.example/focaccia"_s);
    QCOMPARE(focaccia.ingredients.size(), 4);
    QCOMPARE(steps(focaccia), (QStringList{u"[Dough] Mix everything and rest it for 2 hours."_s,
                                           u"[Oven] Bake for 20-25 minutes."_s}));
    QCOMPARE(focaccia.totalMinutes, std::optional(165));
    QCOMPARE(focaccia.yields, u"1 serving"_s);
    QCOMPARE(times(focaccia),
             (QStringList{u"1: 2 hours = 7200-7200"_s, u"2: 20-25 minutes = 1200-1500"_s}));
}

void TestRecipeReader::readsCooklang()
{
    const Recipe soup = recipeIn(u"pea-soup.cook"_s);
    QCOMPARE(soup.title, u"Pea soup"_s);
    QCOMPARE(soup.yields, u"4 servings"_s);
    QCOMPARE(soup.totalMinutes, std::optional(30));
    QCOMPARE(soup.ingredients,
             (QStringList{u"1 onion (finely chopped)"_s, u"25 g butter"_s, u"500 g frozen peas"_s,
                          u"3/4 litre stock"_s, u"salt"_s, u"pepper"_s, u"a few leaves mint"_s}));
    QCOMPARE(steps(soup),
             (QStringList{u"[Soup] Sweat onion in butter in a large pan for 5 minutes."_s,
                          u"[Soup] Add frozen peas and stock; simmer for 10-12 minutes. "
                          "Rest 5 minutes."_s,
                          u"[To serve] Blend\nand season with salt, pepper and mint. "
                          "Let it cool."_s}));
    QCOMPARE(times(soup), (QStringList{u"1: 5 minutes = 300-300"_s, u"2: 10-12 minutes = 600-720"_s,
                                       u"2: 5 minutes = 300-300"_s}));
    QCOMPARE(soup.steps.first().slots.first().name, u"onion"_s);
    QVERIFY(soup.summary.endsWith(u"spring."));
}

void TestRecipeReader::readsOldCooklang()
{
    const Recipe tea = recipeIn(u"tee.cook"_s);
    QCOMPARE(tea.title, u"tee"_s);
    QCOMPARE(tea.language, u"de"_s);
    QCOMPARE(tea.yields, u"1 serving"_s);
    QCOMPARE(times(tea), QStringList{u"1: 3 Minuten = 180-180"_s});
}

void TestRecipeReader::tellsFormatsByTheirLook_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("fixture");
    QTest::newRow("page without suffix") << u"saved page"_s << u"lentil-dal.html"_s;
    QTest::newRow("page as text") << u"page.txt"_s << u"lentil-dal.html"_s;
    QTest::newRow("json without suffix") << u"focaccia"_s << u"focaccia.json"_s;
    QTest::newRow("cook in capitals") << u"SOUP.COOK"_s << u"pea-soup.cook"_s;
    QTest::newRow("cook as text") << u"soup.txt"_s << u"pea-soup.cook"_s;
    QTest::newRow("nameless page") << QString() << u"lentil-dal.html"_s;
}

void TestRecipeReader::tellsFormatsByTheirLook()
{
    QFETCH(QString, name);
    QFETCH(QString, fixture);
    QFile file(pathOf(fixture));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto recipes = readBytes(name, file.readAll());
    QVERIFY2(recipes, recipes ? "" : qPrintable(describe(recipes.error())));
    QCOMPARE(recipes->first(), recipeIn(fixture));
}

void TestRecipeReader::givesTheSameIdsAgain()
{
    QCOMPARE(recipeIn(u"lentil-dal.html"_s).id, recipeIn(u"lentil-dal.html"_s).id);
    QVERIFY(recipeIn(u"lentil-dal.html"_s).id != recipeIn(u"focaccia.json"_s).id);
}

void TestRecipeReader::keepsSlotsInTheirText()
{
    for (const char *name : {"lentil-dal.html", "tarte-aux-poireaux.html", "pea-soup.cook"}) {
        const Recipe recipe = recipeIn(QLatin1String(name));
        for (const Step &step : recipe.steps) {
            int last = 0;
            for (const Slot &slot : step.slots) {
                QVERIFY(slot.start >= last);
                QVERIFY(slot.end > slot.start);
                QVERIFY(slot.end <= step.text.size());
                QVERIFY(slot.shortestSeconds > 0 && slot.shortestSeconds <= slot.longestSeconds);
                last = slot.end;
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestRecipeReader)
#include "tst_recipe_reader.moc"
