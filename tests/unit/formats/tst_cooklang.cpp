// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Cooklang.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer::recipes::formats::cooklang;

namespace {

QString written(const Quantity &quantity)
{
    const double *number = std::get_if<double>(&quantity);
    return number ? u"#"_s + QString::number(*number) : std::get<QString>(quantity);
}

/// An item on one line: kind, name, quantity (# before a number), units, preparation.
QString line(const Item &item)
{
    static const char Kinds[] = "tich";
    if (item.kind == ItemKind::Text)
        return u"t "_s + item.name;
    const char kind = item.kind == ItemKind::Timer ? '~' : Kinds[int(item.kind)];
    return u"%1 %2|%3|%4|%5"_s.arg(QString(QLatin1Char(kind)), item.name, written(item.quantity),
                                   item.units, item.preparation);
}

QStringList items(const QString &text)
{
    QStringList lines;
    const Document document = parse(text);
    for (const Step &step : document.steps) {
        for (const Item &item : step.items)
            lines += line(item);
    }
    return lines;
}

/// The steps' raw texts, where they have no items.
QStringList paragraphs(const QString &text)
{
    QStringList texts;
    const Document document = parse(text);
    for (const Step &step : document.steps) {
        QString all = step.section.isEmpty() ? QString() : u'[' + step.section + u']';
        for (const Item &item : step.items)
            all += item.name;
        texts += all;
    }
    return texts;
}

QStringList metadata(const QString &text)
{
    QStringList lines;
    const Document document = parse(text);
    for (const Entry &entry : document.metadata)
        lines += entry.key + u'=' + entry.values.join(u'|');
    return lines;
}

} // namespace

class TestCooklang : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsItems_data();
    void readsItems();
    void readsParagraphs_data();
    void readsParagraphs();
    void readsNotes();
    void readsMetadata_data();
    void readsMetadata();
    void leavesFalseFrontMatter();
    void isLinear_data();
    void isLinear();
};

void TestCooklang::readsItems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("ingredient") << u"@salt"_s << QStringList{u"i salt|some||"_s};
    QTest::newRow("of several words") << u"@sea salt{}"_s << QStringList{u"i sea salt|some||"_s};
    QTest::newRow("amount") << u"@oil{2%tbsp}"_s << QStringList{u"i oil|#2|tbsp|"_s};
    QTest::newRow("decimal") << u"@oil{0.5%l}"_s << QStringList{u"i oil|#0.5|l|"_s};
    QTest::newRow("fraction") << u"@oil{3/4%l}"_s << QStringList{u"i oil|#0.75|l|"_s};
    QTest::newRow("mixed fraction stays") << u"@oil{1 1/2%l}"_s << QStringList{u"i oil|1 1/2|l|"_s};
    QTest::newRow("range stays") << u"@oil{1-2%l}"_s << QStringList{u"i oil|1-2|l|"_s};
    QTest::newRow("division by nothing stays")
        << u"@oil{1/0%l}"_s << QStringList{u"i oil|1/0|l|"_s};
    QTest::newRow("fixed amount") << u"@salt{=1%tsp}"_s << QStringList{u"i salt|#1|tsp|"_s};
    QTest::newRow("only a unit") << u"@salt{%tsp}"_s << QStringList{u"i salt|some|tsp|"_s};
    QTest::newRow("preparation") << u"@onion{1}(finely chopped)!"_s
                                 << QStringList{u"i onion|#1||finely chopped"_s, u"t !"_s};
    QTest::newRow("preparation apart is text")
        << u"@onion{1} (red)"_s << QStringList{u"i onion|#1||"_s, u"t  (red)"_s};
    QTest::newRow("open preparation")
        << u"@onion{1}(red"_s << QStringList{u"i onion|#1||"_s, u"t (red"_s};
    QTest::newRow("cookware has no preparation")
        << u"#pan{}(hot)"_s << QStringList{u"c pan|#1||"_s, u"t (hot)"_s};
    QTest::newRow("another recipe")
        << u"@./sauces/Hollandaise{150%g}"_s << QStringList{u"i ./sauces/Hollandaise|#150|g|"_s};
    QTest::newRow("timer") << u"~{10%minutes}"_s << QStringList{u"~ |#10|minutes|"_s};
    QTest::newRow("named timer") << u"~soft egg{6%min}"_s << QStringList{u"~ soft egg|#6|min|"_s};
    QTest::newRow("range timer") << u"~{20-25%minutes}"_s << QStringList{u"~ |20-25|minutes|"_s};
    QTest::newRow("word timer") << u"~rest"_s << QStringList{u"~ rest|||"_s};
    QTest::newRow("next to each other")
        << u"@a{}@b{}#c{}"_s << QStringList{u"i a|some||"_s, u"i b|some||"_s, u"c c|#1||"_s};
    QTest::newRow("single before braced")
        << u"@salt and @black pepper{}"_s
        << QStringList{u"i salt|some||"_s, u"t  and "_s, u"i black pepper|some||"_s};
    QTest::newRow("address") << u"me@example.org"_s
                             << QStringList{u"t me"_s, u"i example|some||"_s, u"t .org"_s};
    QTest::newRow("lone markers") << u"@ # ~ at 5 @"_s << QStringList{u"t @ # ~ at 5 @"_s};
    QTest::newRow("braces alone") << u"a {b} c"_s << QStringList{u"t a {b} c"_s};
    QTest::newRow("nameless") << u"@{2} #{}"_s << QStringList{u"t @{2} #{}"_s};
    QTest::newRow("open braces") << u"@sea salt{2%g"_s
                                 << QStringList{u"i sea|some||"_s, u"t  salt{2%g"_s};
    QTest::newRow("escaped") << uR"(\@home and \#1)"_s << QStringList{u"t @home and #1"_s};
    QTest::newRow("other backslash") << uR"(a\b)"_s << QStringList{uR"(t a\b)"_s};
    QTest::newRow("empty") << QString() << QStringList();
}

void TestCooklang::readsItems()
{
    QFETCH(QString, text);
    QFETCH(QStringList, lines);
    QCOMPARE(items(text), lines);
}

void TestCooklang::readsParagraphs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("one") << u"Chop."_s << QStringList{u"Chop."_s};
    QTest::newRow("lines flow") << u"Chop\nit."_s << QStringList{u"Chop it."_s};
    QTest::newRow("empty line") << u"Chop.\n\nFry."_s << QStringList{u"Chop."_s, u"Fry."_s};
    QTest::newRow("blank line") << u"Chop.\n \t\nFry."_s << QStringList{u"Chop."_s, u"Fry."_s};
    QTest::newRow("windows lines") << u"Chop.\r\n\r\nFry."_s << QStringList{u"Chop."_s, u"Fry."_s};
    QTest::newRow("forced break") << u"Chop\\\nit."_s << QStringList{u"Chop\nit."_s};
    QTest::newRow("forced break at the end") << u"Chop\\\n"_s << QStringList{u"Chop"_s};
    QTest::newRow("comment") << u"Chop. -- not too fine"_s << QStringList{u"Chop. "_s};
    QTest::newRow("comment line ends no step")
        << u"Chop\n-- like so\nit."_s << QStringList{u"Chop it."_s};
    QTest::newRow("long dash is none") << u"Chop --- it."_s << QStringList{u"Chop --- it."_s};
    QTest::newRow("hyphen is none") << u"Chop - it."_s << QStringList{u"Chop - it."_s};
    QTest::newRow("block comment") << u"Chop [- all\n\nof -]it."_s << QStringList{u"Chop it."_s};
    QTest::newRow("block comment line") << u"Chop\n[- all -]\nit."_s << QStringList{u"Chop it."_s};
    QTest::newRow("open block comment is text")
        << u"Chop [- it."_s << QStringList{u"Chop [- it."_s};
    QTest::newRow("only comments") << u"-- a\n[- b -]"_s << QStringList();
    QTest::newRow("sections")
        << u"Heat.\n= Dough\nMix.\n== Filling ==\nStir.\n\nFold.\n===\nBake."_s
        << QStringList{u"Heat."_s, u"[Dough]Mix."_s, u"[Filling]Stir."_s, u"[Filling]Fold."_s,
                       u"Bake."_s};
    QTest::newRow("zero bytes go") << u"Ch"_s + QChar::Null + u"op."_s << QStringList{u"Chop."_s};
}

void TestCooklang::readsParagraphs()
{
    QFETCH(QString, text);
    QFETCH(QStringList, texts);
    QCOMPARE(paragraphs(text), texts);
}

void TestCooklang::readsNotes()
{
    const Document document =
        parse(u"> From my\n> aunt.\n\nChop.\n> Sharp knife!\nFry.\n\n> Enjoy."_s);
    QCOMPARE(document.notes, (QStringList{u"From my aunt."_s, u"Sharp knife!"_s, u"Enjoy."_s}));
    QCOMPARE(document.steps.size(), 2);
}

void TestCooklang::readsMetadata_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("entries");
    QTest::newRow("value") << u"---\ntitle: Soup\n---\nBoil."_s << QStringList{u"title=Soup"_s};
    QTest::newRow("at the end of the file")
        << u"---\ntitle: Soup\n---"_s << QStringList{u"title=Soup"_s};
    QTest::newRow("after empty lines")
        << u"\n\n---\ntitle: Soup\n---\n"_s << QStringList{u"title=Soup"_s};
    QTest::newRow("old style") << u">> title: Soup\n>> time : 5 min\nBoil."_s
                               << QStringList{u"title=Soup"_s, u"time=5 min"_s};
    QTest::newRow("quotes") << u"---\na: \"x: y\"\nb: 'it''s'\nc: \"say \\\"hi\\\"\"\n---\n"_s
                            << QStringList{u"a=x: y"_s, u"b=it's"_s, u"c=say \"hi\""_s};
    QTest::newRow("comments") << u"---\n# all\na: 1 # one\nb: x#y\n---\n"_s
                              << QStringList{u"a=1"_s, u"b=x#y"_s};
    QTest::newRow("address") << u"---\nsource: https://example.org/a\n---\n"_s
                             << QStringList{u"source=https://example.org/a"_s};
    QTest::newRow("flow list") << u"---\ntags: [a, \"b, c\", ,'d']\n---\n"_s
                               << QStringList{u"tags=a|b, c|d"_s};
    QTest::newRow("empty flow list") << u"---\ntags: []\n---\n"_s << QStringList{u"tags="_s};
    QTest::newRow("list") << u"---\ntags:\n  - a\n  - b c\n---\n"_s << QStringList{u"tags=a|b c"_s};
    QTest::newRow("list without indent")
        << u"---\ntags:\n- a\n- b\nx: y\n---\n"_s << QStringList{u"tags=a|b"_s, u"x=y"_s};
    QTest::newRow("nested") << u"---\ntime:\n  prep: 5 min\n  cook: 1 h\nx: y\n---\n"_s
                            << QStringList{u"time="_s, u"time.prep=5 min"_s, u"time.cook=1 h"_s,
                                           u"x=y"_s};
    QTest::newRow("block") << u"---\nabout: |\n  One.\n  Two.\nx: y\n---\n"_s
                           << QStringList{u"about=One.\nTwo."_s, u"x=y"_s};
    QTest::newRow("folded block") << u"---\nabout: >-\n  One\n  two.\nx: y\n---\n"_s
                                  << QStringList{u"about=One two."_s, u"x=y"_s};
    QTest::newRow("no YAML") << u"---\n- lone\nwords\n\t\n---\n"_s.replace(u"words"_s, u": "_s)
                             << QStringList{u"=- lone"_s, u"="_s};
    QTest::newRow("dashes in a value") << u"---\na: b -- c\n---\n"_s << QStringList{u"a=b -- c"_s};
}

void TestCooklang::readsMetadata()
{
    QFETCH(QString, text);
    QFETCH(QStringList, entries);
    QCOMPARE(metadata(text), entries);
}

void TestCooklang::leavesFalseFrontMatter()
{
    QVERIFY(metadata(u"---\ntitle: Soup\nBoil."_s).isEmpty());
    QVERIFY(metadata(u"Boil. ---\ntitle: Soup\n---"_s).isEmpty());
    QVERIFY(metadata(u"----\ntitle: Soup\n----"_s).isEmpty());
    QCOMPARE(paragraphs(u"---\ntitle: Soup\nBoil."_s), QStringList{u"--- title: Soup Boil."_s});
}

void TestCooklang::isLinear_data()
{
    QTest::addColumn<QString>("piece");
    for (const char *piece : {"@a{", "@a{}(", "@a ", "~{", "[-", "--", "\\", "{}", "=\n", ">\n",
                              "@", "a\\\n", "[- -]", "#b c ", "---\n"})
        QTest::newRow(piece) << QString::fromLatin1(piece);
}

void TestCooklang::isLinear()
{
    QFETCH(QString, piece);
    QElapsedTimer timer;
    timer.start();
    const Document document = parse(piece.repeated(500000 / piece.size()));
    QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(document.metadata.size() < 500000);
}

QTEST_GUILESS_MAIN(TestCooklang)
#include "tst_cooklang.moc"
