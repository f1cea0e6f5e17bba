// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/WindUpClock.h"
#include "syncserver/house/CrashBook.h"
#include "syncserver/house/Doings.h"
#include "syncserver/house/KitchenThread.h"

#include <QSemaphore>
#include <QTest>

using namespace simmer;
using namespace simmer::syncserver;
using supervision::Fence;

namespace {

constexpr std::chrono::seconds Long(20);
constexpr std::chrono::milliseconds Short(20);

} // namespace

/// The thread of all kitchens, and how it is watched and left behind.
class TestKitchenThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRoundSettlesOnce();
    void endsAfterWhatWasPosted();
    void whoHangsIsNotWaitedFor();

    void tasksAreShownNested();
    void theUseOfTheFileIsNoTask();
    void whoUsesTheFileIsNotShutOut();
    void whoIsShutOutDoesNotUseTheFile();

    void theBookForgetsWhoIsWell();
    void aCopyOfTheBookIsOfItsOwn();
};

void TestKitchenThread::aRoundSettlesOnce()
{
    QStringList done;
    QSemaphore posted;
    KitchenThread thread;
    thread.start({[&] { done += QStringLiteral("begin"); },
                  [&] { done += QStringLiteral("settle"); },
                  [&] { done += QStringLiteral("end"); }});
    thread.post([&] { posted.acquire(); });
    thread.post([&] { done += QStringLiteral("first"); });
    thread.post([&] { done += QStringLiteral("second"); });
    posted.release();
    QVERIFY(thread.finish(Long));
    QCOMPARE(done.constFirst(), QStringLiteral("begin"));
    QCOMPARE(done.constLast(), QStringLiteral("settle"));
    QVERIFY(done.indexOf(QStringLiteral("second")) == done.indexOf(QStringLiteral("first")) + 1);
    QVERIFY(!done.contains(QStringLiteral("end")));
    thread.join();
    QCOMPARE(done.constLast(), QStringLiteral("end"));
}

void TestKitchenThread::endsAfterWhatWasPosted()
{
    int done = 0;
    {
        KitchenThread thread;
        thread.start({[] {}, [] {}, [&] { done *= 10; }});
        for (int i = 0; i < 7; ++i)
            thread.post([&] { ++done; });
    }
    QCOMPARE(done, 70);
}

void TestKitchenThread::whoHangsIsNotWaitedFor()
{
    struct Shared {
        QSemaphore hangs;
        QSemaphore goesOn;
        QSemaphore ended;
        std::atomic<int> after = 0;
    };
    const auto shared = std::make_shared<Shared>();
    auto thread = std::make_unique<KitchenThread>();
    thread->start({[] {}, [shared] { ++shared->after; }, [shared] { shared->ended.release(); }});
    thread->post([shared] {
        shared->hangs.release();
        shared->goesOn.acquire();
    });
    shared->hangs.acquire();
    thread->post([shared] { ++shared->after; });
    QVERIFY(!thread->finish(Short));
    thread->abandon();
    thread->post([shared] { ++shared->after; });
    thread.reset(); // returns
    QCOMPARE(shared->ended.available(), 0);
    shared->goesOn.release(); // it comes back
    QVERIFY(shared->ended.tryAcquire(1, int(std::chrono::milliseconds(Long).count())));
    QCOMPARE(shared->after, 0); // and does nothing more
}

void TestKitchenThread::tasksAreShownNested()
{
    fakes::WindUpClock clock;
    Doings doings(clock, std::make_shared<Fence>(Fence::Report()));
    const KitchenId inner = KitchenId::random();
    QVERIFY(!doings.tasks().now());
    {
        const Doings::Task stranger(doings, {});
        QVERIFY(doings.tasks().now()->key.isNull());
        clock.advance(1000);
        {
            const Doings::Task kitchen(doings, inner);
            QCOMPARE(doings.tasks().now()->key, inner.uuid());
            QCOMPARE(doings.tasks().now()->sinceMs, clock.awakeMs());
        }
        QVERIFY(doings.tasks().now()->key.isNull());
    }
    QVERIFY(!doings.tasks().now());
}

void TestKitchenThread::theUseOfTheFileIsNoTask()
{
    fakes::WindUpClock clock;
    Doings doings(clock, std::make_shared<Fence>(Fence::Report()));
    const Doings::Task task(doings, KitchenId::random());
    QVERIFY(doings.enter());
    QVERIFY(doings.enter()); // a statement in a transaction
    QVERIFY(!doings.tasks().now());
    QVERIFY(doings.uses().now());
    const qint64 since = doings.uses().now()->sinceMs;
    clock.advance(30'000);
    doings.leave();
    QVERIFY(!doings.tasks().now());
    QCOMPARE(doings.uses().now()->sinceMs, since);
    doings.leave();
    QVERIFY(!doings.uses().now());
    QCOMPARE(doings.tasks().now()->sinceMs, clock.awakeMs()); // the wait does not count
}

void TestKitchenThread::whoUsesTheFileIsNotShutOut()
{
    fakes::WindUpClock clock;
    const auto fence = std::make_shared<Fence>(Fence::Report());
    Doings doings(clock, fence);
    QSemaphore uses;
    QSemaphore goesOn;
    std::thread user([&] {
        if (doings.enter()) {
            uses.release();
            goesOn.acquire();
            doings.leave();
            uses.release();
        }
    });
    uses.acquire();
    QVERIFY(!doings.shutOut());
    QVERIFY(!fence->isDown());
    goesOn.release();
    uses.acquire();
    QVERIFY(doings.shutOut());
    QVERIFY(fence->isDown());
    user.join();
}

void TestKitchenThread::whoIsShutOutDoesNotUseTheFile()
{
    fakes::WindUpClock clock;
    Doings doings(clock, std::make_shared<Fence>(Fence::Report()));
    QVERIFY(doings.shutOut());
    QVERIFY(!doings.enter());
    QVERIFY(!doings.enter());
    QVERIFY(!doings.uses().now());
}

void TestKitchenThread::theBookForgetsWhoIsWell()
{
    using supervision::Mode;
    CrashBook book;
    const KitchenId ana = KitchenId::random();
    const KitchenId ben = KitchenId::random();
    CrashBook::Record crashed;
    crashed.crashedAt = 7;
    book.note(ana, crashed);
    book.note(ben, CrashBook::Record()); // never crashed
    QCOMPARE(book.records().keys(), QList<KitchenId>{ana});
    QCOMPARE(book.records().value(ana).crashedAt, 7);
    QCOMPARE(book.counts(), WorkerCounts());
    crashed.mode = Mode::Safe;
    book.note(ana, crashed);
    QCOMPARE(book.counts(), (WorkerCounts{0, 1, 0, 0}));
    book.note(ana, std::nullopt);
    QVERIFY(book.records().isEmpty());
}

void TestKitchenThread::aCopyOfTheBookIsOfItsOwn()
{
    CrashBook book;
    book.noteRestart();
    book.noteLive(5);
    const auto copy = book.copy();
    book.noteRestart();
    copy->noteHang();
    QCOMPARE(copy->counts(), (WorkerCounts{0, 0, 1, 1})); // nobody lives in the new thread yet
    QCOMPARE(book.counts(), (WorkerCounts{5, 0, 2, 0}));
}

QTEST_APPLESS_MAIN(TestKitchenThread)
#include "tst_kitchenthread.moc"
