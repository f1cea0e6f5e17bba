// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Microdata.h"
#include "recipes/formats/SchemaOrg.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer::recipes;
using namespace simmer::recipes::formats;

namespace {

QList<QJsonObject> items(const QString &html)
{
    const auto page = parseHtml(html);
    return page ? microdataRecipes(*page) : QList<QJsonObject>();
}

/// The recipe of one item with this inside.
Recipe recipe(const QString &inside)
{
    const QList<QJsonObject> found =
        items(u"<div itemscope itemtype=\"https://schema.org/Recipe\">"_s + inside + u"</div>"_s);
    return found.size() == 1 ? recipeFromSchema(found.first(), u"en"_s) : Recipe();
}

QStringList steps(const Recipe &recipe)
{
    QStringList texts;
    for (const Step &step : recipe.steps)
        texts += step.text;
    return texts;
}

} // namespace

class TestMicrodata : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsVisibleText();
    void readsAttributes();
    void readsLinks();
    void readsIngredients_data();
    void readsIngredients();
    void readsSteps_data();
    void readsSteps();
    void keepsOtherItemsApart();
    void findsSeveral();
    void ignoresOtherTypes();
    void takesSeveralNames();
    void boundsWork();
};

void TestMicrodata::readsVisibleText()
{
    const Recipe read = recipe(u"<h1 itemprop=name>Fish &amp;\n <b>chips</b></h1>"
                               "<p itemprop=description>Crisp<script>no()</script>.</p>"
                               "<span itemprop=recipeYield>4 portions</span>"_s);
    QCOMPARE(read.title, u"Fish & chips"_s);
    QCOMPARE(read.summary, u"Crisp."_s);
    QCOMPARE(read.yields, u"4 portions"_s);
}

void TestMicrodata::readsAttributes()
{
    const Recipe read = recipe(u"<meta itemprop=prepTime content=PT10M>"
                               "<time itemprop=cookTime datetime=PT1H>one hour</time>"
                               "<span itemprop=totalTime content='PT1H10M'>a good hour</span>"
                               "<time itemprop=recipeYield>6</time>"_s);
    QCOMPARE(read.prepMinutes, std::optional(10));
    QCOMPARE(read.cookMinutes, std::optional(60));
    QCOMPARE(read.totalMinutes, std::optional(70));
    QCOMPARE(read.yields, u"6 servings"_s);
}

void TestMicrodata::readsLinks()
{
    const Recipe read = recipe(u"<a itemprop=url href='https://example.org/pie'>here</a>"
                               "<a itemprop=name href='/pie'>Pie</a>"
                               "<a itemprop=recipeCategory href='/sweet'>Sweet</a>"_s);
    QCOMPARE(read.source, u"https://example.org/pie"_s);
    QCOMPARE(read.title, u"Pie"_s);
    QCOMPARE(read.tags, QStringList{u"Sweet"_s});
}

void TestMicrodata::readsIngredients_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QStringList>("lines");
    const QStringList two{u"1 egg"_s, u"2 cups milk"_s};
    QTest::newRow("one element each") << u"<ul><li itemprop=recipeIngredient>1 egg</li>"
                                         "<li itemprop=recipeIngredient>2 cups milk</li></ul>"_s
                                      << two;
    QTest::newRow("old name") << u"<p itemprop=ingredients>1 egg</p>"
                                 "<p itemprop=ingredients>2 cups milk</p>"_s
                              << two;
    QTest::newRow("in blocks")
        << u"<dl itemprop=recipeIngredient><dt>1</dt><dd>egg</dd></dl>"
           "<dl itemprop=recipeIngredient><dt>2 cups</dt><dd>milk</dd></dl>"_s
        << two;
    QTest::newRow("one list") << u"<ul itemprop=recipeIngredient><li>1 egg<li>2 cups milk</ul>"_s
                              << two;
    QTest::newRow("breaks") << u"<div itemprop=recipeIngredient>1 egg<br>2 cups milk</div>"_s
                            << two;
    QTest::newRow("old items with amounts")
        << u"<span itemprop=ingredient itemscope itemtype='https://schema.org/RecipeIngredient'>"
           "<span itemprop=amount>2 cups</span><span itemprop=name>milk</span></span>"_s
        << QStringList{u"2 cups milk"_s};
    QTest::newRow("empty") << u"<li itemprop=recipeIngredient></li>"_s << QStringList();
}

void TestMicrodata::readsIngredients()
{
    QFETCH(QString, html);
    QFETCH(QStringList, lines);
    QCOMPARE(recipe(html).ingredients, lines);
}

void TestMicrodata::readsSteps_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QStringList>("texts");
    const QStringList two{u"Chop."_s, u"Fry 5 minutes."_s};
    QTest::newRow("items of one list")
        << u"<ol itemprop=recipeInstructions><li>Chop.</li><li>Fry <b>5</b> minutes.</li></ol>"_s
        << two;
    QTest::newRow("a list inside") << u"<div itemprop=recipeInstructions><h3></h3><ol><li>Chop."
                                      "<li>Fry 5 minutes.</ol></div>"_s
                                   << two;
    QTest::newRow("an element each") << u"<p itemprop=recipeInstructions>Chop.</p>"
                                        "<p itemprop=recipeInstructions>Fry 5 minutes.</p>"_s
                                     << two;
    QTest::newRow("blocks in an element each")
        << u"<div itemprop=recipeInstructions><h4>Start</h4><p>Chop.</p></div>"
           "<div itemprop=recipeInstructions><p>Fry 5 minutes.</p></div>"_s
        << QStringList{u"Start Chop."_s, u"Fry 5 minutes."_s};
    QTest::newRow("paragraphs of one element")
        << u"<div itemprop=recipeInstructions><p>Chop.</p><p>Fry 5 minutes.</p></div>"_s << two;
    QTest::newRow("old name") << u"<div itemprop=instructions>Chop.<br>Fry 5 minutes.</div>"_s
                              << two;
    QTest::newRow("how-to steps")
        << u"<div itemprop=recipeInstructions itemscope itemtype='http://schema.org/HowToStep'>"
           "<span itemprop=text>Chop.</span></div>"
           "<div itemprop=recipeInstructions itemscope itemtype='http://schema.org/HowToStep'>"
           "<meta itemprop=name content='Step 2'><span itemprop=text>Fry 5 minutes.</span></div>"_s
        << two;
    QTest::newRow("how-to section")
        << u"<ol itemprop=recipeInstructions itemscope itemtype='http://schema.org/HowToSection'>"
           "<li itemprop=itemListElement itemscope itemtype='http://schema.org/HowToStep'>"
           "<p itemprop=text>Chop.</p></li>"
           "<li itemprop=itemListElement itemscope itemtype='http://schema.org/HowToStep'>"
           "<p itemprop=text>Fry 5 minutes.</p></li></ol>"_s
        << two;
}

void TestMicrodata::readsSteps()
{
    QFETCH(QString, html);
    QFETCH(QStringList, texts);
    QCOMPARE(steps(recipe(html)), texts);
}

void TestMicrodata::keepsOtherItemsApart()
{
    const Recipe read =
        recipe(u"<div itemprop=author itemscope itemtype='https://schema.org/Person'>"
               "<span itemprop=name>Ana</span></div>"
               "<div itemscope itemtype='https://schema.org/Product'><i itemprop=name>Pan</i></div>"
               "<h1 itemprop=name>Stew</h1>"_s);
    QCOMPARE(read.title, u"Stew"_s);
}

void TestMicrodata::findsSeveral()
{
    const QList<QJsonObject> found =
        items(u"<div itemscope itemtype='http://schema.org/Recipe'><b itemprop=name>A</b></div>"
              "<p>between</p>"
              "<div itemscope itemtype='http://schema.org/Recipe'><b itemprop=name>B</b></div>"_s);
    QCOMPARE(found.size(), 2);
    QCOMPARE(recipeFromSchema(found.at(0), {}).title, u"A"_s);
    QCOMPARE(recipeFromSchema(found.at(1), {}).title, u"B"_s);
}

void TestMicrodata::ignoresOtherTypes()
{
    QVERIFY(items(u"<div itemscope itemtype='http://schema.org/Article'></div>"_s).isEmpty());
    QVERIFY(items(u"<div itemtype='http://schema.org/Recipe'></div>"_s).isEmpty());
    QVERIFY(items(u"<div itemscope></div><p itemprop=name>x</p>"_s).isEmpty());
    QVERIFY(items(QString()).isEmpty());
}

void TestMicrodata::takesSeveralNames()
{
    QCOMPARE(recipe(u"<h1 itemprop='name headline unknown'>Stew</h1>"_s).title, u"Stew"_s);
}

void TestMicrodata::boundsWork()
{
    // Properties in properties over a long text: each level would read all of it again.
    QString inside;
    for (int i = 0; i < 300; ++i)
        inside += u"<div itemprop=description>"_s;
    inside += QString(2'000'000, u'x');
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!recipe(inside).summary.isEmpty());
    QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestMicrodata)
#include "tst_microdata.moc"
