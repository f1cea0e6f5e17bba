// SPDX-License-Identifier: GPL-3.0-or-later
// Text that nobody wrote for a cook: long, repetitive, broken. Anything worse than linear in its
// length would not end within the test's time limit.
#include "recipes/times/TimeFinder.h"

#include <QRandomGenerator>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <atomic>

using namespace simmer::recipes;

namespace {

constexpr qsizetype LongText = 1024 * 1024;
constexpr qsizetype ShortText = 16 * 1024;

QString repeated(QStringView part, qsizetype length)
{
    return part.toString().repeated(length / part.size());
}

/// What a careless grammar reads again and again.
const QStringView repetitions[] = {u"9",        u"1 to ",      u"1-",      u"one and a half ",
                                   u"1/2 ",     u"1/",         u"1.",      u"1,",
                                   u"1:",       u"1 hour ",    u"1h",      u"twenty-",
                                   u"a",        u"\u0301",     u"半",      u"между ",
                                   u"between ", u"half an ",   u"1 more ", u"an ",
                                   u"hundred ", u"\U0001F373", u" ",       u"''",
                                   u"minute ",  u"минут ",     u"1 or ",   u"½",
                                   u"\u200B",   u"hour and "};

/// What holds for every text: slots in order, apart, inside, and with a sane length of time.
bool isSane(const QString &text, const QList<Slot> &times)
{
    int end = 0;
    return std::all_of(times.begin(), times.end(), [&](const Slot &time) {
        const bool placed = time.start >= end && time.end > time.start && time.end <= text.size();
        end = time.end;
        return placed && time.shortestSeconds > 0 && time.shortestSeconds <= time.longestSeconds &&
               time.longestSeconds <= 400LL * 24 * 3600;
    });
}

/// Words that the grammar knows, thrown together.
QString gibberish(QRandomGenerator &random)
{
    static const QStringView words[] = {
        u"1",         u"2",       u"30",      u"½",          u"1/2",  u"2/3",    u"a",
        u"an",        u"half",    u"and",     u"to",         u"or",   u"-",      u"–",
        u"hour",      u"minute",  u"min.",    u"second",     u"more", u"h",      u"m",
        u"′",         u"″",       u",",       u".",          u"old",  u"twenty", u"five",
        u"between",   u"of",      u"/",       u"°C",         u"'",    u"und",    u"heure",
        u"demie",     u"半",      u"時間",    u"分",         u"до",   u"минут",  u"0",
        u"999999999", u"hundred", u"quarter", u"\U0001F373", u"x"};
    QString text;
    for (int i = random.bounded(60); i > 0; --i) {
        text += words[random.bounded(int(std::size(words)))];
        if (random.bounded(3) > 0)
            text += u' ';
    }
    return text;
}

} // namespace

class HostileTimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsInTime_data()
    {
        QTest::addColumn<QString>("text");
        for (const QStringView part : repetitions)
            QTest::newRow(part.toUtf8().constData()) << repeated(part, LongText);
    }
    void endsInTime()
    {
        QFETCH(const QString, text);
        QVERIFY(isSane(text, findTimes(text)));
    }

    void findsTheNeedle_data()
    {
        QTest::addColumn<QString>("text");
        for (const QStringView part : repetitions)
            QTest::newRow(part.toUtf8().constData()) << repeated(part, ShortText);
    }
    void findsTheNeedle()
    {
        QFETCH(QString, text);
        text += QStringLiteral(" ; bake for 45 minutes.");
        const QList<Slot> times = findTimes(text, QStringLiteral("en"));
        QVERIFY(!times.isEmpty());
        QCOMPARE(times.last().shortestSeconds, 45 * 60);
    }

    void survivesEndlessNumbers()
    {
        for (const int digits : {20, 309, 400, 5000}) {
            const QString number(digits, u'9');
            QVERIFY(findTimes(number + QStringLiteral(" seconds")).isEmpty());
            QVERIFY(findTimes(number + QStringLiteral("/2 hours")).isEmpty());
            QVERIFY(
                findTimes(QStringLiteral("1 to ") + number + QStringLiteral(" days")).isEmpty());
            const QString zeros(digits, u'0');
            QCOMPARE(findTimes(zeros + QStringLiteral("5 min")).first().longestSeconds, 300);
            QVERIFY(findTimes(QStringLiteral("0.") + zeros + QStringLiteral("1 h")).isEmpty());
        }
    }

    void isSaneForGibberish()
    {
        QRandomGenerator random(20);
        for (int round = 0; round < 20000; ++round) {
            const QString text = gibberish(random);
            QVERIFY2(isSane(text, findTimes(text)), qPrintable(text));
        }
    }

    void isSaneForBrokenUtf16()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 2000; ++round) {
            QString text;
            for (int i = 0; i < 40; ++i)
                text += random.bounded(2) ? QChar(ushort(random.bounded(0x10000)))
                                          : QStringLiteral("1 min ").at(random.bounded(6));
            QVERIFY(isSane(text, findTimes(text)));
        }
    }

    void answersAllThreadsAlike()
    {
        const QString text =
            QStringLiteral("Bake 20–25 min, rest an hour and a half, chill 2 days.");
        const QList<Slot> expected = findTimes(text);
        std::atomic<int> alike = 0;
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        for (int job = 0; job < 200; ++job)
            pool.start([&] { alike += findTimes(text) == expected ? 1 : 0; });
        QVERIFY(pool.waitForDone(60000));
        QCOMPARE(alike.load(), 200);
    }
};

QTEST_GUILESS_MAIN(HostileTimesTest)
#include "tst_timefinder_hostile.moc"
