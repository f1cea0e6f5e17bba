// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/WindUpClock.h"
#include "syncserver/house/DiskThread.h"
#include "syncserver/house/HeldWords.h"

#include <QSemaphore>
#include <QStringList>
#include <QTest>

using namespace simmer;
using namespace simmer::syncserver;

namespace {

constexpr std::chrono::seconds Long(20);
constexpr std::chrono::milliseconds Short(20);
constexpr int LongMs = 20'000;

/// A disk that takes as long as the test wants.
struct SlowDisk {
    QSemaphore began;
    QSemaphore mayEnd;
    std::atomic<int> syncs = 0;
    std::atomic<qint64> reached = 0;
    std::atomic<int> failures = 0;
    bool isBroken = false;

    DiskThread::Steps steps()
    {
        return {[this]() -> Outcome {
                    began.release();
                    mayEnd.acquire();
                    ++syncs;
                    return isBroken ? Outcome(Error{ErrorCode::DiskFull, {}, {}}) : done();
                },
                [this](qint64 writes) { reached = writes; },
                [this](const Error &error) { failures += error.code == ErrorCode::DiskFull; }};
    }
    bool hasBegun() { return began.tryAcquire(1, LongMs); }
};

} // namespace

/// The thread that waits for the disk, and what is not said before it did.
class TestDiskThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSaidBeforeTheDiskHasIt();
    void whatComesLaterDoesNotOvertake();
    void whatTellsNothingOfTheFileIsSaidAtOnce();
    void whoIsCutSaysNothing();

    void oneSyncServesAllThatWasWrittenBefore();
    void whatIsWrittenMeanwhileIsTheNextOnes();
    void theEndSyncsWhatIsWanted();
    void aDiskThatFailedReachesNothing();
    void whatIsThrownIsAFailure();
    void whoHangsIsSeenAndNotWaitedFor();
};

void TestDiskThread::nothingIsSaidBeforeTheDiskHasIt()
{
    QStringList said;
    HeldWords words;
    words.say(0, [&] { said += QStringLiteral("of the empty file"); });
    QCOMPARE(said.size(), 1);
    words.say(3, [&] { said += QStringLiteral("of the third write"); });
    words.say(4, [&] { said += QStringLiteral("of the fourth"); });
    words.reached(2);
    QCOMPARE(said.size(), 1);
    words.reached(3);
    QCOMPARE(said.constLast(), QStringLiteral("of the third write"));
    QCOMPARE(said.size(), 2);
    words.reached(9);
    QCOMPARE(said.constLast(), QStringLiteral("of the fourth"));
    words.say(9, [&] { said += QStringLiteral("of what is there"); });
    QCOMPARE(said.size(), 4);
}

void TestDiskThread::whatComesLaterDoesNotOvertake()
{
    QStringList said;
    HeldWords words;
    words.say(2, [&] { said += QStringLiteral("first"); });
    words.say(0, [&] { said += QStringLiteral("second"); });
    words.reached(1);
    QCOMPARE(said, QStringList());
    words.reached(2);
    QCOMPARE(said, QStringList({QStringLiteral("first"), QStringLiteral("second")}));
}

void TestDiskThread::whatTellsNothingOfTheFileIsSaidAtOnce()
{
    int said = 0;
    HeldWords words;
    words.say(1, [&] { said += 10; });
    words.sayNow([&] { ++said; });
    QCOMPARE(said, 1);
}

void TestDiskThread::whoIsCutSaysNothing()
{
    int said = 0;
    HeldWords words;
    words.say(1, [&] { ++said; });
    words.cut();
    words.reached(1);
    words.say(0, [&] { ++said; });
    words.sayNow([&] { ++said; });
    QCOMPARE(said, 0);
}

void TestDiskThread::oneSyncServesAllThatWasWrittenBefore()
{
    fakes::WindUpClock clock;
    SlowDisk disk;
    DiskThread thread(clock);
    thread.want(1);
    thread.want(5);
    thread.want(2); // it is among them
    thread.start(disk.steps());
    disk.mayEnd.release();
    QVERIFY(thread.finish(Long));
    QCOMPARE(disk.reached, 5);
    QCOMPARE(disk.syncs, 1);
}

void TestDiskThread::whatIsWrittenMeanwhileIsTheNextOnes()
{
    fakes::WindUpClock clock;
    SlowDisk disk;
    DiskThread thread(clock);
    thread.start(disk.steps());
    thread.want(1);
    QVERIFY(disk.hasBegun());
    thread.want(2); // too late for the sync that is under way
    disk.mayEnd.release();
    QVERIFY(disk.hasBegun());
    QCOMPARE(disk.reached, 1);
    QVERIFY(!thread.finish(Short));
    disk.mayEnd.release();
    QVERIFY(thread.finish(Long));
    QCOMPARE(disk.reached, 2);
}

void TestDiskThread::theEndSyncsWhatIsWanted()
{
    fakes::WindUpClock clock;
    SlowDisk disk;
    disk.mayEnd.release();
    DiskThread thread(clock);
    QVERIFY(thread.isOver());
    thread.start(disk.steps());
    thread.want(7);
    thread.join();
    QCOMPARE(disk.reached, 7);
    QVERIFY(thread.isOver());
}

void TestDiskThread::aDiskThatFailedReachesNothing()
{
    fakes::WindUpClock clock;
    SlowDisk disk;
    disk.isBroken = true;
    disk.mayEnd.release(2); // a second time it would say that all is well
    DiskThread thread(clock);
    thread.start(disk.steps());
    thread.want(1);
    QVERIFY(!thread.finish(Long));
    thread.want(2);
    QVERIFY(!thread.finish(Long));
    thread.join();
    QCOMPARE(disk.syncs, 1);
    QCOMPARE(disk.failures, 1);
    QCOMPARE(disk.reached, 0);
}

void TestDiskThread::whatIsThrownIsAFailure()
{
    fakes::WindUpClock clock;
    QString why;
    DiskThread thread(clock);
    thread.start({[]() -> Outcome { throw std::runtime_error("no disk"); }, [](qint64) {},
                  [&](const Error &error) { why = error.context; }});
    thread.want(1);
    QVERIFY(!thread.finish(Long));
    thread.join();
    QVERIFY(why.contains(QStringLiteral("no disk")));
}

void TestDiskThread::whoHangsIsSeenAndNotWaitedFor()
{
    fakes::WindUpClock clock;
    SlowDisk disk;
    auto thread = std::make_unique<DiskThread>(clock);
    thread->start(disk.steps());
    QVERIFY(!thread->syncs().now());
    thread->want(1);
    QVERIFY(disk.hasBegun());
    QVERIFY(thread->syncs().now());
    thread->abandon();
    QVERIFY(!thread->isOver());
    disk.mayEnd.release(); // it comes back
    QTRY_VERIFY(thread->isOver());
    QCOMPARE(disk.syncs, 1);
    QCOMPARE(disk.reached, 0); // and says nothing
    thread.reset();
}

QTEST_GUILESS_MAIN(TestDiskThread)
#include "tst_diskthread.moc"
