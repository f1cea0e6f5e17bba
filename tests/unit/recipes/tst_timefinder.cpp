// SPDX-License-Identifier: GPL-3.0-or-later
// What the finder reads in English, and what it must leave alone.
#include "TimeCases.h"
#include "recipes/times/TimeFinder.h"

#include <QTest>

using namespace simmer::recipes;
using simmer::tests::shownTimes;

namespace {

struct Sentence {
    QStringView text;
    QStringView times;
};

const Sentence found[] = {
    {u"Roast for 45 minutes, then turn.", u"45 minutes = 45m"},
    {u"Simmer 1½ hours.", u"1½ hours = 1h30m"},
    {u"Simmer for 1 1/2 hours more.", u"1 1/2 hours = 1h30m"},
    {u"Braise 1-1/2 hours with the lid on.", u"1-1/2 hours = 1h30m"},
    {u"Rise 1 & 1/2 hours; rest 1 and 1/2 hours.",
     u"1 & 1/2 hours = 1h30m; 1 and 1/2 hours = 1h30m"},
    {u"Cook 1 h 30, covered.", u"1 h 30 = 1h30m"},
    {u"Proof 1h30 in a warm place.", u"1h30 = 1h30m"},
    {u"Roast 2 hr. 15 min. and rest.", u"2 hr. 15 min = 2h15m"},
    {u"Roast 1h 20mins then check.", u"1h 20mins = 1h20m"},
    {u"Bake 20–25 min until set.", u"20–25 min = 20m..25m"},
    {u"Bake 20-25 minutes.", u"20-25 minutes = 20m..25m"},
    {u"Bake 20 - 25 minutes.", u"20 - 25 minutes = 20m..25m"},
    {u"Bake 20 \u2011 25 minutes.", u"20 \u2011 25 minutes = 20m..25m"},
    {u"Bake 20 to 25 minutes.", u"20 to 25 minutes = 20m..25m"},
    {u"Poach between 5 and 7 minutes.", u"5 and 7 minutes = 5m..7m"},
    {u"It takes anywhere between 45 minutes and 1 hour.", u"45 minutes and 1 hour = 45m..1h"},
    {u"Let it stand an hour and a half.", u"an hour and a half = 1h30m"},
    {u"Chill half an hour, or a half hour.", u"half an hour = 30m; a half hour = 30m"},
    {u"A half-hour rest, then one-half hour more.", u"A half-hour = 30m; one-half hour = 30m"},
    {u"Steam two to 3 hours.", u"two to 3 hours = 2h..3h"},
    {u"Fry another minute.", u"another minute = 1m"},
    {u"Stir a minute or two.", u"a minute or two = 1m..2m"},
    {u"Blitz for a second or two.", u"a second or two = 1s..2s"},
    {u"Prove 1 hour 15 minutes.", u"1 hour 15 minutes = 1h15m"},
    {u"Prove 1 hour, 15 minutes.", u"1 hour, 15 minutes = 1h15m"},
    {u"Prove an hour and 15 minutes.", u"an hour and 15 minutes = 1h15m"},
    {u"Sear 30 seconds; cure 2 days.", u"30 seconds = 30s; 2 days = 2d"},
    {u"Give it a 10-minute rest, then a 15 -minute bake.", u"10-minute = 10m; 15 -minute = 15m"},
    {u"Take a 15- to 20-minute break.", u"15- to 20-minute = 15m..20m"},
    {u"A 5-to-10-minute soak is enough.", u"5-to-10-minute = 5m..10m"},
    {u"Boil 5′ and 7′30″.", u"5′ = 5m; 7′30″ = 7m30s"},
    {u"Heat 90 sec on high.", u"90 sec = 1m30s"},
    {u"Bake 45 minutes to 1 hour.", u"45 minutes to 1 hour = 45m..1h"},
    {u"Bake 1 hour 15 minutes to 1 hour 30 minutes.",
     u"1 hour 15 minutes to 1 hour 30 minutes = 1h15m..1h30m"},
    {u"Reduce 1 hour to an hour and a half.", u"1 hour to an hour and a half = 1h..1h30m"},
    {u"Bake 30 sec to 1 min.", u"30 sec to 1 min = 30s..1m"},
    {u"Rest twenty-five minutes.", u"twenty-five minutes = 25m"},
    {u"Rest forty-five to fifty minutes.", u"forty-five to fifty minutes = 45m..50m"},
    {u"Boil two hundred minutes.", u"two hundred minutes = 3h20m"},
    {u"Smoke three quarters of an hour, or a quarter of an hour.",
     u"three quarters of an hour = 45m; a quarter of an hour = 15m"},
    {u"Smoke one and a quarter hours.", u"one and a quarter hours = 1h15m"},
    {u"Smoke two and one-half hours.", u"two and one-half hours = 2h30m"},
    {u"Cook 5 to 10 more minutes.", u"5 to 10 more minutes = 5m..10m"},
    {u"Knead 3 full minutes, then a good 10 minutes.", u"3 full minutes = 3m; 10 minutes = 10m"},
    {u"Leave 10 or so minutes.", u"10 or so minutes = 10m"},
    {u"Leave 10+ minutes.", u"10+ minutes = 10m"},
    {u"Broil 1.5-2 hours.", u"1.5-2 hours = 1h30m..2h"},
    {u"Boil 6 1/2-7 minutes, or 7-7 1/2 minutes.",
     u"6 1/2-7 minutes = 6m30s..7m; 7-7 1/2 minutes = 7m..7m30s"},
    {u"Cook 1:30 hours.", u"1:30 hours = 1h30m"},
    {u"Do it 2 x 10 minutes.", u"10 minutes = 10m"},
    {u"Fry 4 or 5 minutes.", u"4 or 5 minutes = 4m..5m"},
    {u"Fry 4/5 minutes, roast 3/4 hour.", u"4/5 minutes = 4m..5m; 3/4 hour = 45m"},
    {u"Fry 2/3 minutes.", u"2/3 minutes = 2m..3m"},
    {u"Rest ⅓ hour or 1¼ hours.", u"⅓ hour = 20m; 1¼ hours = 1h15m"},
    {u"Cook 0-5 minutes.", u"0-5 minutes = 5m"},
    {u"Bake about 1 hour 20.", u"1 hour 20 = 1h20m"},
    {u"Simmer one to two hours, or an hour to two.",
     u"one to two hours = 1h..2h; an hour to two = 1h..2h"},
    {u"Cook for 1 hour and 10-15 minutes.", u"1 hour and 10-15 minutes = 1h10m..1h15m"},
    {u"Bake 350°F for 10 minutes.", u"10 minutes = 10m"},
    {u"Step 2: 10 minutes per side, 20 minutes/lb.", u"10 minutes = 10m; 20 minutes = 20m"},
    {u"Simmer ten minutes and half the cheese goes in.", u"ten minutes = 10m"},
    {u"Simmer 2 minutes and a half.", u"2 minutes and a half = 2m30s"},
    {u"Bake 1 hour 350°F.", u"1 hour = 1h"},
    {u"Fry 10 minutes. 5 minutes later, turn.", u"10 minutes = 10m; 5 minutes = 5m"},
    {u"Cook 30 minutes, or 1 hour.", u"30 minutes = 30m; 1 hour = 1h"},
    {u"Chill 2 to 3 hours or overnight.", u"2 to 3 hours = 2h..3h"},
    {u"Chill 4 hours or up to 2 days.", u"4 hours = 4h; 2 days = 2d"},
    {u"Use 1,000 minutes or 1.25 hours.", u"1,000 minutes = 16h40m; 1.25 hours = 1h15m"},
    {u"Soak ١٥ minutes, or １５ minutes.", u"١٥ minutes = 15m; １５ minutes = 15m"},
    {u"Boil for 10 minutes.", u"10 minutes = 10m"},
    {u"20 TO 30 MINUTES", u"20 TO 30 MINUTES = 20m..30m"},
};

const Sentence nothing[] = {
    {u"Cook a few minutes, then several minutes more.", u""},
    {u"Chill overnight with day-old bread.", u""},
    {u"Use two-day-old bread or bread that is 2 days old.", u""},
    {u"Fry the minute steak; a minute steak cooks fast.", u""},
    {u"One of our 30-minute meals.", u""},
    {u"Set it on a 24-hour clock.", u""},
    {u"Bottle of 7-up, 350 °F, 180°C, 2 lb.", u""},
    {u"Take a second bowl and another second egg.", u""},
    {u"At 5:30 pm, gas mark 4.", u""},
    {u"Version 1.2.3 minutes of the meeting.", u""},
    {u"0 minutes, 0 seconds.", u""},
    {u"Keep for 100000 hours.", u""},
    {u"Keep 401 days.", u""},
    {u"Day 2: roll out.", u""},
    {u"Boil at minute 50.", u""},
    {u"Stir every minute.", u""},
    {u"½″ thick, a 9\" pan.", u""},
    {u"Use V2 hours.", u""},
    {u"Stir once a day, 3 times a day.", u""},
    {u"Secretary of the minutes, in days.", u""},
};

} // namespace

class TimeFinderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTimes_data() { addRows(found, std::size(found)); }
    void findsTimes()
    {
        QFETCH(const QString, text);
        QTEST(shownTimes(text, QStringLiteral("en")), "times");
    }

    void leavesAlone_data() { addRows(nothing, std::size(nothing)); }
    void leavesAlone()
    {
        QFETCH(const QString, text);
        QTEST(shownTimes(text, QStringLiteral("en")), "times");
    }

    void needsNoHint_data() { addRows(found, std::size(found)); }
    void needsNoHint()
    {
        QFETCH(const QString, text);
        QTEST(shownTimes(text, {}), "times");
    }

    void tellsUtf16Offsets()
    {
        const QString text = QStringLiteral("\U0001F373\U0001F373 fry 5 min");
        const QList<Slot> times = findTimes(text);
        QCOMPARE(times.size(), 1);
        QCOMPARE(times[0].start, 9);
        QCOMPARE(times[0].end, 14);
    }

    void givesPlainSlots()
    {
        const QList<Slot> times = findTimes(QStringLiteral("20–25 min"));
        QCOMPARE(times, QList<Slot>({Slot{0, 9, 1200, 1500, {}}}));
    }

    void keepsWithinFourHundredDays()
    {
        QCOMPARE(findTimes(QStringLiteral("400 days")).size(), 1);
        QCOMPARE(findTimes(QStringLiteral("401 days")).size(), 0);
        QCOMPARE(findTimes(QStringLiteral("1 to 401 days")).size(), 0);
    }

    void findsNothingInNothing()
    {
        QVERIFY(findTimes({}).isEmpty());
        QVERIFY(findTimes(QStringLiteral(" ")).isEmpty());
        QVERIFY(findTimes(QStringLiteral("minutes")).isEmpty());
        QVERIFY(findTimes(QStringLiteral("10")).isEmpty());
    }

private:
    static void addRows(const Sentence *sentences, size_t count)
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("times");
        for (size_t i = 0; i < count; ++i) {
            const QString text = sentences[i].text.toString();
            QTest::newRow(text.toUtf8().constData()) << text << sentences[i].times.toString();
        }
    }
};

QTEST_GUILESS_MAIN(TimeFinderTest)
#include "tst_timefinder.moc"
