// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/WebPage.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes;
using namespace simmer::recipes::formats;

namespace {

QString script(const QString &json)
{
    return u"<script type=\"application/ld+json\">"_s + json + u"</script>"_s;
}

const QString Soup = u"{\"@type\":\"Recipe\",\"name\":\"Soup\",\"recipeIngredient\":[\"1 leek\"],"
                     "\"recipeInstructions\":[\"Boil.\"]}"_s;

QStringList titles(const QString &html)
{
    const auto recipes = readWebPage(html);
    QStringList found;
    if (recipes) {
        for (const Recipe &recipe : *recipes)
            found += recipe.title;
    }
    return found;
}

ErrorCode errorOf(const QString &html)
{
    const auto recipes = readWebPage(html);
    return recipes ? ErrorCode::BadArgument : recipes.error().code;
}

} // namespace

class TestWebPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsScripts_data();
    void readsScripts();
    void takesWhatThePageSays();
    void prefersTheRecipesOwnWords();
    void completesByMicrodata();
    void fallsBackToMicrodata();
    void completesByTheOutline();
    void keepsWhatAtLeastTellsTimes();
    void fallsBackToTheOutline();
    void leavesTeasers();
    void tellsRecipesApart();
    void readsEachRecipeOnce();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void readsBareJson();
    void boundsManyRecipes();
};

void TestWebPage::readsScripts_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QStringList>("found");
    const QStringList soup{u"Soup"_s};
    QTest::newRow("plain") << script(Soup) << soup;
    QTest::newRow("other scripts around")
        << u"<script>var x = 1;</script>"_s + script(u"{\"@type\":\"WebSite\"}"_s) + script(Soup)
        << soup;
    QTest::newRow("broken script before") << script(u"{\"@type\": oops"_s) + script(Soup) << soup;
    QTest::newRow("empty script before") << script(QString()) + script(Soup) << soup;
    QTest::newRow("type in capitals")
        << u"<script type='APPLICATION/LD+JSON'>"_s + Soup + u"</script>"_s << soup;
    QTest::newRow("type with a charset")
        << u"<script type='application/ld+json; charset=utf-8'>"_s + Soup + u"</script>"_s << soup;
    QTest::newRow("wrapped in a comment") << script(u"<!--\n"_s + Soup + u"\n-->"_s) << soup;
    QTest::newRow("wrapped in CDATA") << script(u"//<![CDATA[\n"_s + Soup + u"\n//]]>"_s) << soup;
    QTest::newRow("in the body") << u"<body><p>text</p>"_s + script(Soup) + u"</body>"_s << soup;
    QTest::newRow("in a graph") << script(u"{\"@graph\":["_s + Soup + u"]}"_s) << soup;
    QTest::newRow("trailing comma") << script(u"["_s + Soup + u",]"_s) << soup;
}

void TestWebPage::readsScripts()
{
    QFETCH(QString, html);
    QFETCH(QStringList, found);
    QCOMPARE(titles(html), found);
}

void TestWebPage::takesWhatThePageSays()
{
    const auto recipes = readWebPage(
        u"<html lang=de-CH><head><meta property='og:url' content='https://example.org/og'>"
        "<link rel=canonical href='https://example.org/canonical'></head>"_s +
        script(Soup));
    QVERIFY(recipes);
    QCOMPARE(recipes->first().language, u"de"_s);
    QCOMPARE(recipes->first().source, u"https://example.org/canonical"_s);

    const auto withoutLink =
        readWebPage(u"<meta property='og:url' content='https://example.org/og'>"_s + script(Soup));
    QCOMPARE(withoutLink->first().source, u"https://example.org/og"_s);

    const auto withoutAny = readWebPage(u"<link rel=canonical href='/relative'>"_s + script(Soup));
    QVERIFY(withoutAny->first().source.isEmpty());
    QVERIFY(withoutAny->first().language.isEmpty());
}

void TestWebPage::prefersTheRecipesOwnWords()
{
    QString json = Soup;
    json.replace(u"\"@type\""_s,
                 u"\"url\":\"https://example.org/own\",\"inLanguage\":\"fr\",\"@type\""_s);
    const auto recipes = readWebPage(
        u"<html lang=de><link rel=canonical href='https://example.org/page'><h1>Page</h1>"_s +
        script(json));
    QCOMPARE(recipes->first().source, u"https://example.org/own"_s);
    QCOMPARE(recipes->first().language, u"fr"_s);
    QCOMPARE(recipes->first().title, u"Soup"_s);
}

void TestWebPage::completesByMicrodata()
{
    const auto recipes = readWebPage(
        script(u"{\"@type\":\"Recipe\",\"name\":\"Soup\",\"recipeIngredient\":[\"1 leek\"]}"_s) +
        u"<div itemscope itemtype='http://schema.org/Recipe'><b itemprop=name>Other</b>"
        "<meta itemprop=prepTime content=PT5M><p itemprop=recipeInstructions>Boil.</p></div>"_s);
    QVERIFY(recipes);
    QCOMPARE(recipes->size(), 1);
    QCOMPARE(recipes->first().title, u"Soup"_s);
    QCOMPARE(recipes->first().steps.size(), 1);
    QCOMPARE(recipes->first().prepMinutes, std::optional(5));
    QCOMPARE(recipes->first().ingredients, QStringList{u"1 leek"_s});
}

void TestWebPage::fallsBackToMicrodata()
{
    QCOMPARE(titles(script(u"{\"@type\":\"WebPage\"}"_s) +
                    u"<div itemscope itemtype='http://schema.org/Recipe'><b itemprop=name>Pie</b>"
                    "<p itemprop=recipeInstructions>Bake.</p></div>"_s),
             QStringList{u"Pie"_s});
}

void TestWebPage::completesByTheOutline()
{
    const auto recipes = readWebPage(
        script(u"{\"@type\":\"Recipe\",\"name\":\"Dal\",\"prepTime\":\"PT5M\"}"_s) +
        u"<h2>Ingredients</h2><ul><li>200 g lentils<li>1 onion<li>1 lemon</ul>"
        "<h2>Directions</h2><ol><li>Simmer the lentils with the onion for 40 minutes, until they "
        "fall apart.<li>Squeeze the lemon over it.</ol>"_s);
    QVERIFY(recipes);
    QCOMPARE(recipes->first().title, u"Dal"_s);
    QCOMPARE(recipes->first().prepMinutes, std::optional(5));
    QCOMPARE(recipes->first().ingredients.size(), 3);
    QCOMPARE(recipes->first().steps.size(), 2);
}

void TestWebPage::keepsWhatAtLeastTellsTimes()
{
    const auto recipes =
        readWebPage(script(u"{\"@type\":\"Recipe\",\"name\":\"Dal\",\"totalTime\":\"PT50M\"}"_s));
    QVERIFY(recipes);
    QCOMPARE(recipes->first().title, u"Dal"_s);
    QCOMPARE(recipes->first().totalMinutes, std::optional(50));
    QVERIFY(recipes->first().steps.isEmpty());
}

void TestWebPage::fallsBackToTheOutline()
{
    const QString page = u"<html lang=en><h1>Dal</h1>"
                         "<h2>Ingredients</h2><ul><li>200 g lentils<li>1 onion<li>1 lemon</ul>"
                         "<h2>Directions</h2><ol><li>Simmer the lentils with the onion for 40 "
                         "minutes, until they fall apart.<li>Squeeze the lemon over it.</ol>"_s;
    QCOMPARE(titles(page), QStringList{u"Dal"_s});
    QString half = page;
    QCOMPARE(errorOf(half.replace(u"Directions"_s, u"Why"_s)), ErrorCode::NoRecipe);
}

void TestWebPage::leavesTeasers()
{
    const QString teasers = u"{\"@type\":\"ItemList\",\"itemListElement\":["
                            "{\"@type\":\"Recipe\",\"name\":\"A\"},"
                            "{\"@type\":\"Recipe\",\"name\":\"B\"}]}"_s;
    QCOMPARE(errorOf(script(teasers)), ErrorCode::NoRecipe);
    QCOMPARE(titles(script(teasers) + script(Soup)), QStringList{u"Soup"_s});
}

void TestWebPage::tellsRecipesApart()
{
    QString pie = Soup;
    pie.replace(u"Soup"_s, u"Pie"_s);
    const auto recipes = readWebPage(u"<link rel=canonical href='https://example.org/both'>"_s +
                                     script(u"["_s + Soup + u',' + pie + u']'));
    QVERIFY(recipes);
    QCOMPARE(recipes->size(), 2);
    QVERIFY(recipes->at(0).source != recipes->at(1).source);
    QVERIFY(importId(recipes->at(0)) != importId(recipes->at(1)));
}

void TestWebPage::readsEachRecipeOnce()
{
    QCOMPARE(titles(script(Soup) + script(Soup)), QStringList{u"Soup"_s});
}

void TestWebPage::tellsWhatIsWrong_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<int>("code");
    const int none = int(ErrorCode::NoRecipe);
    const int broken = int(ErrorCode::BadSyntax);
    QTest::newRow("no recipe") << u"<html><p>Hello.</p></html>"_s << none;
    QTest::newRow("another thing") << script(u"{\"@type\":\"Article\"}"_s) << none;
    QTest::newRow("a name only") << script(u"{\"@type\":\"Recipe\",\"name\":\"A\"}"_s) << none;
    QTest::newRow("no name at all")
        << script(u"{\"@type\":\"Recipe\",\"recipeIngredient\":[\"x\"]}"_s) << none;
    QTest::newRow("cut short") << u"<html><script type='application/ld+json'>"_s + Soup.left(60)
                               << broken;
    QTest::newRow("broken data") << script(u"{\"@type\":\"Recipe\",\"name\":}"_s) << broken;
    QTest::newRow("broken data of something else")
        << script(u"{\"@type\":\"Shop\" oops}"_s) << none;
    QTest::newRow("too deep data") << script(u"{\"@type\":\"Recipe\",\"x\":"_s +
                                             QString(5000, u'[') + QString(5000, u']') + u'}')
                                   << broken;
    QTest::newRow("too deep page") << u"<div>"_s.repeated(100000) << broken;
}

void TestWebPage::tellsWhatIsWrong()
{
    QFETCH(QString, html);
    QFETCH(int, code);
    const auto recipes = readWebPage(html);
    QVERIFY(!recipes);
    QCOMPARE(int(recipes.error().code), code);
    QVERIFY(!recipes.error().context.isEmpty());
    QVERIFY(!recipes.error().context.contains(u'\n'));
}

void TestWebPage::readsBareJson()
{
    QCOMPARE(readJsonLd(Soup)->first().title, u"Soup"_s);
    QCOMPARE(readJsonLd(u"[{\"@type\":\"Thing\"},"_s + Soup + u']')->size(), 1);
    QCOMPARE(readJsonLd(u"{}"_s).error().code, ErrorCode::NoRecipe);
    QCOMPARE(readJsonLd(u"{\"@type\":\"Recipe\""_s).error().code, ErrorCode::BadSyntax);
}

void TestWebPage::boundsManyRecipes()
{
    QString json = u"["_s;
    for (int i = 0; i < 20000; ++i)
        json += u"{\"@type\":\"Recipe\",\"name\":\"R%1\",\"recipeIngredient\":[\"&amp;\",\"x\"]},"_s
                    .arg(i);
    QElapsedTimer timer;
    timer.start();
    const auto recipes = readJsonLd(json + u']');
    QVERIFY(recipes);
    QCOMPARE(recipes->size(), 20000);
    QVERIFY2(timer.elapsed() < 30000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestWebPage)
#include "tst_webpage.moc"
