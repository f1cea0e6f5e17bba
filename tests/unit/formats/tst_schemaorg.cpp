// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Instructions.h"
#include "recipes/formats/SchemaOrg.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer::recipes;
using namespace simmer::recipes::formats;

namespace {

QJsonObject object(const char *json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("the test's own JSON is broken: %s", json);
    return document.object();
}

/// The recipe of a node with these further members.
Recipe recipe(const char *members)
{
    const QByteArray json = QByteArray(R"({"@type":"Recipe")") + members + '}';
    return recipeFromSchema(object(json.constData()), u"en"_s);
}

/// "[section] text" a step.
QStringList steps(const char *instructions)
{
    QStringList lines;
    const QByteArray json = QByteArray(R"({"v":)") + instructions + '}';
    const QList<Step> found = stepsOf(object(json.constData()).value("v"_L1));
    for (const Step &step : found)
        lines += step.section.isEmpty() ? step.text : u'[' + step.section + u"] "_s + step.text;
    return lines;
}

} // namespace

class TestSchemaOrg : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsAWholeRecipe();
    void readsTexts_data();
    void readsTexts();
    void readsIngredients_data();
    void readsIngredients();
    void readsTimes();
    void readsTimesOfObjects();
    void sumsTheTotal();
    void readsYields_data();
    void readsYields();
    void prefersItsOwnLanguage();
    void takesOnlyWebAddresses_data();
    void takesOnlyWebAddresses();
    void gathersTags();
    void readsInstructions_data();
    void readsInstructions();
    void boundsNesting();
    void survivesWrongTypes();
};

void TestSchemaOrg::mapsAWholeRecipe()
{
    const Recipe mapped = recipe(R"(,"name":"Leek &amp; potato soup","description":"Thick.",
        "url":"https://example.org/leek","inLanguage":"en-GB","recipeYield":["4","4 bowls"],
        "prepTime":"PT10M","cookTime":"PT25M","totalTime":"PT35M",
        "recipeIngredient":["2 leeks","3 potatoes"],
        "recipeInstructions":[{"@type":"HowToStep","text":"Slice."},
                              {"@type":"HowToStep","text":"Simmer for 25 minutes."}],
        "keywords":"soup, winter","recipeCuisine":"British")");
    QCOMPARE(mapped.title, u"Leek & potato soup"_s);
    QCOMPARE(mapped.summary, u"Thick."_s);
    QCOMPARE(mapped.source, u"https://example.org/leek"_s);
    QCOMPARE(mapped.language, u"en"_s);
    QCOMPARE(mapped.yields, u"4 bowls"_s);
    QCOMPARE(mapped.ingredients, (QStringList{u"2 leeks"_s, u"3 potatoes"_s}));
    QCOMPARE(mapped.steps.size(), 2);
    QCOMPARE(mapped.steps.at(1).text, u"Simmer for 25 minutes."_s);
    QCOMPARE(mapped.prepMinutes, std::optional(10));
    QCOMPARE(mapped.cookMinutes, std::optional(25));
    QCOMPARE(mapped.totalMinutes, std::optional(35));
    QCOMPARE(mapped.tags, (QStringList{u"British"_s, u"soup"_s, u"winter"_s}));
}

void TestSchemaOrg::readsTexts_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("title");
    QTest::newRow("entity") << QByteArray(R"("Cr&egrave;me br&ucirc;l&eacute;e")")
                            << u"Crème brûlée"_s;
    QTest::newRow("entity twice") << QByteArray(R"("Saut&amp;#233;ed leeks")")
                                  << u"Sautéed leeks"_s;
    QTest::newRow("entity of a tag")
        << QByteArray(R"("A &lt;b&gt;bold&lt;/b&gt; soup")") << u"A bold soup"_s;
    QTest::newRow("tags") << QByteArray(R"("<em>Nice</em> soup")") << u"Nice soup"_s;
    QTest::newRow("less than stays")
        << QByteArray(R"("Ready in < 5 minutes")") << u"Ready in < 5 minutes"_s;
    QTest::newRow("ampersand stays") << QByteArray(R"("Mac & cheese")") << u"Mac & cheese"_s;
    QTest::newRow("white space") << QByteArray(R"("  Two\n words\u00a0here ")")
                                 << u"Two words here"_s;
    QTest::newRow("invisible marks") << QByteArray(R"("So\u200bup\ufeff")") << u"Soup"_s;
    QTest::newRow("list") << QByteArray(R"(["","Soup","Broth"])") << u"Soup"_s;
    QTest::newRow("value object") << QByteArray(R"({"@value":"Soup","@language":"en"})")
                                  << u"Soup"_s;
    QTest::newRow("number") << QByteArray("1985") << u"1985"_s;
    QTest::newRow("null") << QByteArray("null") << QString();
}

void TestSchemaOrg::readsTexts()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, title);
    QCOMPARE(recipe((R"(,"name":)" + name).constData()).title, title);
}

void TestSchemaOrg::readsIngredients_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QStringList>("lines");
    const QStringList two{u"1 egg"_s, u"½ cup milk"_s};
    QTest::newRow("list") << QByteArray(R"(,"recipeIngredient":["1 egg","&frac12; cup milk"])")
                          << two;
    QTest::newRow("old name") << QByteArray(R"(,"ingredients":["1 egg","½ cup milk"])") << two;
    QTest::newRow("empty new, full old")
        << QByteArray(R"(,"recipeIngredient":[],"ingredients":["1 egg","½ cup milk"])") << two;
    QTest::newRow("list in a list")
        << QByteArray(R"(,"recipeIngredient":[["1 egg"],["½ cup milk"]])") << two;
    QTest::newRow("one text of lines")
        << QByteArray(R"(,"recipeIngredient":"1 egg\n½ cup milk")") << two;
    QTest::newRow("one text with breaks")
        << QByteArray(R"(,"recipeIngredient":"1 egg<br>½ cup milk")") << two;
    QTest::newRow("one text with items")
        << QByteArray(R"(,"recipeIngredient":"<ul><li>1 egg</li>\n<li>½ cup\nmilk</li></ul>")")
        << two;
    QTest::newRow("newline inside one of several")
        << QByteArray(R"(,"recipeIngredient":["1\negg","½ cup milk"])") << two;
    QTest::newRow("empty ones") << QByteArray(
                                       R"(,"recipeIngredient":["1 egg",""," ","½ cup milk"])")
                                << two;
    QTest::newRow("objects")
        << QByteArray(R"(,"recipeIngredient":[{"name":"1 egg"},{"amount":"½ cup","name":"milk"}])")
        << two;
    QTest::newRow("full address as key")
        << QByteArray(R"(,"https://schema.org/recipeIngredient":["1 egg","½ cup milk"])") << two;
    QTest::newRow("none") << QByteArray(R"(,"recipeIngredient":null)") << QStringList();
}

void TestSchemaOrg::readsIngredients()
{
    QFETCH(QByteArray, members);
    QFETCH(QStringList, lines);
    QCOMPARE(recipe(members.constData()).ingredients, lines);
}

void TestSchemaOrg::readsTimes()
{
    QCOMPARE(recipe(R"(,"prepTime":"PT1H30M")").prepMinutes, std::optional(90));
    QCOMPARE(recipe(R"(,"cookTime":"30 minutes")").cookMinutes, std::optional(30));
    QCOMPARE(recipe(R"(,"cookTime":45)").cookMinutes, std::optional(45));
    QCOMPARE(recipe(R"(,"totalTime":["PT20M"])").totalMinutes, std::optional(20));
    QCOMPARE(recipe(R"(,"totalTime":"P0DT0H35M")").totalMinutes, std::optional(35));
    QVERIFY(!recipe(R"(,"prepTime":"PTundefinedM")").prepMinutes);
    QVERIFY(!recipe(R"(,"prepTime":"")").prepMinutes);
    QVERIFY(!recipe("").totalMinutes);
}

void TestSchemaOrg::readsTimesOfObjects()
{
    QCOMPARE(recipe(R"(,"cookTime":{"@type":"Duration","maxValue":"PT50M"})").cookMinutes,
             std::optional(50));
    QCOMPARE(recipe(R"(,"cookTime":{"@type":"Duration","name":"PT15M"})").cookMinutes,
             std::optional(15));
}

void TestSchemaOrg::sumsTheTotal()
{
    QCOMPARE(recipe(R"(,"prepTime":"PT10M","cookTime":"PT25M")").totalMinutes, std::optional(35));
    QCOMPARE(recipe(R"(,"cookTime":"PT25M")").totalMinutes, std::optional(25));
    QCOMPARE(recipe(R"(,"prepTime":"PT10M","totalTime":"PT60M")").totalMinutes, std::optional(60));
}

void TestSchemaOrg::readsYields_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("yields");
    QTest::newRow("number") << QByteArray("6") << u"6 servings"_s;
    QTest::newRow("number as text") << QByteArray(R"("6")") << u"6 servings"_s;
    QTest::newRow("words") << QByteArray(R"("6 servings")") << u"6 servings"_s;
    QTest::newRow("number, then words") << QByteArray(R"(["12","12 cookies"])") << u"12 cookies"_s;
    QTest::newRow("words of another number") << QByteArray(R"(["4","1 loaf"])") << u"4 servings"_s;
    QTest::newRow("words first") << QByteArray(R"(["Serves 4","8"])") << u"Serves 4"_s;
    QTest::newRow("one") << QByteArray("1") << u"1 serving"_s;
    QTest::newRow("empty") << QByteArray(R"("")") << QString();
    QTest::newRow("quantitative value")
        << QByteArray(R"({"@type":"QuantitativeValue","value":8})") << u"8 servings"_s;
}

void TestSchemaOrg::readsYields()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, yields);
    QCOMPARE(recipe((R"(,"recipeYield":)" + value).constData()).yields, yields);
    QCOMPARE(recipe((R"(,"yield":)" + value).constData()).yields, yields);
}

void TestSchemaOrg::prefersItsOwnLanguage()
{
    QCOMPARE(recipe(R"(,"inLanguage":"de-AT")").language, u"de"_s);
    QCOMPARE(recipe(R"(,"inLanguage":{"@type":"Language","name":"fr"})").language, u"fr"_s);
    QCOMPARE(recipe(R"(,"inLanguage":"Deutsch")").language, u"en"_s);
    QCOMPARE(recipe("").language, u"en"_s);
}

void TestSchemaOrg::takesOnlyWebAddresses_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("source");
    const QByteArray page = R"(,"mainEntityOfPage":)";
    QTest::newRow("url") << QByteArray(R"(,"url":"https://example.org/a")")
                         << u"https://example.org/a"_s;
    QTest::newRow("page as a node")
        << page + R"({"@id":"https://example.org/b"})" << u"https://example.org/b"_s;
    QTest::newRow("page as a text")
        << page + R"("https://example.org/c")" << u"https://example.org/c"_s;
    QTest::newRow("relative url") << page + R"("https://example.org/d","url":"/soup")"
                                  << u"https://example.org/d"_s;
    QTest::newRow("script") << QByteArray(R"x(,"url":"javascript:alert(1)")x") << QString();
    QTest::newRow("no text") << page + "true" << QString();
}

void TestSchemaOrg::takesOnlyWebAddresses()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, source);
    QCOMPARE(recipe(members.constData()).source, source);
}

void TestSchemaOrg::gathersTags()
{
    const Recipe tagged = recipe(R"(,"recipeCategory":["Soup","Dinner"],
        "keywords":["winter","soup, Soup"," "])");
    QCOMPARE(tagged.tags, (QStringList{u"Soup"_s, u"Dinner"_s, u"winter"_s, u"soup"_s}));
}

void TestSchemaOrg::readsInstructions_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("lines");
    const QStringList ab{u"Chop."_s, u"Fry."_s};
    QTest::newRow("lines") << QByteArray(R"("Chop.\n\nFry.")") << ab;
    QTest::newRow("windows lines") << QByteArray(R"("Chop.\r\nFry.\r\n")") << ab;
    QTest::newRow("old mac lines") << QByteArray(R"("Chop.\rFry.")") << ab;
    QTest::newRow("paragraphs") << QByteArray(R"("<p>Chop.</p><p>Fry.</p>")") << ab;
    QTest::newRow("breaks") << QByteArray(R"("Chop.<br />Fry.")") << ab;
    QTest::newRow("items") << QByteArray(R"("<ol><li>Chop.</li><li><b>Fry</b>.</li></ol>")") << ab;
    QTest::newRow("encoded items")
        << QByteArray(
               R"("&lt;ol&gt;&lt;li&gt;Chop.&lt;/li&gt;&lt;li&gt;Fry.&lt;/li&gt;&lt;/ol&gt;")")
        << ab;
    QTest::newRow("wrapped paragraphs") << QByteArray(R"("<p>Chop\nthis.</p>\n, <p>Fry.</p>")")
                                        << QStringList{u"Chop this."_s, u"Fry."_s};
    QTest::newRow("breaks and lines") << QByteArray(R"("Chop.\n<br>Fry.\nEat.")")
                                      << QStringList{u"Chop."_s, u"Fry."_s, u"Eat."_s};
    QTest::newRow("numbers in one line") << QByteArray(R"("1. Chop. 2. Fry 1.5 cups.")")
                                         << QStringList{u"Chop."_s, u"Fry 1.5 cups."_s};
    QTest::newRow("a number is no list")
        << QByteArray(R"("1. Chop it all.")") << QStringList{u"1. Chop it all."_s};
    QTest::newRow("counting lines go") << QByteArray(R"("1:\nChop.\nStep 2\nFry.")") << ab;
    QTest::newRow("texts") << QByteArray(R"(["Chop.","Fry."])") << ab;
    QTest::newRow("texts in a list in a list") << QByteArray(R"([["Chop.","Fry."]])") << ab;
    QTest::newRow("one text in a list") << QByteArray(R"(["Chop.\nFry."])") << ab;
    QTest::newRow("texts with newlines")
        << QByteArray(R"(["Chop\nit.","Fry."])") << QStringList{u"Chop it."_s, u"Fry."_s};
    QTest::newRow("how-to steps")
        << QByteArray(
               R"([{"@type":"HowToStep","text":"Chop."},{"@type":"HowToStep","text":"Fry."}])")
        << ab;
    QTest::newRow("one how-to step of lines")
        << QByteArray(R"([{"@type":"HowToStep","text":"Chop.\nFry."}])") << ab;
    QTest::newRow("one how-to step, no list")
        << QByteArray(R"({"@type":"HowToStep","text":"<p>Chop.</p><p>Fry.</p>"})") << ab;
    QTest::newRow("steps without a type")
        << QByteArray(R"([{"text":"Chop."},{"text":"Fry."}])") << ab;
    QTest::newRow("steps with only a name")
        << QByteArray(
               R"([{"@type":"HowToStep","name":"Chop."},{"@type":"HowToStep","name":"Fry."}])")
        << ab;
    QTest::newRow("name repeats the text")
        << QByteArray(R"([{"@type":"HowToStep","name":"Chop…","text":"Chop."},
                          {"@type":"HowToStep","name":"Fry.","text":"Fry."}])")
        << ab;
    QTest::newRow("name only counts")
        << QByteArray(R"([{"@type":"HowToStep","name":"Step 1","text":"Chop."},
                          {"@type":"HowToStep","name":"2.","text":"Fry."}])")
        << ab;
    QTest::newRow("name is a heading")
        << QByteArray(R"([{"@type":"HowToStep","name":"Prepare","text":"Chop."},
                          {"@type":"HowToStep","name":"Cook","text":"Fry."}])")
        << QStringList{u"[Prepare] Chop."_s, u"[Cook] Fry."_s};
    QTest::newRow("sections") << QByteArray(
                                     R"([{"@type":"HowToSection","name":"Dough","itemListElement":
                             [{"@type":"HowToStep","text":"Mix."}]},
                          {"@type":"HowToSection","name":"Filling","itemListElement":["Stir."]}])")
                              << QStringList{u"[Dough] Mix."_s, u"[Filling] Stir."_s};
    QTest::newRow("steps before a section") << QByteArray(R"([{"@type":"HowToStep","text":"Heat."},
                          {"@type":"HowToSection","name":"Dough","itemListElement":
                             {"@type":"HowToStep","text":"Mix."}}])")
                                            << QStringList{u"Heat."_s, u"[Dough] Mix."_s};
    QTest::newRow("named step in a section")
        << QByteArray(R"([{"@type":"HowToSection","name":"Dough","itemListElement":
                             [{"@type":"HowToStep","name":"Knead","text":"Mix."}]}])")
        << QStringList{u"[Dough] Knead\nMix."_s};
    QTest::newRow("only section is called method")
        << QByteArray(R"([{"@type":"HowToSection","name":"Zubereitung:","itemListElement":
                             [{"text":"Chop."},{"text":"Fry."}]}])")
        << ab;
    QTest::newRow("section without a name")
        << QByteArray(R"({"@type":"HowToSection","itemListElement":[{"text":"Chop."},"Fry."]})")
        << ab;
    QTest::newRow("item list") << QByteArray(R"({"@type":"ItemList","itemListElement":[
                {"@type":"ListItem","item":{"@type":"HowToStep","text":"Chop."}},
                {"@type":"ListItem","item":{"@type":"HowToStep","text":"Fry."}}]})")
                               << ab;
    QTest::newRow("directions of a step") << QByteArray(R"([{"@type":"HowToStep","itemListElement":[
                {"@type":"HowToDirection","text":"Chop."},{"@type":"HowToTip","text":"Finely."}]},
                {"@type":"HowToStep","text":"Fry."}])")
                                          << QStringList{u"Chop. Finely."_s, u"Fry."_s};
    QTest::newRow("empty text") << QByteArray(R"("")") << QStringList();
    QTest::newRow("empty list") << QByteArray("[]") << QStringList();
    QTest::newRow("null") << QByteArray("null") << QStringList();
    QTest::newRow("number") << QByteArray("7") << QStringList();
}

void TestSchemaOrg::readsInstructions()
{
    QFETCH(QByteArray, value);
    QFETCH(QStringList, lines);
    QCOMPARE(steps(value.constData()), lines);
}

void TestSchemaOrg::boundsNesting()
{
    QJsonValue deep = u"Too low to be read."_s;
    for (int i = 0; i < 500; ++i)
        deep = QJsonArray{deep, u"Seen."_s};
    const QList<Step> found = stepsOf(deep);
    QVERIFY(!found.isEmpty());
    QVERIFY(found.size() < 20);

    QJsonObject node{{u"name"_s, deep}, {u"recipeYield"_s, deep}};
    QCOMPARE(recipeFromSchema(node, {}).title, u"Seen."_s);
}

void TestSchemaOrg::survivesWrongTypes()
{
    for (const char *value : {"null", "true", "7", "[]", "{}", "[null]", "[{}]", "[[]]", "\"\""}) {
        QByteArray members;
        for (const char *key : {"name", "recipeIngredient", "recipeInstructions", "prepTime",
                                "recipeYield", "url", "inLanguage", "keywords", "description"})
            members += R"(,")" + QByteArray(key) + R"(":)" + value;
        const Recipe mapped = recipe(members.constData());
        QVERIFY(mapped.steps.isEmpty());
        QVERIFY(mapped.source.isEmpty());
        QCOMPARE(mapped.language, u"en"_s);
    }
}

QTEST_GUILESS_MAIN(TestSchemaOrg)
#include "tst_schemaorg.moc"
