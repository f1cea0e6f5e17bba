// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "timers/Digest.h"
#include "timers/Fold.h"
#include "timers/KitchenClock.h"
#include "timers/OpCodec.h"
#include "timers/TimerBoard.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QTest>

#include <cmath>
#include <random>

using namespace simmer;
using namespace simmer::timers;
using fakes::ManualClock;
using fakes::OpMaker;

namespace {

constexpr qint64 Minute = 60'000;
constexpr qint64 T0 = 1'700'000'000'000;

Start plain(qint64 ms)
{
    return {QStringLiteral("Eggs"), ms, ms, {}};
}

} // namespace

class TestTimers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shownCounts_data();
    void shownCounts();
    void placesNameTheirTimer();
    void opsRoundTrip_data();
    void opsRoundTrip();
    void damagedOpsAreRefused_data();
    void damagedOpsAreRefused();
    void linksDependOnEveryPart();
    void kitchenTimeIgnoresTheWallClock();
    void smallCorrectionsAreSlewed();
    void largeCorrectionsJump();
    void eachWayOfAPingBoundsTheOffset();
    void pingsBeforeTheClockWasSetSayNothing();
    void theOffsetIsWithinItsBounds();
    void digestIsEqualForEqualStates();
    void cuesHaveTheirPlaceOnTheRing();
    void theLastDeedThatCountedIsTold();

private:
    OpMaker m_maker;
};

void TestTimers::shownCounts_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<QString>("shown");
    QTest::newRow("whole") << 5 * Minute << QStringLiteral("5:00");
    QTest::newRow("rounded up") << 5 * Minute - 999 << QStringLiteral("5:00");
    QTest::newRow("a second less") << 5 * Minute - 1000 << QStringLiteral("4:59");
    QTest::newRow("hours") << 72 * Minute + 30'000 << QStringLiteral("1:12:30");
    QTest::newRow("days") << 2 * 24 * 60 * Minute << QStringLiteral("48:00:00");
    QTest::newRow("last instant") << qint64(1) << QStringLiteral("0:01");
    QTest::newRow("end") << qint64(0) << QStringLiteral("+0:00");
    QTest::newRow("overtime") << -12'999LL << QStringLiteral("+0:12");
}

void TestTimers::shownCounts()
{
    QFETCH(qint64, left);
    QFETCH(QString, shown);
    Timer timer;
    timer.totalMs = 10 * Minute;
    timer.endAt = T0 + left;
    QCOMPARE(shownAt(timer, T0), shown);
}

void TestTimers::placesNameTheirTimer()
{
    const Place place{RecipeId::random(), 3, 0};
    QCOMPARE(timerAt(place), timerAt(place));
    QVERIFY(timerAt(place) != timerAt({place.recipe, 3, 1}));
    QVERIFY(timerAt(place) != timerAt({place.recipe, 4, 0}));
    QVERIFY(timerAt(place) != timerAt({RecipeId::random(), 3, 0}));
}

void TestTimers::opsRoundTrip_data()
{
    QTest::addColumn<Op>("op");
    const Place place{RecipeId::random(), 3, 1};
    const QList<Action> actions{
        plain(Minute),
        Start{QStringLiteral("Reis “fein”\n"), Minute, 2 * Minute, place},
        Pause{},
        Resume{},
        Add{-Minute},
        Cancel{},
        Acknowledge{OpId::random()},
        WriteRecipe{QJsonObject{{QLatin1String("title"), QStringLiteral("Soup")}}},
        RemoveRecipe{}};
    for (const Action &action : actions) {
        const Op op = m_maker.make(TimerId::random(), action, T0, {OpId::random()}).op;
        QTest::addRow("action %zu", action.index()) << op;
    }
}

void TestTimers::opsRoundTrip()
{
    QFETCH(Op, op);
    const QByteArray bytes = canonical(op);
    const auto back = opFromBytes(bytes);
    QVERIFY2(back, back ? "" : qPrintable(back.error().context));
    QCOMPARE(*back, op);
    QCOMPARE(canonical(*back), bytes);
}

void TestTimers::damagedOpsAreRefused_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("id") << QStringLiteral("id") << QJsonValue(QStringLiteral("nope"));
    QTest::newRow("type") << QStringLiteral("type") << QJsonValue(QStringLiteral("explode"));
    QTest::newRow("arg") << QStringLiteral("arg") << QJsonValue(3);
    QTest::newRow("at") << QStringLiteral("at") << QJsonValue(9e18);
    QTest::newRow("counter") << QStringLiteral("counter") << QJsonValue(-1);
    QTest::newRow("seen") << QStringLiteral("seen") << QJsonValue(QJsonArray{QStringLiteral("zz")});
    QTest::newRow("cook") << QStringLiteral("cook") << QJsonValue(QString(65, QLatin1Char('a')));
    QTest::newRow("extra") << QStringLiteral("extra") << QJsonValue(1);
}

void TestTimers::damagedOpsAreRefused()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(m_maker.make(TimerId::random(), plain(Minute), T0).op);
    QVERIFY(opFromJson(json));
    json.insert(field, value);
    const auto op = opFromJson(json);
    QVERIFY(!op);
    QCOMPARE(op.error().code, ErrorCode::BadSyntax);
}

void TestTimers::linksDependOnEveryPart()
{
    const QByteArray link = nextLink("previous", "op", T0);
    QCOMPARE(link.size(), 32);
    QVERIFY(link != nextLink("Previous", "op", T0));
    QVERIFY(link != nextLink("previous", "op2", T0));
    QVERIFY(link != nextLink("previous", "op", T0 + 1));
    // Computed apart: printf 'previousop\0\0\x01\x8b\xcf\xe5\x68\x00' | sha256sum
    QCOMPARE(link.toHex(), QCryptographicHash::hash(QByteArray("previousop") +
                                                        QByteArray::fromHex("0000018bcfe56800"),
                                                    QCryptographicHash::Sha256)
                               .toHex());
}

void TestTimers::kitchenTimeIgnoresTheWallClock()
{
    ManualClock clock(T0);
    const KitchenClock kitchen(clock);
    QCOMPARE(kitchen.now(), T0);
    clock.setWall(T0 + 3'600'000);
    QCOMPARE(kitchen.now(), T0);
    clock.advance(1500);
    QCOMPARE(kitchen.now(), T0 + 1500);
}

void TestTimers::smallCorrectionsAreSlewed()
{
    ManualClock clock(T0);
    KitchenClock kitchen(clock);
    kitchen.steer(kitchen.offset() - 400);
    QCOMPARE(kitchen.now(), T0);
    qint64 last = kitchen.now();
    for (int i = 0; i < 100; ++i) {
        clock.advance(100);
        QVERIFY(kitchen.now() >= last); // a shown number never rises by itself
        QVERIFY(std::abs(kitchen.now() - last - 100) <= 6);
        last = kitchen.now();
    }
    QCOMPARE(kitchen.now(), T0 + 10'000 - 400);
}

void TestTimers::largeCorrectionsJump()
{
    ManualClock clock(T0);
    KitchenClock kitchen(clock);
    const qint64 years = 10LL * 365 * 24 * 3'600'000;
    kitchen.steer(kitchen.offset() + years);
    QCOMPARE(kitchen.now(), T0 + years);
}

void TestTimers::eachWayOfAPingBoundsTheOffset()
{
    QVERIFY(!measureOffset({}, 0));
    const ClockSample senseless{500, 1510, 1500, 490};
    QVERIFY(!measureOffset({senseless}, 500));
    const ClockSample quickOut{0, 1010, 1010, 400};    // 610 … 1010
    const ClockSample quickBack{500, 1790, 1790, 800}; // 990 … 1290
    const auto measure = measureOffset({quickOut, senseless, quickBack}, 800);
    QCOMPARE(measure.value().offset, 1000);                  // either alone says 810 and 1140
    QVERIFY(measure->within > 10 && measure->within < 10.1); // and a little for the drift
    const qint64 hour = 60 * Minute;
    const auto later = measureOffset({quickOut, quickBack}, 800 + hour);
    QVERIFY(std::abs(later->within - (10 + DriftRate * hour)) < 0.1);
}

void TestTimers::pingsBeforeTheClockWasSetSayNothing()
{
    const ClockSample before{0, 1000, 1000, 4};
    const ClockSample after{10, 6012, 6012, 14};
    QCOMPARE(measureOffset({before, after}, 14).value().offset, 6000);
    QCOMPARE(measureOffset({before, before, after}, 14).value().offset, 6000);
}

/// Whatever the line does to each ping, and however far the clocks drift in between.
void TestTimers::theOffsetIsWithinItsBounds()
{
    constexpr int Rounds = 1000;
    constexpr int Pings = 16;
    constexpr double Rounding = 1.5; // the stamps are whole milliseconds
    std::mt19937 chance{20261122};
    const auto upTo = [&](double most) {
        return std::uniform_real_distribution<double>(0, most)(chance);
    };
    double furthest = 0;
    for (int round = 0; round < Rounds; ++round) {
        const double drift = (upTo(2) - 1) * DriftRate;
        const auto kitchen = [&](double boot) { return 1e12 + boot * (1 + drift); };
        QList<ClockSample> samples;
        double boot = 0;
        for (int i = 0; i < Pings; ++i) {
            const double sent = boot;
            const double there = sent + 20 + upTo(40);
            boot = there + 20 + upTo(40);
            samples += {qint64(sent), qint64(kitchen(there)), qint64(kitchen(there)), qint64(boot)};
            boot += i < Pings / 2 ? 0 : upTo(30'000);
        }
        const auto measure = measureOffset(samples, qint64(boot));
        QVERIFY(measure);
        const double error = std::abs(double(measure->offset) - (kitchen(boot) - boot));
        QVERIFY2(error <= measure->within + Rounding, qPrintable(QString::number(error)));
        furthest = std::max(furthest, error);
    }
    QVERIFY2(furthest < 20, qPrintable(QString::number(furthest))); // one ping may be 20 off
}

void TestTimers::digestIsEqualForEqualStates()
{
    const StampedOp a = m_maker.make(TimerId::random(), plain(Minute), T0);
    const StampedOp b = m_maker.make(TimerId::random(), plain(Minute), T0);
    TimerBoard one;
    one.put(a);
    one.put(b);
    TimerBoard other;
    other.put(b);
    other.put(a);
    const QHash<RecipeId, QByteArray> soup{{RecipeId::random(), "soup"}};
    QCOMPARE(digest(one.timers(), soup, {}), digest(other.timers(), soup, {}));
    QVERIFY(digest(one.timers(), {}, {}) != digest(one.timers(), soup, {}));
    QVERIFY(digest(one.timers(), {}, soup) != digest(one.timers(), soup, {}));
    other.put(m_maker.make(timerOf(a.op).value(), Add{1000}, T0 + 5, {a.op.id}));
    QVERIFY(digest(one.timers(), soup, {}) != digest(other.timers(), soup, {}));
}

void TestTimers::cuesHaveTheirPlaceOnTheRing()
{
    using Kind = Cue::Kind;
    Timer roast;
    roast.totalMs = 40 * Minute;
    QVERIFY(cueMarks(roast).isEmpty());
    roast.cues = {
        {Kind::Every, 10 * Minute, {}}, {Kind::Halfway, 0, {}}, {Kind::Before, Minute, {}}};
    QCOMPARE(cueMarks(roast), (QList<double>{0.25, 0.5, 0.75, 0.975})); // none at the end itself
    roast.phase = Phase::Paused;
    QCOMPARE(cueMarks(roast).size(), 4);
    roast.cues = {{Kind::Before, 50 * Minute, {}}}; // it was longer once
    QVERIFY(cueMarks(roast).isEmpty());
    roast.cues = {{Kind::Every, Minute, {}}};
    QVERIFY(cueMarks(roast).isEmpty()); // thirty-nine dots tell nothing
    roast.totalMs = 25 * Minute;
    QCOMPARE(cueMarks(roast).size(), MostMarks);
}

void TestTimers::theLastDeedThatCountedIsTold()
{
    OpMaker ben(QStringLiteral("Ben"));
    const TimerId timer = TimerId::random();
    QVERIFY(!lastDeed(timer, {}));
    const StampedOp start = m_maker.make(timer, plain(5 * Minute), T0);
    const StampedOp stop = ben.make(timer, Cancel{}, T0 + Minute, {start.op.id});
    const StampedOp again = m_maker.make(timer, Pause{}, T0 + 2 * Minute, {stop.op.id});
    const auto deed = lastDeed(timer, {start, stop, again}); // what is over cannot pause
    QVERIFY(deed);
    QCOMPARE(deed->op, stop.op.id);
    QCOMPARE(deed->cook, QStringLiteral("Ben"));
}

QTEST_GUILESS_MAIN(TestTimers)
#include "tst_timers.moc"
