// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "fakes/SmallDisk.h"
#include "storage/device/DeviceLog.h"
#include "timers/OpCodec.h"
#include "timerserver/TimerServer.h"
#include "timerserver/TimerWorker.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::timerserver;
using fakes::Heard;
using timers::State;

namespace {

constexpr qint64 Minute = 60'000;

/// A timer server over a real log in a folder of its own, with the storage and timer threads.
struct Kitchen {
    Kitchen(const Clock &clock, const QString &folder)
        : log(new storage::DeviceLog(clock, folder, QStringLiteral("Ana")))
        , logThread(startThread(QStringLiteral("storage"), log))
        , server(std::make_unique<TimerServer>(clock, *log))
    {
    }
    void open()
    {
        QSignalSpy loaded(server.get(), &TimerServer::loaded);
        log->open();
        if (!loaded.wait(PatienceMs))
            qFatal("the log was not read");
    }

    storage::DeviceLog *log;
    OwnedThread logThread;
    std::unique_ptr<TimerServer> server;
};

Press eggs(qint64 ms = 7 * Minute)
{
    return {QStringLiteral("Eggs"), ms, ms, {}};
}

/// How many ops another connection to the device's file finds committed.
int opsOnDisk(const QString &folder)
{
    const QString connection = QStringLiteral("onlooker");
    int ops = -1;
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        file.setDatabaseName(folder + QStringLiteral("/device.db"));
        file.open();
        QSqlQuery query(QStringLiteral("SELECT count(*) FROM ops"), file);
        if (query.next())
            ops = query.value(0).toInt();
    }
    QSqlDatabase::removeDatabase(connection);
    return ops;
}

} // namespace

class TestTimerServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void pressIsDurableBeforeItShows();
    void pressesBeforeTheLogIsReadAreKept();
    void quickPressesOfOneTimerKeepTheirOrder();
    void restartShowsTheSameEnd();
    void wallClockDoesNotMoveATimer();
    void senselessPressesAreRefused();
    void samePressTwiceIsOnce();
    void ticksOnTheSecond();
    void ringsAtTheEndAndOnce();
    void acknowledgeEndsTheRing();
    void whoDidItIsTold();
    void whatEndedDaysAgoIsReadWhenAsked();
    void overdueRingsAtStart();
    void aRingLateByMinutesIsSoft();
    void aRingLateByHoursIsOnlyListed();
    void snoozeRingsAgain();
    void pressesBeforeTheFirstMeetingAreCorrected();
    void clockThatWasAheadRingsAgainInTime();
    void whatAJumpMakesDueWaitsForTheServersWord();
    void pressFailsInWordsWhenTheDiskRefuses();
    void ringThatWasSilencedBeforeItSoundedSoundsWhenThatIsOverruled();
    void fullDiskStopsNoRing();
    void fullDiskAfterARebootStopsNoRing();

private:
    void startEggsAndLeave(const Clock &clock);

    std::unique_ptr<QTemporaryDir> m_folder;
    SystemClock m_clock;
};

void TestTimerServer::pressIsDurableBeforeItShows()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QList<int> onDisk;
    connect(kitchen.server.get(), &TimerServer::timerChanged, this,
            [&] { onDisk += opsOnDisk(m_folder->path()); });
    const TimerId id = kitchen.server->start(eggs());
    QVERIFY(kitchen.server->timers().isEmpty());
    QTRY_COMPARE(onDisk, QList<int>{1});
    QCOMPARE(kitchen.server->timers().value(id).name, QStringLiteral("Eggs"));
}

void TestTimerServer::pressesBeforeTheLogIsReadAreKept()
{
    Kitchen kitchen(m_clock, m_folder->path());
    QSignalSpy changed(kitchen.server.get(), &TimerServer::timerChanged);
    kitchen.server->start(eggs());
    kitchen.open();
    QTRY_COMPARE(changed.size(), 1);
}

void TestTimerServer::quickPressesOfOneTimerKeepTheirOrder()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
    const TimerId id = kitchen.server->start(eggs());
    kitchen.server->add(id, Minute);
    kitchen.server->pause(id);
    kitchen.server->resume(id);
    kitchen.server->add(id, Minute);
    QTRY_COMPARE(kept.size(), 5);
    const timers::Timer timer = kitchen.server->timers().value(id);
    QCOMPARE(timer.phase, timers::Phase::Running);
    QCOMPARE(timer.totalMs, 9 * Minute);
    QCOMPARE(timer.heads.size(), 1); // each had seen the one before
}

void TestTimerServer::restartShowsTheSameEnd()
{
    timers::Timer before;
    {
        Kitchen kitchen(m_clock, m_folder->path());
        kitchen.open();
        const TimerId id = kitchen.server->start(eggs());
        QTRY_VERIFY(kitchen.server->timers().contains(id));
        before = kitchen.server->timers().value(id);
    }
    Kitchen again(m_clock, m_folder->path());
    again.open();
    QCOMPARE(again.server->timers().value(before.id), before);
}

void TestTimerServer::wallClockDoesNotMoveATimer()
{
    fakes::ManualClock clock;
    qint64 leftBefore = 0;
    TimerId id;
    {
        Kitchen kitchen(clock, m_folder->path());
        kitchen.open();
        id = kitchen.server->start(eggs());
        QTRY_VERIFY(kitchen.server->timers().contains(id));
        clock.setWall(clock.wallMs() + 60 * Minute);
        leftBefore = remainingAt(kitchen.server->timers().value(id), kitchen.server->now());
    }
    QCOMPARE(leftBefore, 7 * Minute);
    Kitchen again(clock, m_folder->path()); // the same boot, another wall clock
    again.open();
    QCOMPARE(remainingAt(again.server->timers().value(id), again.server->now()), 7 * Minute);
}

void TestTimerServer::senselessPressesAreRefused()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy failed(kitchen.server.get(), &TimerServer::pressFailed);
    kitchen.server->start(eggs(0));
    kitchen.server->start(eggs(-Minute));
    kitchen.server->start(eggs(timers::LongestTimerMs + 1));
    kitchen.server->pause(TimerId::random());
    QTRY_COMPARE(failed.size(), 4);
    const TimerId id = kitchen.server->start(eggs());
    QTRY_VERIFY(kitchen.server->timers().contains(id));
    kitchen.server->resume(id);
    kitchen.server->acknowledge(id);
    kitchen.server->add(id, 0);
    QTRY_COMPARE(failed.size(), 7);
    kitchen.server->cancel(id);
    kitchen.server->pause(id);
    QTRY_COMPARE(failed.size(), 8);
    QCOMPARE(failed[3][1].value<Error>().code, ErrorCode::NotFound);
    QCOMPARE(failed[7][1].value<Error>().context, QStringLiteral("“Eggs” has ended"));
}

void TestTimerServer::samePressTwiceIsOnce()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
    const TimerId id = kitchen.server->start(eggs());
    const OpId op = OpId::random();
    kitchen.server->add(id, Minute, op);
    kitchen.server->add(id, Minute, op);
    QTRY_COMPARE(kept.size(), 3);
    QCOMPARE(kitchen.server->timers().value(id).totalMs, 8 * Minute);
}

void TestTimerServer::ticksOnTheSecond()
{
    Kitchen kitchen(m_clock, m_folder->path());
    QSignalSpy ticks(kitchen.server.get(), &TimerServer::ticked);
    kitchen.open();
    QTRY_VERIFY_WITH_TIMEOUT(ticks.size() >= 4, 6000);
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        QCOMPARE(ticks[i][0].toLongLong() % 1000, 0);
        if (i > 0)
            QCOMPARE(ticks[i][0].toLongLong() - ticks[i - 1][0].toLongLong(), 1000);
    }
}

void TestTimerServer::ringsAtTheEndAndOnce()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    const TimerId id = kitchen.server->start(eggs(300));
    QTRY_COMPARE(rang.size(), 1);
    const auto timer = rang[0][0].value<timers::Timer>();
    QCOMPARE(timer.id, id);
    QVERIFY(kitchen.server->now() >= timer.endAt);
    QSignalSpy ticks(kitchen.server.get(), &TimerServer::ticked);
    QTRY_VERIFY(ticks.size() >= 2);
    QCOMPARE(rang.size(), 1);
    QCOMPARE(stateAt(timer, kitchen.server->now()), State::Ringing);
}

void TestTimerServer::acknowledgeEndsTheRing()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    const TimerId id = kitchen.server->start(eggs(50));
    QTRY_COMPARE(rang.size(), 1);
    kitchen.server->acknowledge(id);
    QTRY_COMPARE(kitchen.server->timers().value(id).phase, timers::Phase::Done);
}

void TestTimerServer::whoDidItIsTold()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy touched(kitchen.server.get(), &TimerServer::timerTouched);
    QSignalSpy changed(kitchen.server.get(), &TimerServer::timerChanged);
    const TimerId timer = kitchen.server->start(eggs());
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(touched.size(), 1); // before it
    QCOMPARE(touched[0][0].value<TimerId>(), timer);
    QCOMPARE(touched[0][1].toString(), QStringLiteral("Ana"));
    const DeviceId device = changed[0][0].value<timers::Timer>().device;
    QCOMPARE(touched[0][2].value<DeviceId>(), device);
    fakes::OpMaker ben(QStringLiteral("Ben"));
    timers::StampedOp pause = ben.make(timer, timers::Pause{}, kitchen.server->now(),
                                       changed[0][0].value<timers::Timer>().heads);
    Q_EMIT kitchen.log->merged({pause}, {});
    QTRY_COMPARE(touched.size(), 2);
    QCOMPARE(touched[1][1].toString(), QStringLiteral("Ben"));
    QVERIFY(touched[1][2].value<DeviceId>() != device);
}

void TestTimerServer::whatEndedDaysAgoIsReadWhenAsked()
{
    fakes::ManualClock clock(1'700'000'000'000, 5'000'000);
    TimerId timer;
    {
        Kitchen kitchen(clock, m_folder->path());
        kitchen.open();
        timer = kitchen.server->start(eggs());
        QTRY_VERIFY(kitchen.server->timers().contains(timer));
        kitchen.server->cancel(timer);
        QTRY_COMPARE(kitchen.server->timers().value(timer).phase, timers::Phase::Cancelled);
    }
    clock.advance(2 * TimerWorker::RestAfterMs);
    {
        Kitchen kitchen(clock, m_folder->path());
        QSignalSpy touched(kitchen.server.get(), &TimerServer::timerTouched);
        kitchen.open(); // the last time that it is read
        QVERIFY(kitchen.server->timers().contains(timer));
        QTRY_VERIFY(!touched.isEmpty());
        QCOMPARE(touched[0][1].toString(), QStringLiteral("Ana")); // who ended it
    }
    Kitchen kitchen(clock, m_folder->path());
    kitchen.open();
    QVERIFY(!kitchen.server->timers().contains(timer));
    QList<EndedTimer> earlier;
    connect(kitchen.server.get(), &TimerServer::earlierRead, this,
            [&](const QList<EndedTimer> &read) { earlier = read; });
    kitchen.server->readEarlier(10);
    QTRY_COMPARE(earlier.size(), 1);
    QCOMPARE(earlier[0].timer.id, timer);
    QCOMPARE(earlier[0].timer.name, QStringLiteral("Eggs"));
    QCOMPARE(earlier[0].timer.phase, timers::Phase::Cancelled);
    QCOMPARE(earlier[0].cook, QStringLiteral("Ana"));
}

void TestTimerServer::overdueRingsAtStart()
{
    {
        Kitchen kitchen(m_clock, m_folder->path());
        kitchen.open();
        QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
        kitchen.server->start(eggs(50));
        QTRY_COMPARE(rang.size(), 1);
    }
    Kitchen again(m_clock, m_folder->path());
    QSignalSpy rang(again.server.get(), &TimerServer::timerRang);
    again.open();
    QTRY_COMPARE(rang.size(), 1);
}

/// A program that starts eggs and ends before they do.
void TestTimerServer::startEggsAndLeave(const Clock &clock)
{
    Kitchen kitchen(clock, m_folder->path());
    kitchen.open();
    QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
    kitchen.server->start(eggs());
    QTRY_COMPARE(kept.size(), 1);
}

void TestTimerServer::aRingLateByMinutesIsSoft()
{
    fakes::ManualClock clock;
    startEggsAndLeave(clock);
    clock.advance(12 * Minute);               // 5 minutes after the end
    for (int start = 0; start < 2; ++start) { // and the same after a crash
        Kitchen again(clock, m_folder->path());
        QSignalSpy rang(again.server.get(), &TimerServer::timerRang);
        again.open();
        QTRY_COMPARE(rang.size(), 1);
        QCOMPARE(rang[0][1].value<timers::RingKind>(), timers::RingKind::Late);
        clock.advance(2 * 60 * Minute);
    }
}

void TestTimerServer::aRingLateByHoursIsOnlyListed()
{
    fakes::ManualClock clock;
    startEggsAndLeave(clock);
    clock.advance(68 * Minute);
    Kitchen again(clock, m_folder->path());
    QSignalSpy rang(again.server.get(), &TimerServer::timerRang);
    again.open();
    QTRY_COMPARE(rang.size(), 1);
    QCOMPARE(rang[0][1].value<timers::RingKind>(), timers::RingKind::Missed);
}

void TestTimerServer::snoozeRingsAgain()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    const TimerId id = kitchen.server->start(eggs(50));
    QTRY_COMPARE(rang.size(), 1);
    kitchen.server->snooze(id, 100);
    QTRY_COMPARE(rang.size(), 2);
    QVERIFY(kitchen.server->timers().value(id).snoozed);
    QVERIFY(rang[0][0].value<timers::Timer>().ringKey != rang[1][0].value<timers::Timer>().ringKey);
}

/// The wall clock was three hours behind when the eggs went in; the server's clock tells.
void TestTimerServer::pressesBeforeTheFirstMeetingAreCorrected()
{
    fakes::ManualClock clock;
    const qint64 right = clock.wallMs();
    clock.setWall(right - 180 * Minute);
    Kitchen kitchen(clock, m_folder->path());
    kitchen.open();
    QSignalSpy changed(kitchen.server.get(), &TimerServer::timerChanged);
    const TimerId id = kitchen.server->start(eggs());
    QTRY_COMPARE(changed.size(), 1);
    kitchen.log->keepOffset(right - clock.bootMs());
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(kitchen.server->timers().value(id).endAt, right + 7 * Minute);
    QCOMPARE(kitchen.server->now(), right);
    kitchen.log->keepOffset(right - clock.bootMs() + 20); // later measures move no stamp
    QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
    kitchen.server->pause(id);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(kitchen.server->timers().value(id).leftMs, 7 * Minute);
}

/// A device that boots years ahead rings everything; once it knows better it rings in time.
void TestTimerServer::clockThatWasAheadRingsAgainInTime()
{
    fakes::ManualClock clock;
    const qint64 right = clock.wallMs();
    clock.setWall(right + 10'000 * Minute);
    Kitchen kitchen(clock, m_folder->path());
    kitchen.open();
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const auto others = ben.make(TimerId::random(),
                                 timers::Start{QStringLiteral("Rice"), 60'000, 60'000, {}}, right);
    timers::LogEntry entry{1, right, {}, others.op};
    entry.chain = timers::nextLink({}, timers::canonical(others.op), right);
    kitchen.log->merge({entry});
    QTRY_COMPARE(rang.size(), 1); // too early, but nobody here could know
    kitchen.log->keepOffset(right - clock.bootMs());
    QTRY_COMPARE(kitchen.server->now(), right);
    clock.advance(60'000);
    QTRY_COMPARE(rang.size(), 2);
    QCOMPARE(rang[1][1].value<timers::RingKind>(), timers::RingKind::OnTime);
}

/// Kitchen time jumped while this device was away, and so was the one who silenced the eggs.
void TestTimerServer::whatAJumpMakesDueWaitsForTheServersWord()
{
    fakes::ManualClock clock;
    Kitchen kitchen(clock, m_folder->path());
    kitchen.open();
    kitchen.log->join({QUrl(QStringLiteral("ws://kitchen/sync")), KitchenId::random(),
                       QStringLiteral("Kitchen"), QByteArray(32, 't')});
    const qint64 ahead = clock.wallMs() - clock.bootMs();
    kitchen.log->keepOffset(ahead);
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
    Heard appended(kitchen.log, &storage::DeviceLog::appended);
    kitchen.server->start(eggs());
    QTRY_COMPARE(kept.size(), 1);
    QTRY_COMPARE(appended.size(), 1);
    Heard merged(kitchen.log, &storage::DeviceLog::merged); // it is in the server's log
    const timers::StampedOp start = appended.first();
    timers::LogEntry entry{1, start.op.at, {}, start.op};
    entry.chain = timers::nextLink({}, timers::canonical(start.op), entry.kt);
    kitchen.log->merge({entry});
    QTRY_COMPARE(merged.size(), 1);
    // One that waits for the server is corrected by the jump, and announced before anything else.
    kitchen.server->start({QStringLiteral("Rice"), 60 * Minute, 60 * Minute, {}});
    QTRY_COMPARE(appended.size(), 2);
    kitchen.log->keepOffset(ahead + 20 * Minute);
    QTRY_COMPARE(kitchen.server->now(), clock.wallMs() + 20 * Minute);
    kitchen.server->pause(TimerId::random()); // a way there and back, in which it could have rung
    QSignalSpy failed(kitchen.server.get(), &TimerServer::pressFailed);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(rang.isEmpty());
    kitchen.server->settle();
    QTRY_COMPARE(rang.size(), 1);
}

void TestTimerServer::pressFailsInWordsWhenTheDiskRefuses()
{
    Kitchen kitchen(m_clock, QStringLiteral("/proc/simmer")); // nothing can be made there
    Heard openFailed(kitchen.log, &storage::DeviceLog::openFailed);
    kitchen.log->open();
    QTRY_COMPARE(openFailed.size(), 1);
    QCOMPARE(openFailed.first().code, ErrorCode::FileUnreadable);
    Heard failed(kitchen.log, &storage::DeviceLog::appendFailed);
    kitchen.log->append({OpId::random(), TimerId::random().uuid(), timers::Pause{}, {}, {}});
    QTRY_COMPARE(failed.size(), 1);
}

/// Countdowns and rings go on; a press is refused as "disk full", and taken when there is room.
/// Another device's cancel comes while the ring is written into the ledger; then it counts no more.
void TestTimerServer::ringThatWasSilencedBeforeItSoundedSoundsWhenThatIsOverruled()
{
    fakes::ManualClock clock;
    storage::DeviceLog log(clock, m_folder->path(), QStringLiteral("Ana"));
    TimerWorker worker(clock, log); // in one thread: the test says what comes between what
    QSignalSpy loaded(&worker, &TimerWorker::loaded);
    QSignalSpy rang(&worker, &TimerWorker::timerRang);
    Heard noted(&log, &storage::DeviceLog::ringNoted);
    log.open();
    QTRY_COMPARE(loaded.size(), 1);
    fakes::OpMaker bob;
    const TimerId rice = TimerId::random();
    const qint64 begin = clock.wallMs();
    const auto start =
        bob.make(rice, timers::Start{QStringLiteral("Rice"), Minute, Minute, {}, {}, {}}, begin);
    Q_EMIT log.merged({start}, {});
    clock.advance(Minute);
    worker.tick(); // the ring is on its way to the ledger
    const auto cancel = bob.make(rice, timers::Cancel{}, begin + Minute, {start.op.id});
    Q_EMIT log.merged({cancel}, {});
    QTRY_COMPARE(noted.size(), 1);
    QVERIFY(rang.isEmpty());
    Q_EMIT log.parted({cancel});
    QTRY_COMPARE(rang.size(), 1);
}

void TestTimerServer::fullDiskStopsNoRing()
{
    Kitchen kitchen(m_clock, m_folder->path());
    kitchen.open();
    QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
    QSignalSpy failed(kitchen.server.get(), &TimerServer::pressFailed);
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    QSignalSpy ticked(kitchen.server.get(), &TimerServer::ticked);
    const TimerId first = kitchen.server->start(eggs(1500));
    QTRY_COMPARE(kept.size(), 1);
    {
        const fakes::SmallDisk disk(1000);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("a ring is not in the ledger")));
        kitchen.server->start(eggs());
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][1].value<Error>().code, ErrorCode::DiskFull);
        const auto before = ticked.size();
        QTRY_COMPARE(rang.size(), 1);
        QCOMPARE(rang[0][0].value<timers::Timer>().id, first);
        QTRY_VERIFY(ticked.size() > before);
        QCOMPARE(kitchen.server->timers().size(), 1);
    }
    kitchen.server->start(eggs());
    QTRY_COMPARE(kept.size(), 2);
    QCOMPARE(opsOnDisk(m_folder->path()), 2);
}

/// The machine started anew, and its disk has no room for anything: what runs is there and rings.
void TestTimerServer::fullDiskAfterARebootStopsNoRing()
{
    fakes::ManualClock clock;
    {
        Kitchen kitchen(clock, m_folder->path());
        kitchen.open();
        QSignalSpy kept(kitchen.server.get(), &TimerServer::pressKept);
        kitchen.server->start(eggs(60'000));
        QTRY_COMPARE(kept.size(), 1);
    }
    clock.advance(59'000);
    clock.reboot();
    const fakes::SmallDisk disk(1000);
    for (const char *warning : {"kitchen time not kept", "a ring is not in the ledger"})
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(warning)));
    Kitchen kitchen(clock, m_folder->path());
    QSignalSpy rang(kitchen.server.get(), &TimerServer::timerRang);
    kitchen.open();
    QCOMPARE(kitchen.server->timers().size(), 1);
    clock.advance(1000);
    QTRY_COMPARE(rang.size(), 1);
}

QTEST_GUILESS_MAIN(TestTimerServer)
#include "tst_timerserver.moc"
