// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Ids.h"
#include "supervision/Registry.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace simmer;
using namespace simmer::supervision;

namespace {

struct Worker {
    int number = 0;
};

using Workers = Registry<KitchenId, Worker>;

std::shared_ptr<Worker> worker(int number)
{
    return std::make_shared<Worker>(Worker{number});
}

} // namespace

class TestRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyHasOneWorker();
    void onlyThatWorkerIsRemoved();
    void aRestartedWorkerIsFoundUnderTheSameKey();
    void aStoppedOneIsGoneAndDestroyed();
    void whoeverLooksDuringRestartsFindsOne();
    void ofManyThatComeAtOnceOneWins();
};

void TestRegistry::aKeyHasOneWorker()
{
    Workers workers;
    const KitchenId key = KitchenId::random();
    const auto first = worker(1);
    QVERIFY(workers.add(key, first));
    QVERIFY(!workers.add(key, worker(2)));
    QCOMPARE(workers.find(key), first);
    QVERIFY(!workers.find(KitchenId::random()));
    QCOMPARE(workers.size(), 1);
    QCOMPARE(workers.keys(), QList<KitchenId>{key});
}

void TestRegistry::onlyThatWorkerIsRemoved()
{
    Workers workers;
    const KitchenId key = KitchenId::random();
    const auto present = worker(1);
    QVERIFY(workers.add(key, present));
    QVERIFY(!workers.remove(key, worker(1)));
    QVERIFY(!workers.remove(KitchenId::random(), present));
    QCOMPARE(workers.find(key), present);
    QVERIFY(workers.remove(key, present));
    QVERIFY(!workers.remove(key, present));
    QVERIFY(!workers.find(key));
}

void TestRegistry::aRestartedWorkerIsFoundUnderTheSameKey()
{
    Workers workers;
    const KitchenId key = KitchenId::random();
    const auto old = worker(1);
    const auto fresh = worker(2);
    QVERIFY(!workers.replace(key, old, fresh)); // nobody is there
    QVERIFY(workers.add(key, old));
    QVERIFY(workers.replace(key, old, fresh));
    QCOMPARE(workers.find(key), fresh);
    QVERIFY(!workers.replace(key, old, worker(3))); // a late one
    QVERIFY(!workers.remove(key, old));
    QCOMPARE(workers.find(key), fresh);
}

void TestRegistry::aStoppedOneIsGoneAndDestroyed()
{
    Workers workers;
    const KitchenId key = KitchenId::random();
    std::weak_ptr<Worker> gone;
    {
        const auto only = worker(1);
        gone = only;
        QVERIFY(workers.add(key, only));
        QVERIFY(workers.remove(key, only));
    }
    QVERIFY(gone.expired());
    QVERIFY(workers.add(key, worker(2)));
}

void TestRegistry::whoeverLooksDuringRestartsFindsOne()
{
    Workers workers;
    const KitchenId key = KitchenId::random();
    auto present = worker(0);
    QVERIFY(workers.add(key, present));
    std::atomic<bool> over = false;
    int misses = 0;
    std::thread looker([&] {
        while (!over)
            misses += workers.find(key) ? 0 : 1;
    });
    for (int restart = 1; restart <= 5000; ++restart) {
        const auto fresh = worker(restart);
        if (workers.replace(key, present, fresh))
            present = fresh;
    }
    over = true;
    looker.join();
    QCOMPARE(misses, 0);
    QCOMPARE(workers.find(key)->number, 5000);
}

void TestRegistry::ofManyThatComeAtOnceOneWins()
{
    Workers workers;
    const KitchenId key = KitchenId::random();
    std::atomic<int> won = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number)
        threads.emplace_back([&, number] { won += workers.add(key, worker(number)) ? 1 : 0; });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(won.load(), 1);
}

QTEST_APPLESS_MAIN(TestRegistry)
#include "tst_registry.moc"
