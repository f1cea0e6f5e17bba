// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Ids.h"
#include "fakes/WindUpClock.h"
#include "supervision/Pulsebeat.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace simmer;
using namespace simmer::supervision;

class TestPulsebeat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patienceEndsAtItsLimitOnce();
    void patienceForgivesSuspend();
    void patienceForgivesALateWatcher();
    void tellsWhoseTaskAndSinceWhen();
    void isReadWholeFromAnotherThread();
    void aLongTaskIsToldOnce();
    void manyShortTasksAreFine();
    void theNextLongTaskIsToldAgain();
};

void TestPulsebeat::patienceEndsAtItsLimitOnce()
{
    fakes::WindUpClock clock;
    Patience patience(clock, {1000, 5000});
    QList<int> spentAt;
    for (int second = 1; second <= 12; ++second) {
        clock.advance(1000);
        if (patience.isSpent(second == 2)) // one sign of life
            spentAt += second;
    }
    QCOMPARE(spentAt, QList<int>{7});
    QCOMPARE(patience.silentMs(), 10'000);
}

void TestPulsebeat::patienceForgivesSuspend()
{
    fakes::WindUpClock clock;
    Patience patience(clock, {1000, 5000});
    clock.advance(1000);
    QVERIFY(!patience.isSpent(false));
    clock.suspend(3'600'000);
    clock.advance(1000);
    QVERIFY(!patience.isSpent(false));
    QCOMPARE(patience.silentMs(), 2000);
}

void TestPulsebeat::patienceForgivesALateWatcher()
{
    fakes::WindUpClock clock;
    Patience patience(clock, {1000, 5000});
    clock.advance(60'000); // the machine did not let us run: perhaps nobody
    QVERIFY(!patience.isSpent(false));
    for (int second = 1; second < 5; ++second) {
        clock.advance(1000);
        QVERIFY(!patience.isSpent(false));
    }
    clock.advance(1000);
    QVERIFY(patience.isSpent(false));
}

void TestPulsebeat::tellsWhoseTaskAndSinceWhen()
{
    fakes::WindUpClock clock;
    Pulsebeat beat(clock);
    const QUuid ana = QUuid::createUuid();
    const QUuid ben = QUuid::createUuid();
    QVERIFY(!beat.now());
    quint64 first = 0;
    {
        const Pulsebeat::Task task(beat, ana);
        const auto doing = beat.now();
        QVERIFY(doing);
        QCOMPARE(doing->key, ana);
        QCOMPARE(doing->sinceMs, clock.awakeMs());
        first = doing->task;
    }
    QVERIFY(!beat.now());
    clock.advance(10);
    const Pulsebeat::Task task(beat, ben);
    QCOMPARE(beat.now()->key, ben);
    QCOMPARE(beat.now()->sinceMs, clock.awakeMs());
    QVERIFY(beat.now()->task != first);
}

void TestPulsebeat::isReadWholeFromAnotherThread()
{
    SystemClock clock;
    Pulsebeat beat(clock);
    const QList<QUuid> keys{QUuid::fromRfc4122(QByteArray(16, '\1')),
                            QUuid::fromRfc4122(QByteArray(16, '\2'))};
    std::thread worker([&] {
        for (int task = 0; task < 200'000; ++task)
            const Pulsebeat::Task doing(beat, keys[task % 2]);
    });
    int torn = 0;
    for (int look = 0; look < 100'000; ++look)
        if (const auto doing = beat.now())
            torn += keys.contains(doing->key) ? 0 : 1;
    worker.join();
    QCOMPARE(torn, 0);
}

void TestPulsebeat::aLongTaskIsToldOnce()
{
    fakes::WindUpClock clock;
    Pulsebeat beat(clock);
    Watch watch(clock, beat);
    QSignalSpy hung(&watch, &Watch::hung);
    clock.run(10'000, 1000); // nobody works
    QCOMPARE(hung.size(), 0);
    const QUuid ana = QUuid::createUuid();
    const qint64 since = clock.awakeMs();
    const Pulsebeat::Task task(beat, ana);
    clock.run(5000, 1000);
    QCOMPARE(hung.size(), 0); // seen for four of them
    clock.run(10'000, 1000);
    QCOMPARE(hung.size(), 1);
    QCOMPARE(hung[0][0].toUuid(), ana);
    QCOMPARE(hung[0][1].toLongLong(), since);
}

void TestPulsebeat::manyShortTasksAreFine()
{
    fakes::WindUpClock clock;
    Pulsebeat beat(clock);
    Watch watch(clock, beat);
    QSignalSpy hung(&watch, &Watch::hung);
    const QUuid ana = QUuid::createUuid();
    for (int second = 0; second < 60; ++second) { // always at work when it is looked at
        const Pulsebeat::Task task(beat, ana);
        clock.advance(1000);
    }
    QCOMPARE(hung.size(), 0);
}

void TestPulsebeat::theNextLongTaskIsToldAgain()
{
    fakes::WindUpClock clock;
    Pulsebeat beat(clock);
    Watch watch(clock, beat, {100, 300});
    QSignalSpy hung(&watch, &Watch::hung);
    for (int round = 1; round <= 3; ++round) {
        const Pulsebeat::Task task(beat, QUuid::createUuid());
        clock.run(1000, 100);
        QCOMPARE(hung.size(), round);
    }
}

QTEST_APPLESS_MAIN(TestPulsebeat)
#include "tst_pulsebeat.moc"
