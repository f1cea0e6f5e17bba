// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "timers/ServerClock.h"

#include <QTest>

#include <random>

using namespace simmer;
using namespace simmer::timers;
using fakes::ManualClock;

namespace {

constexpr qint64 T0 = 1'795'280'400'000;
constexpr qint64 Minute = 60'000;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
constexpr qint64 Year = 365 * Day;

/// A kitchen that was at T0 − 1 min when its server went down.
ServerClock::Past before(bool civil = true)
{
    return {KeptClock{BootId::random(), 0, T0 - Day, civil}, T0 - Minute};
}

DeviceId device(int n)
{
    return DeviceId(QUuid(uint(n), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}

/// A device that went on with kitchen time; its wall clock is of no use.
ClockClaim wentOn(qint64 kitchenTime)
{
    return {0, ClockClaim::Kitchen{kitchenTime, 10}};
}

} // namespace

/// Where a server's kitchen time comes from, on every way in which its own clock may be wrong.
class TestServerClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTimeServerIsBelieved();
    void sameBootGoesOnWhateverTheWallClockDoes();
    void absurdWallClocksAreNotBelieved_data();
    void absurdWallClocksAreNotBelieved();
    void newKitchenTakesWhatThereIs();
    void devicesThatWentOnCountMost();
    void waitsForMoreDevicesButNotForever();
    void aLoneDeviceIsBounded();
    void liarsBelowHalfDoNotMoveIt();
    void sureServerCannotBeMoved();
    void wallClocksAgreeWhenNobodyWentOn();
    void neverBackBehindTheNewest();
    void kitchenTimeOfItsOwnOutlivesTheTimeServer();
    void lateDeviceIsHeardOnce();
    void smallErrorsAreSlewedUnseen();
    void largeErrorsWaitForTheHub();
    void farAheadNeedsTheDevicesToo();
    void keepsWhatItSays();
    void anyMixOfClaimsIsSafe();

private:
    void unsure(qint64 wall);
    /// Kitchen time − T0.
    static qint64 off(const ServerClock &clock) { return clock.now() - T0; }
    void hear(ServerClock &clock, int who, const std::optional<ClockClaim> &claim)
    {
        clock.hear(device(who), claim, m_clock.bootMs());
    }

    ManualClock m_clock{T0};
};

/// The machine came up with this wall clock, for which nobody vouches.
void TestServerClock::unsure(qint64 wall)
{
    m_clock.reboot();
    m_clock.setWall(wall);
    m_clock.setSynchronised(false);
}

void TestServerClock::aTimeServerIsBelieved()
{
    m_clock.setWall(T0);
    m_clock.setSynchronised(true);
    const ServerClock clock(m_clock, before());
    QCOMPARE(clock.status(), (ClockStatus{ClockSource::TimeServer, true}));
    QCOMPARE(off(clock), 0);
    m_clock.setWall(T0 + 3 * Hour); // a step while it runs
    QCOMPARE(off(clock), 0);
    m_clock.advance(1500);
    QCOMPARE(off(clock), 1500);
}

void TestServerClock::sameBootGoesOnWhateverTheWallClockDoes()
{
    m_clock.setSynchronised(true);
    m_clock.setWall(T0 + 10 * Year);
    const ServerClock::Past past{KeptClock{m_clock.boot(), T0 - m_clock.bootMs(), T0 - Hour, true},
                                 T0 - Minute};
    const ServerClock clock(m_clock, past);
    QCOMPARE(clock.status(), (ClockStatus{ClockSource::Kept, true}));
    QCOMPARE(off(clock), 0);
}

void TestServerClock::absurdWallClocksAreNotBelieved_data()
{
    QTest::addColumn<qint64>("wall");
    QTest::addColumn<bool>("believed");
    QTest::newRow("1970") << qint64(0) << false;
    QTest::newRow("an hour before the newest") << T0 - Hour << false;
    QTest::newRow("as long after as timers run") << T0 + 399 * Day << true;
    QTest::newRow("ten years after") << T0 + 10 * Year << false;
}

void TestServerClock::absurdWallClocksAreNotBelieved()
{
    QFETCH(const qint64, wall);
    QFETCH(const bool, believed);
    m_clock.setWall(wall);
    m_clock.setSynchronised(true);
    ServerClock clock(m_clock, before());
    QCOMPARE(clock.isSettled(), believed);
    if (believed)
        return;
    hear(clock, 1, wentOn(T0));
    QVERIFY(clock.settle(1));
    QCOMPARE(clock.status().source, ClockSource::Devices);
    QVERIFY(std::abs(off(clock)) <= 200);
}

void TestServerClock::newKitchenTakesWhatThereIs()
{
    unsure(T0 + Hour);
    ServerClock clock(m_clock, {});
    QVERIFY(!clock.settle(0)); // nobody is there to ask
    hear(clock, 1, ClockClaim{T0, {}});
    QVERIFY(clock.settle(5)); // no need to wait: there is no time to go on with
    QCOMPARE(clock.status(), (ClockStatus{ClockSource::OwnWall}));
    QCOMPARE(off(clock), Hour);
    unsure(7 * Day); // 1970: the device's clock can only be better
    ServerClock atBirth(m_clock, {});
    hear(atBirth, 1, ClockClaim{T0, {}});
    QVERIFY(atBirth.settle(1));
    QCOMPARE(atBirth.status().source, ClockSource::WallClocks);
    QVERIFY(std::abs(off(atBirth)) <= 200);
}

void TestServerClock::devicesThatWentOnCountMost()
{
    unsure(T0 + 3 * Hour);
    ServerClock clock(m_clock, before());
    QVERIFY(!clock.isSettled());
    hear(clock, 1, wentOn(T0));
    hear(clock, 2, ClockClaim{T0 + 3 * Hour, {}}); // two wall clocks agree with the server's
    hear(clock, 3, ClockClaim{T0 + 3 * Hour, {}});
    QVERIFY(clock.settle(3));
    QCOMPARE(clock.status().source, ClockSource::Devices);
    QVERIFY(std::abs(off(clock)) <= 200);
    QVERIFY(!clock.settle(3)); // once
}

void TestServerClock::waitsForMoreDevicesButNotForever()
{
    unsure(0);
    ServerClock clock(m_clock, before());
    hear(clock, 1, wentOn(T0));
    QVERIFY(!clock.settle(4));
    m_clock.advance(ServerClock::GraceMs - 1);
    QVERIFY(!clock.settle(4));
    m_clock.advance(1);
    QVERIFY(clock.settle(4));
    QVERIFY(std::abs(off(clock) - ServerClock::GraceMs) <= 200);
    ServerClock mute(m_clock, before());
    hear(mute, 1, {}); // a program that says nothing of the time is not kept out
    m_clock.advance(ServerClock::GraceMs);
    QVERIFY(mute.settle(4));
    QCOMPARE(mute.status().source, ClockSource::NewestKnown);
    ServerClock quick(m_clock, before());
    for (int who = 1; who <= 3; ++who)
        hear(quick, who, wentOn(T0));
    QVERIFY(quick.settle(5)); // most of all: the others could not change it
    QCOMPARE(quick.status().agreeing, 3);
    QCOMPARE(quick.status().asked, 3);
}

void TestServerClock::aLoneDeviceIsBounded()
{
    unsure(T0 + Hour);
    ServerClock clock(m_clock, before());
    hear(clock, 1, wentOn(T0 + 2 * ServerClock::LoneMs));
    QVERIFY(clock.settle(1));
    QCOMPARE(clock.status().source, ClockSource::OwnWall);
    ServerClock vague(m_clock, before()); // so unsure of itself that it says nothing
    hear(vague, 1, ClockClaim{0, ClockClaim::Kitchen{T0, Hour}});
    QVERIFY(vague.settle(1));
    QCOMPARE(vague.status().source, ClockSource::OwnWall);
    ServerClock past(m_clock, before()); // before what is in the log
    hear(past, 1, wentOn(T0 - Hour));
    QVERIFY(past.settle(1));
    QCOMPARE(past.status().source, ClockSource::OwnWall);
}

void TestServerClock::liarsBelowHalfDoNotMoveIt()
{
    unsure(0);
    ServerClock clock(m_clock, before());
    hear(clock, 1, wentOn(T0));
    hear(clock, 2, wentOn(T0 + 5 * Hour));
    hear(clock, 3, wentOn(T0 + 30));
    hear(clock, 4, wentOn(T0 + 5 * Hour));
    hear(clock, 5, wentOn(T0 - 20));
    QVERIFY(clock.settle(5));
    QVERIFY(std::abs(off(clock)) <= 200);
    QCOMPARE(clock.status().agreeing, 3);
    QCOMPARE(clock.status().asked, 5);
    ServerClock again(m_clock, before()); // one device that says it often is one device
    hear(again, 1, wentOn(T0));
    hear(again, 3, wentOn(T0));
    for (int i = 0; i < 9; ++i)
        hear(again, 2, wentOn(T0 + 5 * Hour));
    QVERIFY(again.settle(3));
    QVERIFY(std::abs(off(again)) <= 200);
}

void TestServerClock::sureServerCannotBeMoved()
{
    m_clock.setWall(T0);
    m_clock.setSynchronised(true);
    ServerClock clock(m_clock, before());
    for (int who = 1; who <= 9; ++who)
        hear(clock, who, wentOn(T0 + Hour));
    QVERIFY(!clock.settle(9));
    QVERIFY(!clock.reconsider());
    QCOMPARE(off(clock), 0);
}

void TestServerClock::wallClocksAgreeWhenNobodyWentOn()
{
    unsure(T0 - 9 * Year);
    ServerClock clock(m_clock, before());
    hear(clock, 1, ClockClaim{T0 + 300, {}});
    hear(clock, 2, ClockClaim{T0 - 500, {}});
    hear(clock, 3, ClockClaim{T0 + 7 * Day, {}});
    QVERIFY(clock.settle(3));
    QCOMPARE(clock.status().source, ClockSource::WallClocks);
    QCOMPARE(clock.status().agreeing, 2);
    QVERIFY(std::abs(off(clock)) <= 500);
}

void TestServerClock::neverBackBehindTheNewest()
{
    unsure(0);
    ServerClock clock(m_clock, before());
    hear(clock, 1, ClockClaim{0, {}});
    QVERIFY(clock.settle(1));
    QCOMPARE(clock.status(), (ClockStatus{ClockSource::NewestKnown}));
    QCOMPARE(clock.now(), T0 - Minute + m_clock.bootMs());
    m_clock.setSynchronised(true); // a time server that is a second behind what was written
    m_clock.setWall(T0 - Minute - 800);
    const ServerClock close(m_clock, before());
    QCOMPARE(close.status().source, ClockSource::TimeServer);
    QCOMPARE(close.now(), T0 - Minute);
}

/// The kitchen had a time of its own, in which countdowns may still run.
void TestServerClock::kitchenTimeOfItsOwnOutlivesTheTimeServer()
{
    m_clock.setWall(T0 + 3 * Day);
    m_clock.setSynchronised(true);
    ServerClock clock(m_clock, before(false));
    QVERIFY(!clock.isSettled());
    hear(clock, 1, wentOn(T0));
    QVERIFY(clock.settle(1));
    QVERIFY(std::abs(off(clock)) <= 200);
    ServerClock alone(m_clock, before(false));
    hear(alone, 1, ClockClaim{0, {}}); // nobody went on with it
    QVERIFY(alone.settle(1));
    QCOMPARE(alone.status(), (ClockStatus{ClockSource::TimeServer, true}));
    QCOMPARE(off(alone), 3 * Day);
}

void TestServerClock::lateDeviceIsHeardOnce()
{
    unsure(T0 + 3 * Hour);
    ServerClock clock(m_clock, before());
    hear(clock, 1, ClockClaim{T0, {}});
    QVERIFY(clock.settle(1));
    QCOMPARE(clock.status().source, ClockSource::OwnWall);
    hear(clock, 1, wentOn(clock.now())); // it comes back with what it was told
    QVERIFY(!clock.reconsider());
    hear(clock, 2, wentOn(T0));
    QVERIFY(clock.reconsider());
    QVERIFY(std::abs(off(clock)) <= 200);
    hear(clock, 3, wentOn(T0 + Hour));
    QVERIFY(!clock.reconsider());
    QVERIFY(std::abs(off(clock)) <= 200);
}

void TestServerClock::smallErrorsAreSlewedUnseen()
{
    m_clock.setWall(T0);
    m_clock.setSynchronised(true);
    ServerClock clock(m_clock, before());
    m_clock.setWall(T0 - 700); // a leap second, or a better time server
    qint64 last = clock.now();
    for (int i = 0; i < 100; ++i) {
        m_clock.advance(ServerClock::LookEveryMs);
        QVERIFY(!clock.looksFarBehind());
        const qint64 passed = clock.now() - last;
        QVERIFY(std::abs(passed - ServerClock::LookEveryMs) <= 30); // devices slew up to 1 s
        last = clock.now();
    }
    QVERIFY(std::abs(clock.now() - m_clock.wallMs()) <= 20);
    m_clock.setSynchronised(false);
    m_clock.setWall(m_clock.wallMs() + 500); // by hand: nobody follows
    const qint64 ahead = clock.now() - m_clock.bootMs();
    m_clock.advance(Hour);
    QVERIFY(!clock.looksFarBehind());
    m_clock.advance(1000);
    QCOMPARE(clock.now() - m_clock.bootMs(), ahead);
}

void TestServerClock::largeErrorsWaitForTheHub()
{
    unsure(T0 - Hour);
    ServerClock clock(m_clock, before());
    hear(clock, 1, ClockClaim{0, {}});
    QVERIFY(clock.settle(1));
    const qint64 ahead = clock.now() - m_clock.bootMs();
    m_clock.setWall(T0 + 2 * Hour);
    m_clock.setSynchronised(true);
    QVERIFY(!clock.looksFarBehind()); // not so often
    m_clock.advance(ServerClock::LookEveryMs);
    QVERIFY(clock.looksFarBehind());
    QCOMPARE(clock.now() - m_clock.bootMs(), ahead); // asking moves nothing
    clock.catchUp();
    QCOMPARE(clock.now(), m_clock.wallMs());
    QVERIFY(clock.status().civil);
    m_clock.setWall(T0 - 9 * Hour); // back it never goes
    m_clock.advance(ServerClock::LookEveryMs);
    QVERIFY(!clock.looksFarBehind());
    QVERIFY(!clock.status().civil);
    const qint64 now = clock.now();
    clock.catchUp();
    QCOMPARE(clock.now(), now);
}

void TestServerClock::farAheadNeedsTheDevicesToo()
{
    unsure(T0);
    ServerClock clock(m_clock, before());
    hear(clock, 1, ClockClaim{T0 + 8 * Year, {}});
    QVERIFY(clock.settle(1));
    QCOMPARE(clock.status().source, ClockSource::OwnWall);
    m_clock.setSynchronised(true);
    m_clock.setWall(T0 + 9 * Year);
    m_clock.advance(ServerClock::LookEveryMs);
    QVERIFY(!clock.looksFarBehind());
    hear(clock, 1, ClockClaim{m_clock.wallMs(), {}});
    m_clock.advance(ServerClock::LookEveryMs);
    QVERIFY(clock.looksFarBehind());
}

void TestServerClock::keepsWhatItSays()
{
    unsure(T0);
    ServerClock clock(m_clock, before());
    QVERIFY(!clock.unkept()); // it does not know yet
    hear(clock, 1, wentOn(T0));
    QVERIFY(clock.settle(1));
    const auto kept = clock.unkept();
    QVERIFY(kept);
    QCOMPARE(kept->boot, m_clock.boot());
    QCOMPARE(kept->keptAt, clock.now());
    QCOMPARE(clock.unkept(), kept); // until the disk has it
    clock.markKept(*kept);
    QVERIFY(!clock.unkept());
    m_clock.setWall(T0 + 3 * Hour);
    const ServerClock restarted(m_clock, {*kept, T0});
    QCOMPARE(restarted.now(), clock.now());
    QVERIFY(!restarted.unkept());
}

/// Whatever is claimed: it settles, never before the newest kitchen time, never more than the
/// wildest bound after it.
void TestServerClock::anyMixOfClaimsIsSafe()
{
    std::mt19937_64 dice(15); // NOLINT(bugprone-random-generator-seed): the same on every run
    const QList<qint64> extremes{
        -8'640'000'000'000'000, -1, 0, 1, T0 - Year, T0, T0 + Hour, T0 + 401 * Day,
        8'640'000'000'000'000};
    const auto any = [&] { return extremes[qsizetype(dice() % quint64(extremes.size()))]; };
    for (int round = 0; round < 3000; ++round) {
        unsure(any());
        m_clock.setSynchronised(round % 3 == 0);
        ServerClock clock(m_clock, before(round % 2 == 0));
        const int devices = 1 + int(dice() % 5);
        for (int who = 0; who < devices; ++who) {
            ClockClaim claim{any(), {}};
            if (dice() % 2 == 0)
                claim.kitchen = ClockClaim::Kitchen{any(), qint64(dice() % 70'000)};
            hear(clock, who, claim);
        }
        m_clock.advance(ServerClock::GraceMs);
        clock.settle(devices);
        QVERIFY(clock.isSettled());
        QVERIFY(clock.now() >= T0 - Minute);
        const bool bounded = clock.status().source != ClockSource::WallClocks;
        if (bounded)
            QVERIFY(clock.now() <= T0 + ServerClock::BelievableMs + Hour);
        else
            QVERIFY(clock.status().agreeing * 2 > clock.status().asked);
    }
}

QTEST_GUILESS_MAIN(TestServerClock)
#include "tst_serverclock.moc"
