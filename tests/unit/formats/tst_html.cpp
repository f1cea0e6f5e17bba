// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/GumboHeap.h"
#include "recipes/formats/Headings.h"
#include "recipes/formats/HtmlDepth.h"
#include "recipes/formats/HtmlPage.h"
#include "recipes/formats/HtmlText.h"
#include "recipes/formats/PageOutline.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes::formats;

namespace {

HtmlPage page(const QString &html)
{
    auto parsed = parseHtml(html);
    return parsed ? *std::move(parsed) : HtmlPage();
}

int indexOf(const HtmlPage &page, const char *tag)
{
    for (int i = 0; i < page.size(); ++i) {
        if (page[i].is(tag))
            return i;
    }
    return -1;
}

QByteArray repeated(const char *text, int count)
{
    return QByteArray(text).repeated(count);
}

} // namespace

class TestHtml : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheTreeInOneList();
    void readsAttributes();
    void keepsScriptsAsText();
    void mendsMarkup();
    void readsLines_data();
    void readsLines();
    void readsPlainText_data();
    void readsPlainText();
    void guessesDepth_data();
    void guessesDepth();
    void refusesDeepPages();
    void leavesTangledPages();
    void freesWhatItAllocates();
    void knowsHeadings_data();
    void knowsHeadings();
    void outlinesPages();
    void outlinesParagraphs();
    void outlinesNothingDoubtful();
};

void TestHtml::keepsTheTreeInOneList()
{
    const HtmlPage tree = page(u"<body><ul><li>a<b>c</b></li><li>d</li></ul><p>e</p></body>"_s);
    const int list = indexOf(tree, "ul");
    const int item = indexOf(tree, "li");
    QVERIFY(list > 0);
    QCOMPARE(item, list + 1);
    QCOMPARE(tree[item + 1].text, u"a"_s);
    QVERIFY(tree[item + 2].is("b"));
    QCOMPARE(tree[item].end, item + 4);
    QVERIFY(tree[tree[item].end].is("li"));
    QVERIFY(tree[tree[list].end].is("p"));
    QCOMPARE(tree[0].end, int(tree.size()));
}

void TestHtml::readsAttributes()
{
    const HtmlPage tree = page(u"<p CLASS='a &amp; b' hidden>x</p>"_s);
    const HtmlNode &node = tree[indexOf(tree, "p")];
    QCOMPARE(node.attribute("class"_L1), u"a & b"_s);
    QVERIFY(node.has("hidden"_L1));
    QVERIFY(!node.has("id"_L1));
    QCOMPARE(node.attribute("id"_L1), QString());
}

void TestHtml::keepsScriptsAsText()
{
    const HtmlPage tree = page(u"<script>if (a<b && c) \"<p>\"</script>"_s);
    QCOMPARE(tree[indexOf(tree, "script") + 1].text, u"if (a<b && c) \"<p>\""_s);
    QCOMPARE(indexOf(tree, "p"), -1);
}

void TestHtml::mendsMarkup()
{
    const HtmlPage tree = page(u"<ul><li>one<li>two</ul><p>three<div>four"_s);
    QCOMPARE(linesOf(tree, 0), (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
    QVERIFY(!page(QString()).isEmpty());
    QCOMPARE(linesOf(page(u"<<<>>></ <!-- <p>"_s), 0).size(), 1);
}

void TestHtml::readsLines_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("blocks") << u"<div>a<p>b</p>c</div>d"_s
                            << QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s};
    QTest::newRow("inline") << u"a<b>b</b> <i>c</i>"_s << QStringList{u"ab c"_s};
    QTest::newRow("breaks") << u"a<br>b<br/>c"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("white space") << u"<p> a \n\t b&nbsp;&nbsp;c </p>"_s << QStringList{u"a b c"_s};
    QTest::newRow("nothing unseen")
        << u"<style>x{}</style><p>a</p><template>t</template><noscript>n</noscript>"_s
        << QStringList{u"a"_s};
    QTest::newRow("table") << u"<table><tr><td>1</td><td>egg</td></tr></table>"_s
                           << QStringList{u"1"_s, u"egg"_s};
    QTest::newRow("empty") << u"<p> </p><div></div>"_s << QStringList();
}

void TestHtml::readsLines()
{
    QFETCH(QString, html);
    QFETCH(QStringList, lines);
    const HtmlPage tree = page(html);
    QCOMPARE(linesOf(tree, 0), lines);
    QCOMPARE(textOf(tree, 0), lines.join(u' '));
}

void TestHtml::readsPlainText_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("plain") << u"Boil."_s << QStringList{u"Boil."_s};
    QTest::newRow("named entity") << u"75&deg;F &frac12;"_s << QStringList{u"75°F ½"_s};
    QTest::newRow("numbered entity") << u"don&#8217;t &#x1F36A;"_s << QStringList{u"don’t 🍪"_s};
    QTest::newRow("without semicolon") << u"a&nbspb &amp c"_s << QStringList{u"a b & c"_s};
    QTest::newRow("thrice") << u"&amp;amp;eacute;"_s << QStringList{u"é"_s};
    QTest::newRow("newlines") << u"a\nb"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("newlines beside entities") << u"a &amp;\nb"_s << QStringList{u"a &"_s, u"b"_s};
    QTest::newRow("newlines in a block")
        << u"<p>a\nb</p>\nc\nd"_s << QStringList{u"a b"_s, u"c"_s, u"d"_s};
    QTest::newRow("punctuation") << u"a\n, \n---\nb"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("emoji says something") << u"🍪"_s << QStringList{u"🍪"_s};
    QTest::newRow("heart") << u"I <3 soup"_s << QStringList{u"I <3 soup"_s};
    QTest::newRow("soft hyphen") << u"Berg\u00adkäse"_s << QStringList{u"Bergkäse"_s};
    QTest::newRow("half a surrogate pair")
        << u"a"_s + QChar(0xd83c) + u"b"_s << QStringList{u"a?b"_s};
    QTest::newRow("script") << u"a<script>b</script>"_s << QStringList{u"a"_s};
    QTest::newRow("empty") << QString() << QStringList();
}

void TestHtml::readsPlainText()
{
    QFETCH(QString, value);
    QFETCH(QStringList, lines);
    QCOMPARE(plainLines(value), lines);
    QCOMPARE(plainText(value), lines.join(u' '));
}

void TestHtml::guessesDepth_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<bool>("tooDeep");
    QTest::newRow("deep") << repeated("<div>", 1001) << true;
    QTest::newRow("deep formatting") << repeated("<b>", 1001) << true;
    QTest::newRow("deep tables") << repeated("<table><tr><td>", 400) << true;
    QTest::newRow("deep attributes") << repeated("<i a='>'>", 1001) << true;
    QTest::newRow("just allowed") << repeated("<div>", 1000) << false;
    QTest::newRow("closed") << repeated("<div></div>", 5000) << false;
    QTest::newRow("open paragraphs") << repeated("<p>x", 5000) << false;
    QTest::newRow("open items") << "<ul>" + repeated("<li><p>x", 5000) << false;
    QTest::newRow("open cells") << "<table>" + repeated("<tr><td>1<td>2", 5000) << false;
    QTest::newRow("void") << repeated("<br><img src=x><hr/>", 5000) << false;
    QTest::newRow("in a script") << "<script>" + repeated("<b>", 5000) + "</script>" << false;
    QTest::newRow("in a comment") << "<!--" + repeated("<b>", 5000) + "-->" << false;
    QTest::newRow("in an attribute") << "<p a=\"" + repeated("<b>", 5000) + "\">" << false;
    QTest::newRow("no tags") << repeated("< 5 & <3 ", 5000) << false;
    QTest::newRow("open quote") << QByteArray("<p a=\"") << false;
    QTest::newRow("open tag") << QByteArray("<p") << false;
    QTest::newRow("open comment") << QByteArray("<!--") << false;
    QTest::newRow("lone bracket") << QByteArray("<") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestHtml::guessesDepth()
{
    QFETCH(QByteArray, html);
    QFETCH(bool, tooDeep);
    QCOMPARE(isTooDeep(html), tooDeep);
}

void TestHtml::refusesDeepPages()
{
    QElapsedTimer timer;
    timer.start();
    for (const char *tag : {"<div>", "<b>", "<span class=x>", "<ul><li>", "<table><tr><td>"}) {
        const auto parsed = parseHtml(QString::fromLatin1(repeated(tag, 100000)));
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::BadSyntax);
    }
    QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
}

void TestHtml::leavesTangledPages()
{
    // Each paragraph opens all formatting elements again that the first left open: without the
    // heap's budget these 60 kB take gigabytes.
    QString html = u"<p>"_s;
    for (int i = 0; i < 900; ++i)
        html += u"<b a=%1>"_s.arg(i);
    html += u"</p>"_s + u"<p>x</p>"_s.repeated(6000);
    const auto parsed = parseHtml(html);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::TooLarge);
}

void TestHtml::freesWhatItAllocates()
{
    // The sanitizers' builds tell of what is lost; here the same heap serves two pages in turn.
    for (int i = 0; i < 100; ++i) {
        GumboHeap heap;
        QVERIFY(heap.parse("<p>one</p>"));
        QVERIFY(heap.parse("<table><td>two"));
    }
}

void TestHtml::knowsHeadings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    const int none = -1;
    const int ingredients = int(Heading::Ingredients);
    const int steps = int(Heading::Steps);
    QTest::newRow("english") << u"Ingredients"_s << ingredients;
    QTest::newRow("with servings") << u"Ingredients (serves 4):"_s << ingredients;
    QTest::newRow("german") << u"ZUTATEN:"_s << ingredients;
    QTest::newRow("french") << u"Ingrédients pour 4 personnes"_s << ingredients;
    QTest::newRow("japanese") << u"材料（2人分）"_s << ingredients;
    QTest::newRow("method") << u"Method"_s << steps;
    QTest::newRow("numbered") << u"2. Directions"_s << steps;
    QTest::newRow("swedish") << u"Gör så här"_s << steps;
    QTest::newRow("portuguese") << u"Modo de Preparo"_s << steps;
    QTest::newRow("russian") << u"Приготовление"_s << steps;
    QTest::newRow("notes") << u"Notes"_s << int(Heading::Other);
    QTest::newRow("longer word") << u"Methodology"_s << none;
    QTest::newRow("sentence")
        << u"Ingredients like these are found in every good shop of the town"_s << none;
    QTest::newRow("other") << u"About us"_s << none;
    QTest::newRow("empty") << QString() << none;
}

void TestHtml::knowsHeadings()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    const auto found = headingOf(text);
    QCOMPARE(found ? int(*found) : -1, kind);
}

void TestHtml::outlinesPages()
{
    const PageOutline outline = outlineOf(page(
        u"<nav><ul><li>Ingredients</li><li>Method</li></ul></nav><h1>Dal</h1>"
        "<h2>Ingredients</h2><h3>For the pot</h3><ul><li>200 g lentils</li><li>1 onion</li></ul>"
        "<h3>For the top</h3><ul><li>• 1 lemon</li><li>salt</li></ul>"
        "<h2>Method</h2><ol><li>Simmer the lentils with the onion for 40 minutes until they fall "
        "apart.</li><li>Squeeze the lemon over it and season with salt.</li></ol>"
        "<h2>Comments</h2><ol><li>So good, I made it 3 times this week alone, thank you!</li></ol>"_s));
    QCOMPARE(outline.ingredients,
             (QStringList{u"200 g lentils"_s, u"1 onion"_s, u"1 lemon"_s, u"salt"_s}));
    QCOMPARE(outline.steps.size(), 2);
    QVERIFY(outline.steps.first().startsWith(u"Simmer the lentils"));
    QVERIFY(outline.isWhole());
}

void TestHtml::outlinesParagraphs()
{
    const PageOutline outline = outlineOf(page(
        u"<p><strong>Zutaten</strong></p><p>200 g Linsen<br>1 Zwiebel<br>1 Zitrone</p>"
        "<p><strong>Zubereitung</strong></p><p>Die Linsen mit der Zwiebel 40 Minuten lang sanft "
        "kochen.</p><p>Mit dem Saft der Zitrone und mit Salz abschmecken.</p>"
        "<h2>Mehr Rezepte</h2><p>Noch ein Absatz, der nicht dazu gehört, aber lang ist.</p>"_s));
    QCOMPARE(outline.ingredients, (QStringList{u"200 g Linsen"_s, u"1 Zwiebel"_s, u"1 Zitrone"_s}));
    QCOMPARE(outline.steps.size(), 2);
}

void TestHtml::outlinesNothingDoubtful()
{
    QVERIFY(!outlineOf(page(u"<h2>Ingredients</h2><h2>Method</h2>"_s)).isWhole());
    QVERIFY(!outlineOf(page(u"<h2>Method</h2><p>Short.</p>"_s)).isWhole());
    const PageOutline links = outlineOf(
        page(u"<h2>Ingredients</h2><ul><li>Home</li><li>About</li><li>Contact</li></ul>"_s));
    QVERIFY(links.ingredients.isEmpty());
    QVERIFY(!outlineOf({}).isWhole());
}

QTEST_GUILESS_MAIN(TestHtml)
#include "tst_html.moc"
