// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of a text and the numbers made of them, below the grammar of times.
#include "recipes/times/TimeCounts.h"
#include "recipes/times/TimeLanguages.h"

#include <QTest>

using namespace simmer::recipes;

namespace {

using Kind = TimeToken::Kind;

TimeToken only(const QString &text)
{
    const QList<TimeToken> tokens = timeTokens(text);
    return tokens.size() == 1 ? tokens.first() : TimeToken{};
}

std::optional<TimeCount> count(const QString &text, QStringView language = u"en")
{
    const QList<TimeToken> tokens = timeTokens(text);
    return readCount(lexiconFor(tokens, language).terms(tokens), 0);
}

} // namespace

class TimeTokensTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFigures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::newRow("whole") << QStringLiteral("45") << 45.0;
        QTest::newRow("point") << QStringLiteral("1.5") << 1.5;
        QTest::newRow("comma") << QStringLiteral("1,5") << 1.5;
        QTest::newRow("two decimals") << QStringLiteral("1,25") << 1.25;
        QTest::newRow("thousands") << QStringLiteral("1,500") << 1500.0;
        QTest::newRow("no thousands") << QStringLiteral("0,125") << 0.125;
        QTest::newRow("clock") << QStringLiteral("1:30") << 1.5;
        QTest::newRow("slash") << QStringLiteral("3/4") << 0.75;
        QTest::newRow("fraction slash") << QStringLiteral("1⁄2") << 0.5;
        QTest::newRow("more than one") << QStringLiteral("3/2") << 1.5;
        QTest::newRow("vulgar") << QStringLiteral("¾") << 0.75;
        QTest::newRow("mixed") << QStringLiteral("2½") << 2.5;
        QTest::newRow("Arabic") << QStringLiteral("٢٥") << 25.0;
        QTest::newRow("wide") << QStringLiteral("２５") << 25.0;
        QTest::newRow("huge") << QString(500, u'9') << 1e9;
    }
    void readsFigures()
    {
        QFETCH(const QString, text);
        QFETCH(const double, value);
        const TimeToken token = only(text);
        QCOMPARE(token.kind, Kind::Figure);
        QVERIFY(token.usable);
        QCOMPARE(token.value, value);
        QCOMPARE(token.end, text.size());
    }

    void refusesWhatCountsNothing()
    {
        QVERIFY(!only(QStringLiteral("1.2.3")).usable);
        QVERIFY(!only(QStringLiteral("12:30:15")).usable);
        QVERIFY(!only(QStringLiteral("1:75")).usable);
        QVERIFY(!only(QStringLiteral("1:5")).usable);
    }

    void leavesUnusualFractionsApart()
    {
        const QList<TimeToken> tokens = timeTokens(u"10/15");
        QCOMPARE(tokens.size(), 3);
        QCOMPARE(tokens[1].kind, Kind::Slash);
        QCOMPARE(tokens[2].value, 15.0);
    }

    void splitsWordsFromFigures()
    {
        const QList<TimeToken> tokens = timeTokens(u"1h30 V2");
        QCOMPARE(tokens.size(), 5);
        QCOMPARE(tokens[1].folded, QStringLiteral("h"));
        QVERIFY(tokens[2].glued);
        QVERIFY(tokens[3].spaceBefore);
        QVERIFY(tokens[4].glued);
    }

    void splitsElisions()
    {
        const QList<TimeToken> tokens = timeTokens(u"d’heure l'");
        QCOMPARE(tokens.size(), 4);
        QCOMPARE(tokens[0].folded, QStringLiteral("d"));
        QCOMPARE(tokens[1].folded, QStringLiteral("heure"));
        QCOMPARE(tokens[1].start, 2);
        QCOMPARE(tokens[3].folded, QStringLiteral("'"));
    }

    void splitsUnspacedScripts()
    {
        const QList<TimeToken> tokens = timeTokens(u"約10分間");
        QCOMPARE(tokens.size(), 4);
        QCOMPARE(tokens[1].value, 10.0);
        QVERIFY(!tokens[1].glued);
        QCOMPARE(tokens[3].folded, QStringLiteral("間"));
    }

    void knowsAllDashes()
    {
        for (const QChar dash : QStringView(u"-‐‑‒–—―−〜～~"))
            QCOMPARE(only(QString(dash)).kind, Kind::Dash);
    }

    void skipsAllSpaces()
    {
        const QList<TimeToken> tokens = timeTokens(u"5\u00A0\u2009\u202F\u200B\tmin\u00ADutes");
        QCOMPARE(tokens.size(), 2);
        QCOMPARE(tokens[1].folded, QStringLiteral("minutes"));
        QVERIFY(tokens[1].spaceBefore);
    }

    void foldsWords()
    {
        QCOMPARE(foldedWord(u"MINUTEN"), QStringLiteral("minuten"));
        QCOMPARE(foldedWord(u"dreißig"), QStringLiteral("dreissig"));
        QCOMPARE(foldedWord(u"İki"), QStringLiteral("iki"));
        QCOMPARE(foldedWord(u"ｍｉｎ"), QStringLiteral("min"));
        QCOMPARE(foldedWord(u"fu\u0308nf"), QStringLiteral("fünf"));
        QCOMPARE(withoutAccents(QStringLiteral("fünf")), QStringLiteral("funf"));
        QCOMPARE(withoutAccents(QStringLiteral("kırk")), QStringLiteral("kirk"));
        QCOMPARE(withoutAccents(QStringLiteral("półtora")), QStringLiteral("poltora"));
    }

    void readsCounts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::addColumn<double>("value");
        const auto row = [](const char16_t *text, const char *language, double value) {
            QTest::newRow(QString::fromUtf16(text).toUtf8().constData())
                << QString::fromUtf16(text) << QString::fromLatin1(language) << value;
        };
        row(u"1 1/2", "en", 1.5);
        row(u"1-1/2", "en", 1.5);
        row(u"1 ½", "en", 1.5);
        row(u"2 and a half", "en", 2.5);
        row(u"two and a half", "en", 2.5);
        row(u"half an", "en", 0.5);
        row(u"three-quarters", "en", 0.75);
        row(u"twenty-five", "en", 25);
        row(u"ninety nine", "en", 99);
        row(u"one hundred and twenty", "en", 120);
        row(u"a", "en", 1);
        row(u"siebenundneunzig", "de", 97);
        row(u"dreieinhalb", "de", 3.5);
        row(u"quatre-vingt-dix", "fr", 90);
        row(u"vingt et un", "fr", 21);
        row(u"treinta y cinco", "es", 35);
        row(u"quarantacinque", "it", 45);
        row(u"vierentwintig", "nl", 24);
        row(u"tjugofem", "sv", 25);
        row(u"syvogtyve", "da", 27);
        row(u"huszonöt", "hu", 25);
        row(u"dwadzieścia pięć", "pl", 25);
        row(u"тридцать пять", "ru", 35);
        row(u"iki buçuk", "tr", 2.5);
        row(u"二十五", "ja", 25);
    }
    void readsCounts()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, language);
        QFETCH(const double, value);
        const auto read = count(text, language);
        QVERIFY(read.has_value());
        QCOMPARE(read->value, value);
    }

    void readsNoCount()
    {
        QVERIFY(!count(QStringLiteral("minutes")));
        QVERIFY(!count(QStringLiteral("and a half")));
        QVERIFY(!count(QStringLiteral("– 5")));
        QVERIFY(!count(QString()));
    }

    void tellsArticlesFromNumbers()
    {
        QVERIFY(count(QStringLiteral("another"))->article);
        QVERIFY(!count(QStringLiteral("one"))->article);
        QVERIFY(!count(QStringLiteral("a half"))->article);
        QVERIFY(count(QStringLiteral("7"))->figure);
    }
};

QTEST_GUILESS_MAIN(TimeTokensTest)
#include "tst_timetokens.moc"
