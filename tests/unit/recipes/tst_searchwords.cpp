// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/SearchWords.h"

#include <QTest>

using namespace simmer::recipes;

class TestSearchWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folds_data();
    void folds();
    void cutsIntoWords_data();
    void cutsIntoWords();
    void longWordIsCut();
    void tellsWhereWordsStand();
};

void TestSearchWords::folds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folded");
    QTest::newRow("plain") << QStringLiteral("Soup") << QStringLiteral("soup");
    QTest::newRow("accent") << QStringLiteral("RAGÙ") << QStringLiteral("ragu");
    QTest::newRow("umlaut") << QStringLiteral("Käse") << QStringLiteral("kase");
    QTest::newRow("sharp s") << QStringLiteral("Straße") << QStringLiteral("strasse");
    QTest::newRow("capital sharp s") << QStringLiteral("STRAẞE") << QStringLiteral("strasse");
    QTest::newRow("Danish") << QStringLiteral("Smørrebrød, æble, pålæg")
                            << QStringLiteral("smorrebrod, aeble, palaeg");
    QTest::newRow("Polish") << QStringLiteral("Łosoś") << QStringLiteral("losos");
    QTest::newRow("Icelandic") << QStringLiteral("Þorskur með") << QStringLiteral("thorskur med");
    QTest::newRow("French") << QStringLiteral("Œuf") << QStringLiteral("oeuf");
    QTest::newRow("Turkish") << QStringLiteral("ısırgan") << QStringLiteral("isirgan");
    QTest::newRow("ligature") << QString::fromUtf8("ﬁsh") << QStringLiteral("fish");
    QTest::newRow("wide") << QString::fromUtf8("ＴＥＡ") << QStringLiteral("tea");
    QTest::newRow("Greek") << QStringLiteral("Φέτα") << QStringLiteral("φετα");
}

void TestSearchWords::folds()
{
    QFETCH(QString, text);
    QFETCH(QString, folded);
    QCOMPARE(searchFolded(text), folded);
    QCOMPARE(searchFolded(folded), folded);
}

void TestSearchWords::cutsIntoWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("no words") << QStringLiteral(" \"*-() … 🍲 ") << QStringList();
    QTest::newRow("line") << QStringLiteral("500 g flour, sifted")
                          << QStringList{QStringLiteral("500"), QStringLiteral("g"),
                                         QStringLiteral("flour"), QStringLiteral("sifted")};
    QTest::newRow("hyphen") << QStringLiteral("crème-fraîche")
                            << QStringList{QStringLiteral("creme"), QStringLiteral("fraiche")};
    QTest::newRow("query syntax") << QStringLiteral("title:\"a\" NEAR(b) OR c*")
                                  << QStringList{QStringLiteral("title"), QStringLiteral("a"),
                                                 QStringLiteral("near"),  QStringLiteral("b"),
                                                 QStringLiteral("or"),    QStringLiteral("c")};
    QTest::newRow("Japanese") << QStringLiteral("トマト・スープ")
                              << QStringList{QStringLiteral("トマト"), QStringLiteral("スーフ")};
    QTest::newRow("half a pair") << QString(QChar(0xd83c)) + QStringLiteral("soup")
                                 << QStringList{QStringLiteral("soup")};
}

void TestSearchWords::cutsIntoWords()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    QCOMPARE(searchWords(text), words);
}

void TestSearchWords::longWordIsCut()
{
    const QStringList words = searchWords(QString(100'000, u'x') + QStringLiteral(" soup"));
    QCOMPARE(words, QStringList({QString(LongestSearchWord, u'x'), QStringLiteral("soup")}));
}

void TestSearchWords::tellsWhereWordsStand()
{
    const QString line = QStringLiteral("600 g Kirschtomaten, Käse");
    QCOMPARE(placesOf({QStringLiteral("tomate")}, line), QList<WordPlace>({{6, 13}}));
    QCOMPARE(placesOf({QStringLiteral("kase"), QStringLiteral("600")}, line),
             QList<WordPlace>({{0, 3}, {21, 4}}));
    QVERIFY(placesOf({QStringLiteral("quince")}, line).isEmpty());
    QVERIFY(placesOf({}, line).isEmpty());
    QVERIFY(placesOf({QStringLiteral("a")}, {}).isEmpty());
}

QTEST_GUILESS_MAIN(TestSearchWords)
#include "tst_searchwords.moc"
