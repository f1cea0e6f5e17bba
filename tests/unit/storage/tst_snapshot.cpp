// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "storage/device/DeviceLog.h"
#include "timers/OpCodec.h"
#include "timers/TimerBoard.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;
using timers::Cursor;
using timers::LogEntry;
using timers::StampedOp;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;
const EpochId Epoch = EpochId::random();

} // namespace

/// A device that was away while the server folded timers into history takes a snapshot.
class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_store.reset(); }

    void aNewDeviceTakesWhatIsLeft();
    void whatWasFoldedCountsNoMore();
    void whatWasFoldedIsStillTold();
    void ownOpsStayInTheOutbox();
    void aRecipeThatIsMissingGoesBack();
    void theLogGoesOnAfterTheBase();
    void restingTimersWakeForNewOps();
    void hostileSnapshotsChangeNothing_data();
    void hostileSnapshotsChangeNothing();
    void aSecondSnapshotIsRefused();
    void whatIsSettledIsNotSentAgain();
    void partedOpsStayApartInANewLog();
    void theLogTellsWhatParted();

private:
    void reopen()
    {
        m_store.reset();
        m_store = *DeviceStore::open(m_folder->path());
    }
    StampedOp press(const TimerId &timer, const timers::Action &action, qint64 kt)
    {
        return m_ana.make(timer, action, kt);
    }
    QList<OpId> ids(const Expected<QList<StampedOp>> &ops) const
    {
        QList<OpId> found;
        for (const StampedOp &stamped : *ops)
            found += stamped.op.id;
        std::sort(found.begin(), found.end());
        return found;
    }
    static QList<OpId> sorted(QList<OpId> ops)
    {
        std::sort(ops.begin(), ops.end());
        return ops;
    }
    void verify(const QList<StampedOp> &ops);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DeviceStore> m_store;
    fakes::OpMaker m_ana;
    TimerId m_eggs = TimerId::random();
    TimerId m_rice = TimerId::random();
    // The server's log: eggs were started, rice is running, eggs were stopped, a recipe, 5
    StampedOp m_start;
    StampedOp m_running;
    StampedOp m_cancel;
    StampedOp m_recipe;
    Cursor m_base;
};

void TestSnapshot::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    reopen();
    const timers::Start plain{QStringLiteral("Eggs"), 60'000, 60'000, {}};
    m_start = press(m_eggs, plain, T0);
    m_running = press(m_rice, plain, T0 + 1);
    m_cancel = press(m_eggs, timers::Cancel{}, T0 + 2);
    m_recipe = m_ana.make(QUuid::createUuid(), timers::WriteRecipe{}, T0 + 3);
    qint64 seq = 0;
    for (StampedOp *stamped : {&m_start, &m_running, &m_cancel, &m_recipe})
        stamped->seq = ++seq;
    m_base = {Epoch, 5, QByteArray(32, 'b')};
    QVERIFY(m_store->restart(Epoch));
}

/// As merged from pages of the log.
void TestSnapshot::verify(const QList<StampedOp> &ops)
{
    QList<LogEntry> log;
    Cursor cursor = m_store->cursor();
    for (const StampedOp &stamped : ops) {
        cursor.chain = timers::nextLink(cursor.chain, timers::canonical(stamped.op), stamped.kt);
        log += {stamped.seq, stamped.kt, cursor.chain, stamped.op};
    }
    QVERIFY(m_store->merge(log));
}

void TestSnapshot::aNewDeviceTakesWhatIsLeft()
{
    const auto taken = m_store->takeSnapshot({m_running, m_recipe}, m_base);
    QVERIFY(taken);
    QCOMPARE(taken->ops, (QList<StampedOp>{m_running, m_recipe}));
    QVERIFY(taken->parted.isEmpty());
    reopen();
    QCOMPARE(m_store->cursor(), m_base);
    QCOMPARE(ids(m_store->awake()), sorted({m_running.op.id, m_recipe.op.id}));
    QCOMPARE(*m_store->waiting(), 0);
}

void TestSnapshot::whatWasFoldedCountsNoMore()
{
    verify({m_start, m_running}); // never heard that the eggs were stopped
    const auto taken = m_store->takeSnapshot({m_running, m_recipe}, m_base);
    QVERIFY(taken);
    QCOMPARE(taken->ops, QList<StampedOp>{m_recipe});
    QCOMPARE(taken->parted, QList<StampedOp>{m_start});
    reopen();
    QCOMPARE(ids(m_store->all()), sorted({m_running.op.id, m_recipe.op.id}));
    QCOMPARE(ids(m_store->apart()), QList<OpId>{m_start.op.id}); // nothing is lost
    QVERIFY(m_store->wake({m_start.op})->isEmpty());
    QCOMPARE(*m_store->waiting(), 0);
}

/// Page by page: what rests, and what is the kitchen's history by now; nothing that was refused.
void TestSnapshot::whatWasFoldedIsStillTold()
{
    verify({m_start, m_running, m_cancel, m_recipe});
    const TimerId tea = TimerId::random();
    const StampedOp steeped =
        press(tea, timers::Start{QStringLiteral("Tea"), 60'000, 60'000, {}}, T0 + 10);
    const StampedOp bad = press(TimerId::random(), timers::Pause{}, T0 + 11);
    QVERIFY(m_store->takeSnapshot({m_running, m_recipe}, m_base));
    QVERIFY(m_store->append(steeped.op) && m_store->append(bad.op));
    QVERIFY(m_store->rest({tea.uuid()}));
    QVERIFY(m_store->refuse(bad.op.id, QStringLiteral("too large")));
    const auto first = m_store->earlier({}, 1);
    QVERIFY(first && first->next);
    QCOMPARE(ids(first->ops), QList<OpId>{steeped.op.id}); // the newest
    const auto second = m_store->earlier(*first->next, 1);
    QVERIFY(second && second->next);
    QCOMPARE(ids(second->ops), sorted({m_start.op.id, m_cancel.op.id}));
    const auto last = m_store->earlier(*second->next, 1);
    QVERIFY(last);
    QVERIFY(last->ops.isEmpty() && !last->next);
    QCOMPARE(ids(m_store->earlier({}, 10)->ops),
             sorted({steeped.op.id, m_start.op.id, m_cancel.op.id}));
}

void TestSnapshot::ownOpsStayInTheOutbox()
{
    verify({m_start});
    const StampedOp mine = press(m_rice, timers::Pause{}, T0 + 9);
    QVERIFY(m_store->append(mine.op));
    QVERIFY(m_store->append(m_recipe.op)); // it was taken, but the ack was lost
    QVERIFY(m_store->takeSnapshot({m_running, m_recipe}, m_base));
    QCOMPARE(m_store->outbox(9)->size(), 1);
    QCOMPARE(m_store->outbox(9)->constFirst(), mine.op);
}

void TestSnapshot::aRecipeThatIsMissingGoesBack()
{
    StampedOp early = m_recipe;
    early.seq = 1;
    verify({early});
    const auto taken = m_store->takeSnapshot({}, m_base);
    QVERIFY(taken && taken->parted.isEmpty());
    QCOMPARE(m_store->outbox(9)->constFirst(), early.op); // only timers are ever folded
}

void TestSnapshot::theLogGoesOnAfterTheBase()
{
    QVERIFY(m_store->takeSnapshot({m_running}, m_base));
    StampedOp next = press(m_eggs, timers::Start{QStringLiteral("Eggs"), 9000, 9000, {}}, T0 + 99);
    next.seq = 6;
    verify({next});
    QCOMPARE(m_store->cursor().seq, 6);
    next.seq = 8;
    QCOMPARE(m_store->merge({{8, T0, QByteArray(32, 'x'), next.op}}).error().code,
             ErrorCode::BadChain);
}

void TestSnapshot::restingTimersWakeForNewOps()
{
    verify({m_start, m_running});
    QVERIFY(m_store->rest({m_eggs.uuid(), m_rice.uuid()}));
    const auto taken = m_store->takeSnapshot({m_start, m_running, m_cancel}, m_base);
    QVERIFY(taken);
    QCOMPARE(ids(taken->ops), sorted({m_start.op.id, m_cancel.op.id, m_cancel.op.id}));
    QCOMPARE(ids(m_store->awake()), sorted({m_start.op.id, m_cancel.op.id}));
}

void TestSnapshot::hostileSnapshotsChangeNothing_data()
{
    QTest::addColumn<QList<qint64>>("seqs");
    QTest::addColumn<qint64>("base");
    QTest::addColumn<bool>("sameEpoch");
    QTest::newRow("another op where one was verified") << QList<qint64>{1, 2} << 5LL << true;
    QTest::newRow("an entry twice") << QList<qint64>{3, 3} << 5LL << true;
    QTest::newRow("out of order") << QList<qint64>{4, 3} << 5LL << true;
    QTest::newRow("beyond the base") << QList<qint64>{3, 6} << 5LL << true;
    QTest::newRow("a base before what is known") << QList<qint64>{} << 1LL << true;
    QTest::newRow("of another log") << QList<qint64>{3, 4} << 5LL << false;
}

void TestSnapshot::hostileSnapshotsChangeNothing()
{
    QFETCH(const QList<qint64>, seqs);
    QFETCH(const qint64, base);
    QFETCH(const bool, sameEpoch);
    verify({m_start, m_running});
    const Cursor before = m_store->cursor();
    QList<StampedOp> kept{m_cancel, m_recipe};
    for (qsizetype i = 0; i < seqs.size(); ++i)
        kept[i].seq = seqs[i];
    const auto taken = m_store->takeSnapshot(
        kept.first(seqs.size()), {sameEpoch ? Epoch : EpochId::random(), base, m_base.chain});
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::BadChain);
    QVERIFY(!taken.error().context.isEmpty());
    reopen();
    QCOMPARE(m_store->cursor(), before);
    QCOMPARE(ids(m_store->all()), sorted({m_start.op.id, m_running.op.id}));
    QVERIFY(m_store->apart()->isEmpty());
}

void TestSnapshot::aSecondSnapshotIsRefused()
{
    QVERIFY(m_store->takeSnapshot({m_running}, m_base));
    QVERIFY(!m_store->takeSnapshot({m_running}, m_base));
}

void TestSnapshot::whatIsSettledIsNotSentAgain()
{
    QVERIFY(m_store->append(m_start.op));
    QVERIFY(m_store->append(m_recipe.op));
    const auto parted = m_store->part({m_start.op.id, m_recipe.op.id, OpId::random()});
    QVERIFY(parted);
    QCOMPARE(ids(parted), QList<OpId>{m_start.op.id});
    QVERIFY(m_store->part({m_start.op.id})->isEmpty());
    QCOMPARE(*m_store->outbox(9), QList<timers::Op>{m_recipe.op}); // no recipe is ever history
    QVERIFY(m_store->correct(m_start.op.boot, 5)->size() == 1);
}

void TestSnapshot::partedOpsStayApartInANewLog()
{
    verify({m_start});
    QVERIFY(m_store->takeSnapshot({}, m_base));
    QVERIFY(m_store->restart(EpochId::random()));
    QCOMPARE(*m_store->waiting(), 0);
    verify({m_start}); // a server's backup from before knows it: it counts again
    QCOMPARE(ids(m_store->all()), QList<OpId>{m_start.op.id});
}

void TestSnapshot::theLogTellsWhatParted()
{
    verify({m_start});
    m_store.reset();
    fakes::ManualClock clock;
    DeviceLog log(clock, m_folder->path(), QStringLiteral("Ana"));
    timers::TimerBoard board;
    QStringList told;
    connect(&log, &DeviceLog::loaded, this,
            [&](const LoadedLog &loaded) { board.put(loaded.ops); });
    connect(&log, &DeviceLog::parted, this, [&](const QList<StampedOp> &ops) {
        QCOMPARE(board.drop(ops).gone, QList<TimerId>{m_eggs});
        told += QStringLiteral("parted");
    });
    connect(&log, &DeviceLog::merged, this, [&](const QList<StampedOp> &ops, const Cursor &cursor) {
        board.put(ops);
        QCOMPARE(cursor, m_base);
        told += QStringLiteral("merged");
    });
    log.open();
    log.takeSnapshot({m_running}, m_base);
    QSignalSpy failed(&log, &DeviceLog::mergeFailed);
    log.takeSnapshot({m_running}, m_base);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(told, (QStringList{QStringLiteral("parted"), QStringLiteral("merged")}));
    QVERIFY(!board.find(m_eggs));
    QVERIFY(board.find(m_rice));
}

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
