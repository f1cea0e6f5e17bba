// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"

#include <QSignalSpy>

using namespace simmer;
using namespace simmer::tests;
using protocol::ByeReason;
using timers::ClockSource;

namespace {

constexpr qint64 Hour = 3'600'000;
constexpr qint64 Year = 365 * 24 * Hour;
constexpr qint64 CloseMs = 200; // what a hello may take on its way

} // namespace

/// A server whose machine comes back with a wrong clock, and what its devices see of that.
class TestUnsure : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock.setWall(1'795'280'400'000);
        m_clock.setSynchronised(true);
        startFresh();
    }
    void cleanup() { stopServer(); }

    void restartKeepsTimeWhateverTheWallClockDoes();
    void rebootGoesOnWithTheTimeOfItsDevice();
    void firstDeviceWaitsForTheSecond();
    void opsAreStampedByTheAgreedTime();
    void strangersHaveNoSay();
    void lateDeviceCorrectsTheTime();
    void lateDeviceIsTooLateAfterAPress();
    void sureServerIsNotMoved();

private:
    /// The machine starts anew with this wall clock, for which nobody vouches.
    void reboot(qint64 wall);
    void restart();
    /// Says hello, which the server hears before this returns.
    void greet(WireDevice &device);
    qint64 kitchenTime(WireDevice &device);
    timers::ClockClaim wentOn(qint64 now) const { return {0, timers::ClockClaim::Kitchen{now, 5}}; }

    QList<timers::ClockStatus> m_judged;
};

void TestUnsure::restart()
{
    m_judged.clear();
    startServer();
    connect(m_server.get(), &syncserver::SyncServer::clockJudged, this,
            [this](const timers::ClockStatus &status) { m_judged += status; });
    QTRY_VERIFY(!m_judged.isEmpty());
}

void TestUnsure::reboot(qint64 wall)
{
    stopServer();
    m_clock.reboot();
    m_clock.setWall(wall);
    m_clock.setSynchronised(false);
    restart();
}

void TestUnsure::greet(WireDevice &device)
{
    device.socket().abort();
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.hello();
    WireDevice stranger; // what is sent later is heard later
    stranger.token = QByteArray(32, 'x');
    stranger.connectTo(m_url);
    QTRY_VERIFY(stranger.isOpen());
    stranger.hello();
    QTRY_COMPARE(stranger.bye(), ByeReason::UnknownDevice);
}

qint64 TestUnsure::kitchenTime(WireDevice &device)
{
    device.forget();
    device.say(protocol::Ping{1});
    [&] { QTRY_VERIFY(device.heard<protocol::Pong>()); }();
    const auto pong = device.heard<protocol::Pong>();
    return pong ? pong->received : 0;
}

void TestUnsure::restartKeepsTimeWhateverTheWallClockDoes()
{
    WireDevice device;
    join(device);
    const qint64 before = kitchenTime(device);
    stopServer();
    m_clock.advance(5000);
    m_clock.setWall(now() - 3 * Hour);
    restart();
    QCOMPARE(m_judged.constLast().source, ClockSource::Kept);
    reconnect(device);
    QCOMPARE(kitchenTime(device), before + 5000);
}

void TestUnsure::rebootGoesOnWithTheTimeOfItsDevice()
{
    WireDevice device;
    join(device);
    pushed(device);
    const qint64 before = kitchenTime(device);
    reboot(now() - 10 * Year);
    QCOMPARE(m_judged.constLast().source, ClockSource::Nothing);
    device.clock = wentOn(before + 20'000);
    reconnect(device); // the only one of its kitchen: nobody to wait for
    QVERIFY(std::abs(kitchenTime(device) - before - 20'000) <= CloseMs);
    QTRY_COMPARE(m_judged.constLast().source, ClockSource::Devices);
    QCOMPARE(m_judged.constLast().agreeing, 1);
    m_clock.setWall(before + 3 * Hour); // and steps and restarts do not move that either
    stopServer();
    restart();
    reconnect(device);
    QVERIFY(std::abs(kitchenTime(device) - before - 20'000) <= CloseMs);
}

void TestUnsure::firstDeviceWaitsForTheSecond()
{
    WireDevice ana;
    WireDevice ben;
    WireDevice third;
    join(ana);
    join(ben);
    join(third);
    pushed(ana);
    const qint64 before = kitchenTime(ana);
    reboot(now() + Hour);
    ana.clock = timers::ClockClaim{now(), {}}; // was off too, and agrees with the server
    greet(ana);
    ben.clock = wentOn(before + 20'000);
    greet(ben);
    QVERIFY(!ana.heard<protocol::Welcome>());
    m_clock.advance(timers::ServerClock::GraceMs); // the third one is away
    QTRY_VERIFY(ana.heard<protocol::Welcome>() && ben.heard<protocol::Welcome>());
    const qint64 expected = before + 20'000 + timers::ServerClock::GraceMs;
    QVERIFY(std::abs(kitchenTime(ana) - expected) <= CloseMs);
    QVERIFY(ana.faults.isEmpty() && ben.faults.isEmpty());
}

void TestUnsure::opsAreStampedByTheAgreedTime()
{
    WireDevice device;
    join(device);
    pushed(device);
    const qint64 before = kitchenTime(device);
    reboot(now() - 10 * Year);
    device.clock = wentOn(before + 20'000);
    reconnect(device);
    device.say(protocol::Push{{device.op(timers::Pause{}, before + Year)}}); // from the future
    QTRY_COMPARE(device.log.size(), 2);
    QVERIFY(std::abs(device.log[1].kt - before - 20'000) <= CloseMs + 50);
}

void TestUnsure::strangersHaveNoSay()
{
    WireDevice device;
    WireDevice second;
    join(device);
    join(second);
    pushed(device);
    const qint64 before = kitchenTime(device);
    reboot(now() - 10 * Year);
    std::vector<std::unique_ptr<WireDevice>> strangers;
    for (int i = 0; i < 5; ++i) {
        strangers.push_back(std::make_unique<WireDevice>());
        strangers.back()->token = QByteArray(32, 'x');
        strangers.back()->clock = wentOn(before + 5 * Hour);
        greet(*strangers.back());
        QTRY_COMPARE(strangers.back()->bye(), ByeReason::UnknownDevice);
    }
    device.clock = wentOn(before + 20'000);
    second.clock = wentOn(before + 20'000);
    greet(second);
    reconnect(device);
    QVERIFY(std::abs(kitchenTime(device) - before - 20'000) <= CloseMs);
    QCOMPARE(m_judged.constLast().asked, 2);
}

void TestUnsure::lateDeviceCorrectsTheTime()
{
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    pushed(ana);
    const qint64 before = kitchenTime(ana);
    reboot(now() + 5 * Hour);
    ana.clock = timers::ClockClaim{now(), {}};
    greet(ana);
    m_clock.advance(timers::ServerClock::GraceMs);
    QTRY_VERIFY(ana.heard<protocol::Welcome>());
    QVERIFY(kitchenTime(ana) > before + 4 * Hour);
    ben.clock = wentOn(before + 30'000);
    reconnect(ben);
    QVERIFY(std::abs(kitchenTime(ben) - before - 30'000) <= CloseMs);
    QTRY_COMPARE(ana.bye(), ByeReason::Closing); // to measure anew
}

void TestUnsure::lateDeviceIsTooLateAfterAPress()
{
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    pushed(ana);
    const qint64 before = kitchenTime(ana);
    reboot(now() + 5 * Hour);
    ana.clock = timers::ClockClaim{now(), {}};
    greet(ana);
    m_clock.advance(timers::ServerClock::GraceMs);
    QTRY_VERIFY(ana.heard<protocol::Welcome>());
    pushed(ana); // a countdown may run in this time now
    ben.clock = wentOn(before + 30'000);
    reconnect(ben);
    QVERIFY(kitchenTime(ben) > before + 4 * Hour);
    QVERIFY(ana.isOpen());
}

void TestUnsure::sureServerIsNotMoved()
{
    WireDevice device;
    device.clock = wentOn(now() + 5 * Hour);
    join(device);
    QCOMPARE(kitchenTime(device), now());
    reconnect(device);
    QCOMPARE(kitchenTime(device), now());
}

QTEST_GUILESS_MAIN(TestUnsure)
#include "tst_unsure.moc"
