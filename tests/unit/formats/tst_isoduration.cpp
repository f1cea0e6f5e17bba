// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Durations.h"
#include "recipes/formats/Fields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer::recipes::formats;

namespace {
constexpr double Nothing = -1;
}

class TestIsoDuration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsIso_data();
    void readsIso();
    void readsMinutes_data();
    void readsMinutes();
    void sumsParts();
    void keepsPrimaryTags_data();
    void keepsPrimaryTags();
    void wordsYields_data();
    void wordsYields();
    void knowsWebAddresses();
};

void TestIsoDuration::readsIso_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("seconds");
    QTest::newRow("minutes") << u"PT90M"_s << 5400.0;
    QTest::newRow("hours and minutes") << u"PT1H30M"_s << 5400.0;
    QTest::newRow("with zero days") << u"P0DT0H35M"_s << 2100.0;
    QTest::newRow("with zero seconds") << u"PT1H30M0S"_s << 5400.0;
    QTest::newRow("seconds") << u"PT45S"_s << 45.0;
    QTest::newRow("day") << u"P1D"_s << 86400.0;
    QTest::newRow("day and hours") << u"P1DT2H"_s << 93600.0;
    QTest::newRow("week") << u"P1W"_s << 604800.0;
    QTest::newRow("fraction of an hour") << u"PT1.5H"_s << 5400.0;
    QTest::newRow("fraction with a comma") << u"PT0,5H"_s << 1800.0;
    QTest::newRow("lower case") << u"pt20m"_s << 1200.0;
    QTest::newRow("with spaces") << u"PT 20 M"_s << 1200.0;
    QTest::newRow("zero") << u"PT0M"_s << 0.0;
    QTest::newRow("over an hour in minutes") << u"PT125M"_s << 7500.0;
    QTest::newRow("more minutes than an hour has") << u"PT1H75M"_s << 8100.0;
    QTest::newRow("nothing said") << u"PT"_s << Nothing;
    QTest::newRow("only P") << u"P"_s << Nothing;
    QTest::newRow("empty") << QString() << Nothing;
    QTest::newRow("not a number") << u"PTundefinedM"_s << Nothing;
    QTest::newRow("dangling T") << u"20M"_s << Nothing;
    QTest::newRow("years vary") << u"P1Y"_s << Nothing;
    QTest::newRow("negative") << u"-PT20M"_s << Nothing;
    QTest::newRow("wrong order") << u"PT20M1H"_s << Nothing;
    QTest::newRow("over 400 days") << u"P401D"_s << Nothing;
    QTest::newRow("exactly 400 days") << u"P400D"_s << 400.0 * 86400;
    QTest::newRow("absurd") << u"PT999999999999H"_s << Nothing;
    QTest::newRow("too many digits") << u"PT"_s + QString(5000, u'9') + u"H"_s << Nothing;
}

void TestIsoDuration::readsIso()
{
    QFETCH(QString, text);
    QFETCH(double, seconds);
    QCOMPARE(isoSeconds(text).value_or(Nothing), seconds);
}

void TestIsoDuration::readsMinutes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("minutes");
    QTest::newRow("iso") << u"PT1H30M"_s << 90;
    QTest::newRow("iso rounds up") << u"PT90S"_s << 2;
    QTest::newRow("iso with blanks around") << u" PT15M\n"_s << 15;
    QTest::newRow("bare number") << u"30"_s << 30;
    QTest::newRow("bare fraction") << u"12.5"_s << 13;
    QTest::newRow("words") << u"30 minutes"_s << 30;
    QTest::newRow("words with a range") << u"20-25 minutes"_s << 25;
    QTest::newRow("hours in words") << u"2 hours"_s << 120;
    QTest::newRow("hours and minutes in words") << u"1 hour 30 minutes"_s << 90;
    QTest::newRow("short") << u"1h30"_s << 90;
    QTest::newRow("short with units") << u"1h30m"_s << 90;
    QTest::newRow("short with spaces") << u"1 h 5 min"_s << 65;
    QTest::newRow("short hours") << u"2h"_s << 120;
    QTest::newRow("short minutes") << u"45 min"_s << 45;
    QTest::newRow("zero") << u"PT0M"_s << 0;
    QTest::newRow("no time") << u"a while"_s << -1;
    QTest::newRow("empty") << QString() << -1;
    QTest::newRow("a date") << u"2012/10/10"_s << -1;
    QTest::newRow("broken iso") << u"PTundefinedM"_s << -1;
    QTest::newRow("over 400 days") << u"9999999"_s << -1;
}

void TestIsoDuration::readsMinutes()
{
    QFETCH(QString, text);
    QFETCH(int, minutes);
    QCOMPARE(minutesIn(text, u"en"_s).value_or(-1), minutes);
}

void TestIsoDuration::sumsParts()
{
    constexpr int Most = 400 * 24 * 60;
    QCOMPARE(totalOf(10, 20), std::optional(30));
    QCOMPARE(totalOf(10, {}), std::optional(10));
    QCOMPARE(totalOf({}, 20), std::optional(20));
    QVERIFY(!totalOf({}, {}));
    QCOMPARE(totalOf(Most, 0), std::optional(Most));
    QVERIFY(!totalOf(Most, 1));
}

void TestIsoDuration::keepsPrimaryTags_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("primary");
    QTest::newRow("plain") << u"en"_s << u"en"_s;
    QTest::newRow("region") << u"en-US"_s << u"en"_s;
    QTest::newRow("underscore") << u"es_VE"_s << u"es"_s;
    QTest::newRow("upper case") << u"DE-AT"_s << u"de"_s;
    QTest::newRow("three letters") << u"gsw-CH"_s << u"gsw"_s;
    QTest::newRow("script") << u"zh-Hant-TW"_s << u"zh"_s;
    QTest::newRow("a name") << u"English"_s << QString();
    QTest::newRow("digits") << u"12"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestIsoDuration::keepsPrimaryTags()
{
    QFETCH(QString, tag);
    QFETCH(QString, primary);
    QCOMPARE(primaryTag(tag), primary);
}

void TestIsoDuration::wordsYields_data()
{
    QTest::addColumn<QString>("yield");
    QTest::addColumn<QString>("words");
    QTest::newRow("number") << u"6"_s << u"6 servings"_s;
    QTest::newRow("one") << u"1"_s << u"1 serving"_s;
    QTest::newRow("range") << u"4-6"_s << u"4-6 servings"_s;
    QTest::newRow("words stay") << u"12 cookies"_s << u"12 cookies"_s;
    QTest::newRow("words in any script") << u"4人分"_s << u"4人分"_s;
    QTest::newRow("program's number") << u"4.0"_s << u"4 servings"_s;
    QTest::newRow("program's number in words") << u"Serves 4.0"_s << u"Serves 4"_s;
    QTest::newRow("real fraction stays") << u"4.05 l"_s << u"4.05 l"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestIsoDuration::wordsYields()
{
    QFETCH(QString, yield);
    QFETCH(QString, words);
    QCOMPARE(yieldInWords(yield), words);
}

void TestIsoDuration::knowsWebAddresses()
{
    QVERIFY(isWebAddress(u"https://example.org/soup"_s));
    QVERIFY(isWebAddress(u"http://example.org"_s));
    QVERIFY(!isWebAddress(u"javascript:alert(1)"_s));
    QVERIFY(!isWebAddress(u"/soup"_s));
    QVERIFY(!isWebAddress(u"file:///etc/passwd"_s));
    QVERIFY(hasLetters(u"4 人"_s));
    QVERIFY(!hasLetters(u"4-6"_s));
}

QTEST_GUILESS_MAIN(TestIsoDuration)
#include "tst_isoduration.moc"
