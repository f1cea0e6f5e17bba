// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/WindUpClock.h"
#include "storage/device/DeviceLog.h"
#include "supervision/Faults.h"
#include "supervision/Guarded.h"
#include "timerserver/CookingSessions.h"
#include "timerserver/TimerServer.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::supervision;
using namespace simmer::timerserver;
using fakes::Heard;
using timers::State;

namespace {

constexpr qint64 Minute = 60'000;

/// A timer server and a sibling of it over a real log, on a clock that the test holds.
struct Kitchen {
    explicit Kitchen(const QString &folder)
        : log(new storage::DeviceLog(clock, folder, QStringLiteral("Ana")))
        , logThread(startThread(QStringLiteral("storage"), log))
        , cooking(clock, *log)
        , server(clock, *log)
        , changed(&server, &TimerServer::timerChanged)
        , gone(&server, &TimerServer::timerGone)
        , rang(&server, &TimerServer::timerRang)
        , checked(&server, &TimerServer::timerChecked)
        , kept(&server, &TimerServer::pressKept)
        , failed(&server, &TimerServer::pressFailed)
        , restarted(&server.thread(), &SupervisedThread::restarted)
        , hung(&server.thread(), &SupervisedThread::hung)
        , logLoaded(log, &storage::DeviceLog::loaded)
        , siblingLoaded(&cooking, &CookingSessions::loaded)
    {
        QSignalSpy loaded(&server, &TimerServer::loaded);
        log->open();
        if (!loaded.wait(PatienceMs))
            qFatal("the log was not read");
    }
    TimerId press(qint64 ms, qint64 checkMs = 0)
    {
        return server.start({QStringLiteral("Eggs"), checkMs ? checkMs : ms, ms, {}});
    }
    /// Time passes until the worker has come upon what was ordered.
    void passUntil(const std::function<bool()> &over)
    {
        for (int second = 0; second < 60 && !over(); ++second) {
            QSignalSpy ticked(&server, &TimerServer::ticked);
            clock.advance(1000);
            if (!QTest::qWaitFor([&] { return over() || !ticked.isEmpty(); }, 2000))
                continue; // it hangs
        }
        QVERIFY(over());
    }
    void crash(const char *where = "tick")
    {
        const qsizetype before = restarted.size();
        faults::order(QStringLiteral("timers"), QString::fromLatin1(where), faults::Kind::Throw);
        passUntil([&] { return restarted.size() > before; });
    }
    /// The worker hangs at a tick, and is found to.
    void hang()
    {
        faults::order(QStringLiteral("timers"), QStringLiteral("tick"), faults::Kind::Hang);
        passUntil([] { return faults::hanging() == 1; });
        for (int second = 0; second < 20 && hung.isEmpty(); ++second)
            clock.advance(1000);
        QCOMPARE(hung.size(), 1);
    }
    /// The present worker has done all that was asked of it before.
    void settle()
    {
        const qsizetype before = failed.size();
        server.pause(TimerId::random());
        QTRY_COMPARE(failed.size(), before + 1);
    }

    fakes::WindUpClock clock;
    storage::DeviceLog *log;
    OwnedThread logThread;
    CookingSessions cooking;
    TimerServer server;
    QSignalSpy changed;
    QSignalSpy gone;
    QSignalSpy rang;
    QSignalSpy checked;
    QSignalSpy kept;
    QSignalSpy failed;
    QSignalSpy restarted;
    QSignalSpy hung;
    Heard<const storage::LoadedLog &> logLoaded;
    QSignalSpy siblingLoaded;
};

} // namespace

/// The timer thread is made to throw and to hang; the face and its user notice nothing.
class TestTimerSupervised : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { faults::clear(); }

    void aCountdownSurvivesACrash();
    void siblingsNeverNotice();
    void aRingGoesOnAndIsNotToldTwice();
    void aCrashAtTheRingLosesNoRing();
    void aCheckIsNotToldTwice();
    void aPressThatMetTheCrashIsKeptOnce_data();
    void aPressThatMetTheCrashIsKeptOnce();
    void pressesKeepTheirOrderAcrossACrash();
    void aPressThatKillsTwiceFails();
    void aCountdownSurvivesAHang();
    void aRingDueDuringAHangIsToldOnce();
    void theHungWorkerWritesNothing();
    void safeModeStillRings();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTimerSupervised::aCountdownSurvivesACrash()
{
    Kitchen kitchen(m_folder->path());
    const TimerId eggs = kitchen.press(7 * Minute);
    QTRY_COMPARE(kitchen.kept.size(), 1);
    const timers::Timer before = kitchen.server.timers().value(eggs);
    kitchen.crash();
    kitchen.settle();
    QCOMPARE(kitchen.server.timers().value(eggs), before);
    QCOMPARE(kitchen.changed.size(), 1); // only its start
    QCOMPARE(kitchen.gone.size(), 0);
    QSignalSpy ticked(&kitchen.server, &TimerServer::ticked);
    kitchen.passUntil([&] { return ticked.size() == 3; });
    kitchen.clock.advance(7 * Minute);
    QTRY_COMPARE(kitchen.rang.size(), 1);
}

void TestTimerSupervised::siblingsNeverNotice()
{
    Kitchen kitchen(m_folder->path());
    QTRY_COMPARE(kitchen.siblingLoaded.size(), 1);
    kitchen.crash();
    kitchen.crash();
    kitchen.settle();
    kitchen.cooking.begin(RecipeId::random());
    QSignalSpy kept(&kitchen.cooking, &CookingSessions::kept);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(kitchen.siblingLoaded.size(), 1);
    QCOMPARE(kitchen.logLoaded.size(), 1);
}

void TestTimerSupervised::aRingGoesOnAndIsNotToldTwice()
{
    Kitchen kitchen(m_folder->path());
    const TimerId eggs = kitchen.press(2000);
    QTRY_COMPARE(kitchen.kept.size(), 1);
    kitchen.passUntil([&] { return kitchen.rang.size() == 1; });
    kitchen.crash();
    kitchen.settle();
    kitchen.crash();
    kitchen.settle();
    QCOMPARE(kitchen.rang.size(), 1);
    QCOMPARE(stateAt(kitchen.server.timers().value(eggs), kitchen.server.now()), State::Ringing);
    kitchen.server.acknowledge(eggs);
    QTRY_COMPARE(kitchen.server.timers().value(eggs).phase, timers::Phase::Done);
}

void TestTimerSupervised::aCrashAtTheRingLosesNoRing()
{
    Kitchen kitchen(m_folder->path());
    const TimerId eggs = kitchen.press(2000);
    kitchen.crash("ring");
    QTRY_COMPARE(kitchen.rang.size(), 1);
    QCOMPARE(kitchen.rang[0][0].value<timers::Timer>().id, eggs);
    kitchen.clock.advance(1000);
    kitchen.settle();
    QCOMPARE(kitchen.rang.size(), 1);
}

void TestTimerSupervised::aCheckIsNotToldTwice()
{
    Kitchen kitchen(m_folder->path());
    kitchen.press(5 * Minute, 2000);
    QTRY_COMPARE(kitchen.kept.size(), 1); // before that it is no timer yet
    kitchen.passUntil([&] { return kitchen.checked.size() == 1; });
    kitchen.clock.advance(1000);
    kitchen.settle();
    kitchen.crash();
    kitchen.settle();
    QCOMPARE(kitchen.checked.size(), 1);
}

void TestTimerSupervised::aPressThatMetTheCrashIsKeptOnce_data()
{
    QTest::addColumn<QString>("where");
    QTest::newRow("before it was an op") << QStringLiteral("wish");
    QTest::newRow("on its way to the disk") << QStringLiteral("asked");
}

void TestTimerSupervised::aPressThatMetTheCrashIsKeptOnce()
{
    QFETCH(QString, where);
    Kitchen kitchen(m_folder->path());
    Heard allRead(kitchen.log, &storage::DeviceLog::allRead);
    faults::order(QStringLiteral("timers"), where, faults::Kind::Throw);
    const TimerId eggs = kitchen.press(7 * Minute);
    QTRY_COMPARE(kitchen.restarted.size(), 1);
    QTRY_COMPARE(kitchen.kept.size(), 1);
    kitchen.settle();
    QCOMPARE(kitchen.kept.size(), 1);
    QVERIFY(kitchen.server.timers().contains(eggs));
    kitchen.log->readAll();
    QTRY_COMPARE(allRead.size(), 1);
    QCOMPARE(allRead.first().size(), 1);
}

void TestTimerSupervised::pressesKeepTheirOrderAcrossACrash()
{
    Kitchen kitchen(m_folder->path());
    faults::order(QStringLiteral("timers"), QStringLiteral("asked"), faults::Kind::Throw);
    const TimerId eggs = kitchen.press(7 * Minute);
    kitchen.server.add(eggs, Minute);
    kitchen.server.pause(eggs);
    kitchen.server.rename(eggs, QStringLiteral("Duck eggs"));
    QTRY_COMPARE(kitchen.kept.size(), 4);
    QCOMPARE(kitchen.failed.size(), 0);
    const timers::Timer timer = kitchen.server.timers().value(eggs);
    QCOMPARE(timer.name, QStringLiteral("Duck eggs"));
    QCOMPARE(timer.totalMs, 8 * Minute);
    QCOMPARE(timer.phase, timers::Phase::Paused);
}

void TestTimerSupervised::aPressThatKillsTwiceFails()
{
    Kitchen kitchen(m_folder->path());
    faults::order(QStringLiteral("timers"), QStringLiteral("wish"), faults::Kind::Throw, 2);
    kitchen.press(7 * Minute);
    QTRY_COMPARE(kitchen.failed.size(), 1);
    QCOMPARE(kitchen.failed[0][1].value<Error>().code, ErrorCode::Crashed);
    QCOMPARE(kitchen.restarted.size(), 2);
    kitchen.press(7 * Minute);
    QTRY_COMPARE(kitchen.kept.size(), 1);
}

void TestTimerSupervised::aCountdownSurvivesAHang()
{
    Kitchen kitchen(m_folder->path());
    const TimerId eggs = kitchen.press(7 * Minute);
    QTRY_COMPARE(kitchen.kept.size(), 1);
    const timers::Timer before = kitchen.server.timers().value(eggs);
    kitchen.hang();
    kitchen.settle();
    QCOMPARE(kitchen.server.timers().value(eggs), before);
    kitchen.clock.advance(7 * Minute);
    QTRY_COMPARE(kitchen.rang.size(), 1);
    QTRY_VERIFY(!kitchen.server.thread().isHaunted()); // the hook lets it go
}

void TestTimerSupervised::aRingDueDuringAHangIsToldOnce()
{
    Kitchen kitchen(m_folder->path());
    const TimerId eggs = kitchen.press(3000);
    QTRY_COMPARE(kitchen.kept.size(), 1);
    kitchen.hang();
    QTRY_COMPARE(kitchen.rang.size(), 1);
    QCOMPARE(kitchen.rang[0][0].value<timers::Timer>().id, eggs);
    kitchen.clock.advance(1000);
    kitchen.settle();
    QCOMPARE(kitchen.rang.size(), 1);
}

void TestTimerSupervised::theHungWorkerWritesNothing()
{
    Kitchen kitchen(m_folder->path());
    Heard allRead(kitchen.log, &storage::DeviceLog::allRead);
    Heard appended(kitchen.log, &storage::DeviceLog::appended);
    faults::order(QStringLiteral("timers"), QStringLiteral("wish"), faults::Kind::Hang);
    const TimerId eggs = kitchen.press(7 * Minute);
    QTRY_COMPARE(faults::hanging(), 1);
    for (int second = 0; second < 20 && kitchen.hung.isEmpty(); ++second)
        kitchen.clock.advance(1000);
    QTRY_COMPARE(kitchen.kept.size(), 1); // by the next one
    QTRY_VERIFY(!kitchen.server.thread().isHaunted());
    kitchen.settle();
    kitchen.log->readAll();
    QTRY_COMPARE(allRead.size(), 1);
    QCOMPARE(allRead.first().size(), 1);
    QCOMPARE(appended.size(), 1);
    QVERIFY(kitchen.server.timers().contains(eggs));
}

void TestTimerSupervised::safeModeStillRings()
{
    Kitchen kitchen(m_folder->path());
    kitchen.press(20'000);
    QTRY_COMPARE(kitchen.kept.size(), 1);
    QSignalSpy cued(&kitchen.server, &TimerServer::timerCued);
    const TimerId soup = kitchen.press(Minute);
    kitchen.server.setCues(soup, {{timers::Cue::Kind::Every, 10'000, QStringLiteral("stir")}});
    QTRY_COMPARE(kitchen.kept.size(), 3);
    for (int crash = 0; crash < 4; ++crash)
        kitchen.crash();
    QCOMPARE(kitchen.server.thread().mode(), Mode::Safe);
    kitchen.passUntil([&] { return kitchen.rang.size() == 1; });
    kitchen.press(Minute);
    QTRY_COMPARE(kitchen.kept.size(), 4);
    QCOMPARE(cued.size(), 0); // it does without
}

int main(int argc, char **argv)
{
    Guarded<QCoreApplication> app(argc, argv);
    TestTimerSupervised test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_timersupervised.moc"
