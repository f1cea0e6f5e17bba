// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "models/LiveTimers.h"

#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;

timerserver::Press eggs(qint64 shortest = 7 * Minute, qint64 longest = 7 * Minute)
{
    return {QStringLiteral("Eggs"), shortest, longest, {}};
}

} // namespace

/// The window's view of the timers, over a real timer server and real storage.
class TestUiLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void startIsPendingThenRuns();
    void toggleDoesTheObviousThing();
    void toggleWaitsForThePressBefore();
    void stopOfARunningTimerCanBeUndone();
    void undoKeepsTheCheckOfARange();
    void stopOfARingAcknowledges();
    void acknowledgeAllSilencesEverything();
    void ringShowsAtOnceAndNotBefore();
    void ringWhileAwakeIsNotLate();
    void ringAfterSleepIsLate();
    void lateEndsWhenTimeIsAdded();
    void failuresOfOthersAreNotOurs();
    void passHoldsOnlyWhatLives();
    void countsOnlyForWhoSees();

private:
    TimerId start(const timerserver::Press &press);
    TimerFace faceOf(const TimerId &timer) const;

    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<LiveTimers> m_timers;
};

void TestUiLive::init()
{
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    m_timers = std::make_unique<LiveTimers>(m_kitchen->server());
}

void TestUiLive::cleanup()
{
    m_timers.reset();
    m_kitchen.reset();
}

TimerId TestUiLive::start(const timerserver::Press &press)
{
    QSignalSpy changed(m_timers.get(), &LiveTimers::changed);
    m_timers->start(press);
    const TimerId timer = changed.constFirst()[0].value<TimerId>();
    if (!QTest::qWaitFor([&] { return m_timers->find(timer) && !m_timers->isPending(timer); },
                         PatienceMs))
        qFatal("the press was not kept");
    return timer;
}

TimerFace TestUiLive::faceOf(const TimerId &timer) const
{
    const auto known = m_timers->find(timer);
    return known ? m_timers->faceOf(*known) : TimerFace();
}

void TestUiLive::startIsPendingThenRuns()
{
    m_kitchen->open();
    QSignalSpy changed(m_timers.get(), &LiveTimers::changed);
    m_timers->start(eggs());
    QCOMPARE(changed.size(), 1);
    const TimerId timer = changed[0][0].value<TimerId>();
    QVERIFY(m_timers->isPending(timer));
    QVERIFY(!m_timers->find(timer));
    QTRY_VERIFY(!m_timers->isPending(timer));
    QCOMPARE(faceOf(timer).look, Look::Running);
    QCOMPARE(faceOf(timer).count, QStringLiteral("7:00"));
}

void TestUiLive::toggleDoesTheObviousThing()
{
    m_kitchen->open();
    const TimerId timer = start(eggs());
    m_timers->toggle(timer);
    QTRY_COMPARE(faceOf(timer).look, Look::Paused);
    QTRY_VERIFY(!m_timers->isPending(timer));
    m_timers->toggle(timer);
    QTRY_COMPARE(faceOf(timer).look, Look::Running);
    m_kitchen->pass(7 * Minute);
    QTRY_COMPARE(faceOf(timer).look, Look::Ringing);
    QTRY_VERIFY(!m_timers->isPending(timer));
    m_timers->toggle(timer);
    QTRY_COMPARE(faceOf(timer).look, Look::Done);
}

void TestUiLive::toggleWaitsForThePressBefore()
{
    m_kitchen->open();
    const TimerId timer = start(eggs());
    QSignalSpy failed(m_timers.get(), &LiveTimers::failed);
    m_timers->toggle(timer);
    m_timers->toggle(timer); // tapped twice by mistake: one pause
    QTRY_VERIFY(!m_timers->isPending(timer));
    QCOMPARE(faceOf(timer).look, Look::Paused);
    QVERIFY(failed.isEmpty());
}

void TestUiLive::stopOfARunningTimerCanBeUndone()
{
    m_kitchen->open();
    const TimerId timer = start(eggs());
    m_kitchen->pass(2 * Minute);
    QSignalSpy stopped(m_timers.get(), &LiveTimers::stopped);
    m_timers->stop(timer);
    QCOMPARE(stopped.size(), 1);
    const auto asItWas = stopped[0][0].value<timers::Timer>();
    QCOMPARE(asItWas.leftMs, 5 * Minute);
    QTRY_VERIFY(m_timers->onPass().isEmpty());
    m_timers->undoStop(asItWas);
    QTRY_COMPARE(m_timers->onPass().size(), 1);
    QCOMPARE(m_timers->faceOf(m_timers->onPass().constFirst()).count, QStringLiteral("5:00"));
    QCOMPARE(m_timers->onPass().constFirst().name, QStringLiteral("Eggs"));
}

void TestUiLive::undoKeepsTheCheckOfARange()
{
    m_kitchen->open();
    const TimerId timer = start(eggs(5 * Minute, 7 * Minute));
    m_kitchen->pass(Minute);
    QSignalSpy stopped(m_timers.get(), &LiveTimers::stopped);
    m_timers->stop(timer);
    m_timers->undoStop(stopped[0][0].value<timers::Timer>());
    QTRY_COMPARE(m_timers->onPass().size(), 1);
    QTRY_COMPARE(m_timers->onPass().constFirst().checkLeadMs, 2 * Minute);
    QTRY_COMPARE(m_timers->faceOf(m_timers->onPass().constFirst()).count, QStringLiteral("4:00"));
}

void TestUiLive::stopOfARingAcknowledges()
{
    m_kitchen->open();
    const TimerId timer = start(eggs(Second, Second));
    m_kitchen->pass(2 * Second);
    QTRY_COMPARE(m_timers->ringing().size(), 1);
    QSignalSpy stopped(m_timers.get(), &LiveTimers::stopped);
    m_timers->stop(timer);
    QTRY_COMPARE(faceOf(timer).look, Look::Done);
    QVERIFY(stopped.isEmpty()); // nothing to undo: it had rung
    m_timers->stop(timer);
    QVERIFY(!m_timers->isPending(timer));
}

void TestUiLive::acknowledgeAllSilencesEverything()
{
    m_kitchen->open();
    start(eggs(Second, Second));
    start(eggs(2 * Second, 2 * Second));
    const TimerId later = start(eggs());
    m_kitchen->pass(3 * Second);
    QTRY_COMPARE(m_timers->ringing().size(), 2);
    m_timers->acknowledgeAll();
    QTRY_VERIFY(m_timers->ringing().isEmpty());
    QCOMPARE(faceOf(later).look, Look::Running);
}

void TestUiLive::ringShowsAtOnceAndNotBefore()
{
    m_kitchen->open();
    m_kitchen->clock().advance(300);
    const TimerId timer = start(eggs(5 * Second, 5 * Second));
    m_kitchen->pass(4 * Second);
    QCOMPARE(faceOf(timer).look, Look::Running);
    QCOMPARE(faceOf(timer).count, QStringLiteral("0:02")); // shown second: 4, end: 5.3
    QSignalSpy rang(&m_kitchen->server(), &timerserver::TimerServer::timerRang);
    m_kitchen->clock().advance(1000);
    QTRY_COMPARE(rang.size(), 1);
    // The last tick was before the end, but the ring does not wait for the next.
    QCOMPARE(faceOf(timer).look, Look::Ringing);
    QCOMPARE(faceOf(timer).count, QStringLiteral("+0:00"));
}

void TestUiLive::ringWhileAwakeIsNotLate()
{
    m_kitchen->open();
    const TimerId timer = start(eggs(Second, Second));
    m_kitchen->pass(2 * Second);
    m_kitchen->pass(Second);
    m_kitchen->pass(19 * Second); // rings on, unanswered
    QCOMPARE(faceOf(timer).look, Look::Ringing);
    QCOMPARE(faceOf(timer).count, QStringLiteral("+0:21"));
}

void TestUiLive::ringAfterSleepIsLate()
{
    m_kitchen->open();
    const TimerId timer = start(eggs(Minute, Minute));
    m_kitchen->pass(20 * Minute); // one tick only: the device slept
    QTRY_COMPARE(faceOf(timer).look, Look::Late);
    QCOMPARE(faceOf(timer).overdueMs, 19 * Minute);
    QCOMPARE(m_timers->ringing().size(), 1);
}

void TestUiLive::lateEndsWhenTimeIsAdded()
{
    m_kitchen->open();
    const TimerId timer = start(eggs(Minute, Minute));
    m_kitchen->pass(20 * Minute);
    QTRY_VERIFY(m_timers->isLate(timer));
    m_timers->add(timer, 5 * Minute);
    QTRY_COMPARE(faceOf(timer).look, Look::Running);
    QVERIFY(!m_timers->isLate(timer));
    QCOMPARE(faceOf(timer).count, QStringLiteral("5:00"));
}

void TestUiLive::failuresOfOthersAreNotOurs()
{
    m_kitchen->open();
    QSignalSpy failed(m_timers.get(), &LiveTimers::failed);
    QSignalSpy serverFailed(&m_kitchen->server(), &timerserver::TimerServer::pressFailed);
    m_kitchen->server().pause(TimerId::random()); // as the program's own socket might ask
    QTRY_COMPARE(serverFailed.size(), 1);
    QVERIFY(failed.isEmpty());
    m_timers->pause(TimerId::random());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::NotFound);
}

void TestUiLive::passHoldsOnlyWhatLives()
{
    fakes::OpMaker ana;
    const TimerId old = m_kitchen->started(ana, QStringLiteral("Old"), Minute, Minute, 60 * Minute);
    m_kitchen->acknowledged(ana, old, 58 * Minute);
    const TimerId rests =
        m_kitchen->started(ana, QStringLiteral("Rests"), Minute, Minute, 30 * Second);
    m_kitchen->paused(ana, rests, 10 * Second);
    m_kitchen->started(ana, QStringLiteral("Runs"), 9 * Minute, 9 * Minute, Minute);
    m_kitchen->open();
    const QList<timers::Timer> pass = m_timers->onPass();
    QCOMPARE(pass.size(), 2);
    QCOMPARE(pass[0].name, QStringLiteral("Runs"));
    QCOMPARE(pass[1].name, QStringLiteral("Rests"));
    QCOMPARE(m_timers->faceOf(pass[1]).count, QStringLiteral("0:40"));
    QCOMPARE(faceOf(old).look, Look::Done);
}

void TestUiLive::countsOnlyForWhoSees()
{
    m_kitchen->open();
    QSignalSpy ticked(m_timers.get(), &LiveTimers::ticked);
    QSignalSpy counted(m_timers.get(), &LiveTimers::counted);
    m_kitchen->pass(Second);
    QCOMPARE(counted.size(), ticked.size()); // no window was named
    QWidget window;
    m_timers->countFor(window);
    counted.clear();
    ticked.clear();
    m_kitchen->pass(Second);
    QCOMPARE(ticked.size(), 1);
    QCOMPARE(counted.size(), 0);
    window.show(); // and is told what it missed
    QCOMPARE(counted.size(), 1);
    QCOMPARE(counted[0][0].toLongLong(), m_timers->now());
    m_kitchen->pass(Second);
    QCOMPARE(counted.size(), 2);
    window.showMinimized();
    m_kitchen->pass(Second);
    QCOMPARE(counted.size(), 2);
    window.showNormal();
    QCOMPARE(counted.size(), 3);
    QCOMPARE(ticked.size(), 3);
}

QTEST_MAIN(TestUiLive)
#include "tst_ui_live.moc"
