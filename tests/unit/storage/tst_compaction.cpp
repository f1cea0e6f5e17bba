// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OneKitchen.h"
#include "fakes/OpMaker.h"
#include "timers/Fold.h"
#include "timers/OpCodec.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr AdmissionRules Rules{5 * 60 * 1000, 5, 3};
constexpr qint64 Now = 1'700'000'000'000;
constexpr qint64 Horizon = 30'000'000;
constexpr qint64 Length = 60'000;
const RecipeId Book = *RecipeId::fromHex(u"6f5902ac237024bdd0c176cb93063dc4");

Arrival arrivalOf(const timers::StampedOp &stamped)
{
    return {stamped.op.id, stamped.kt, stamped.kt, timers::canonical(stamped.op),
            timers::timerOf(stamped.op)};
}

} // namespace

/// What of a kitchen's log folds into history, what stays, and what comes too late.
class TestCompaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup() { m_store.reset(); }

    void endedTimersFoldAfterTheHorizon();
    void theLogGoesOnWhereItWas();
    void whatLivesStays();
    void oldLivesOfALiveTimerFold();
    void anEndingThatMayBeOverruledStays();
    void foldedOpsAreKnownForever();
    void whatComesTooLateIsRefused();
    void aNewLifeIsTakenWhole();
    void followersGoWithTheirLeader();
    void stepsAreSmall();
    void oneThatBrokeOffIsFinished();
    void marksOfAClockAheadDoNotCount();
    void filesOfTheFirstSchemaFoldToo();

private:
    void reopen()
    {
        m_store.reset();
        auto opened = fakes::OneKitchen::open(path(), Rules, QDate::currentDate(), Horizon);
        QVERIFY2(bool(opened), opened ? "" : qPrintable(describe(opened.error())));
        m_store = *std::move(opened);
    }
    QString path() const { return m_folder->filePath(QStringLiteral("k.db")); }
    KitchenLog &log() { return m_store->log(); }
    static TimerId timer(int slot) { return timers::timerAt({Book, 0, slot}); }
    timers::StampedOp start(int slot, qint64 kt, const QList<OpId> &seen = {})
    {
        return m_ana.make(
            timer(slot),
            timers::Start{QStringLiteral("Eggs"), Length, Length, timers::Place{Book, 0, slot}}, kt,
            seen);
    }
    timers::StampedOp act(int slot, const timers::Action &action, qint64 kt,
                          const QList<OpId> &seen = {})
    {
        return m_ana.make(timer(slot), action, kt, seen);
    }
    /// Appends them; the standing of the last.
    Standing add(const QList<timers::StampedOp> &ops)
    {
        QList<Arrival> arrivals;
        for (const timers::StampedOp &stamped : ops)
            arrivals += arrivalOf(stamped);
        const auto appended = log().append(arrivals);
        return appended ? appended->constLast().standing : Standing::TooLate;
    }
    /// Runs to the end; the number of steps.
    int compact(qint64 now)
    {
        for (int steps = 1;; ++steps) {
            const auto more = m_store->compaction().step(now);
            if (!more)
                return -1;
            if (!*more)
                return steps;
        }
    }
    /// A mark, and the moment at which all of the log is old enough.
    void foldAll(qint64 since = Now)
    {
        QVERIFY(compact(since) > 0);
        QVERIFY(compact(since + Horizon) > 0);
    }
    QList<OpId> kept()
    {
        QList<OpId> ids;
        const auto page = log().page(0, 1000, 1 << 20);
        for (const LogEntry &entry : page->entries)
            ids += timers::opFromBytes(entry.body)->id;
        return ids;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<fakes::OneKitchen> m_store;
    fakes::OpMaker m_ana;
};

void TestCompaction::endedTimersFoldAfterTheHorizon()
{
    const auto begin = start(0, Now - Length);
    add({begin, act(0, timers::Cancel{}, Now, {begin.op.id})});
    compact(Now);
    compact(Now + Horizon - 1);
    QCOMPARE(*log().count(), 2);
    QCOMPARE(log().base(), 0);
    compact(Now + Horizon);
    QCOMPARE(*log().count(), 0);
    QCOMPARE(*log().countLives(), 1);
    QCOMPARE(log().base(), 2);
    QCOMPARE(log().head(), 2);
}

void TestCompaction::theLogGoesOnWhereItWas()
{
    const auto begin = start(0, Now - Length);
    add({begin, act(0, timers::Cancel{}, Now, {begin.op.id})});
    const QByteArray first = *log().linkAt(1);
    const QByteArray tip = *log().linkAt(2);
    foldAll();
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(log().head(), 2);
        QCOMPARE(log().base(), 2);
        QCOMPARE(*log().linkAt(1), first); // a device that had come so far is still recognized
        QCOMPARE(*log().linkAt(2), tip);
        QCOMPARE(log().linkAt(3).error().code, ErrorCode::NotFound);
        reopen();
    }
    const auto next = start(1, Now + Horizon);
    QCOMPARE(add({next}), Standing::InLog);
    QCOMPARE(*log().linkAt(3), timers::nextLink(tip, timers::canonical(next.op), next.kt));
}

void TestCompaction::whatLivesStays()
{
    const auto recipe = m_ana.make(Book.uuid(), timers::WriteRecipe{}, Now - 9);
    const auto done = start(0, Now - Length);
    const auto ack = act(0, timers::Acknowledge{done.op.id}, Now, {done.op.id});
    const auto running = start(1, Now);
    const auto ringing = start(2, Now - 2 * Length);
    const auto removed = m_ana.make(Book.uuid(), timers::RemoveRecipe{}, Now);
    add({recipe, done, running, ack, ringing, removed});
    foldAll();
    QCOMPARE(kept(), (QList<OpId>{recipe.op.id, running.op.id, ringing.op.id, removed.op.id}));
    QCOMPARE(log().base(), 4);
    QCOMPARE(*log().countToBase(), 2);
}

void TestCompaction::oldLivesOfALiveTimerFold()
{
    QList<timers::StampedOp> ops;
    for (int day = 0; day < 5; ++day) {
        const QList<OpId> seen = ops.isEmpty() ? QList<OpId>() : QList<OpId>{ops.constLast().op.id};
        ops += start(0, Now + day * Length, seen);
        ops += act(0, timers::Cancel{}, Now + day * Length + 5, {ops.constLast().op.id});
    }
    ops += start(0, Now + 6 * Length, {ops.constLast().op.id});
    add(ops);
    const auto whole = timers::fold(timer(0), ops);
    foldAll(Now + 6 * Length);
    QCOMPARE(kept(), QList<OpId>{ops.constLast().op.id});
    QCOMPARE(*log().countLives(), 5);
    QCOMPARE(*timers::fold(timer(0), *log().opsOf(timer(0))), *whole);
}

void TestCompaction::anEndingThatMayBeOverruledStays()
{
    fakes::OpMaker ben;
    const auto begin = start(0, Now);
    const auto cancel = act(0, timers::Cancel{}, Now + 10, {begin.op.id});
    const auto more = ben.make(timer(0), timers::Add{Length}, Now + 20, {begin.op.id});
    add({begin, cancel, more});
    foldAll(Now + 20);
    QCOMPARE(*log().count(), 3);
}

void TestCompaction::foldedOpsAreKnownForever()
{
    const auto begin = start(0, Now);
    const auto cancel = act(0, timers::Cancel{}, Now + 1, {begin.op.id});
    add({begin, cancel});
    foldAll(Now + 1);
    reopen();
    for (const auto &again : {begin, cancel})
        QCOMPARE(add({again}), Standing::InHistory);
    QVERIFY(*log().isHistory(begin.op.id));
    QVERIFY(!*log().isHistory(OpId::random()));
    QCOMPARE(*log().count(), 0);
    QCOMPARE(log().head(), 2);
}

void TestCompaction::whatComesTooLateIsRefused()
{
    const auto begin = start(0, Now);
    add({begin, act(0, timers::Cancel{}, Now + 10, {begin.op.id})});
    foldAll(Now + 10);
    QCOMPARE(add({act(0, timers::Add{Length}, Now + 5, {begin.op.id})}), Standing::TooLate);
    QCOMPARE(add({act(0, timers::Add{Length}, Now + 50, {begin.op.id})}), Standing::TooLate);
    QCOMPARE(add({start(0, Now + 10)}),
             Standing::TooLate); // would be the same start, pressed twice
    QCOMPARE(*log().count(), 0);
    QCOMPARE(log().head(), 2);
    const auto other = start(1, Now - 1);
    QCOMPARE(add({other}), Standing::InLog); // of another timer all is taken, however old
}

void TestCompaction::aNewLifeIsTakenWhole()
{
    const auto begin = start(0, Now);
    add({begin, act(0, timers::Cancel{}, Now + 10, {begin.op.id})});
    foldAll(Now + 10);
    const auto again = start(0, Now + 100);
    const auto pause = act(0, timers::Pause{}, Now + 200, {again.op.id});
    const auto before = act(0, timers::Resume{}, Now + 50);
    QCOMPARE(add({again, pause}), Standing::InLog);
    QCOMPARE(add({before}), Standing::TooLate);
    QCOMPARE(timers::fold(timer(0), *log().opsOf(timer(0)))->phase, timers::Phase::Paused);
    QCOMPARE(add({start(0, Now + 60)}), Standing::InLog); // an earlier start of the new life
}

void TestCompaction::followersGoWithTheirLeader()
{
    auto begin = start(0, Now);
    std::get<timers::Start>(begin.op.action).then = {{QStringLiteral("Rest"), Length, Length, {}}};
    const auto ack = act(0, timers::Acknowledge{begin.op.id}, Now + Length, {begin.op.id});
    add({begin, ack});
    foldAll(Now + Length);
    QCOMPARE(*log().count(), 2); // the rest rings

    const auto leader = timers::fold(timer(0), {begin, ack});
    const auto rest = timers::startOf(leader->handovers.constFirst());
    const qint64 silenced = Now + 2 * Horizon;
    add({m_ana.make(rest.op.subject, timers::Acknowledge{rest.op.id}, silenced, {rest.op.id})});
    compact(silenced);
    QCOMPARE(*log().count(), 3);
    compact(silenced + Horizon);
    QCOMPARE(*log().count(), 0);
    QCOMPARE(*log().countLives(), 2);
    QCOMPARE(add({m_ana.make(rest.op.subject, timers::Add{Length}, silenced - 1)}),
             Standing::TooLate);
}

void TestCompaction::stepsAreSmall()
{
    QList<timers::StampedOp> ops;
    for (int slot = 0; slot < 200; ++slot) {
        ops += start(slot, Now);
        ops += act(slot, timers::Cancel{}, Now + 1, {ops.constLast().op.id});
    }
    add(ops);
    compact(Now + 1);
    qint64 left = *log().count();
    QCOMPARE(left, 400);
    bool more = true;
    for (int steps = 0; more; ++steps) {
        more = *m_store->compaction().step(Now + 1 + Horizon);
        QVERIFY(left - *log().count() <= 130);
        left = *log().count();
        QVERIFY(steps < 20);
    }
    QCOMPARE(left, 0);
}

void TestCompaction::oneThatBrokeOffIsFinished()
{
    QList<timers::StampedOp> ops;
    for (int slot = 0; slot < 200; ++slot) {
        ops += start(slot, Now);
        ops += act(slot, timers::Cancel{}, Now + 1, {ops.constLast().op.id});
    }
    add(ops);
    compact(Now + 1);
    QVERIFY(*m_store->compaction().step(Now + 1 + Horizon));
    const qint64 left = *log().count();
    QVERIFY(left > 0 && left < 400);
    QCOMPARE(log().base(), 400 - left);
    reopen();
    QCOMPARE(*log().count(), left);
    compact(Now + 2 + Horizon);
    QCOMPARE(*log().count(), 0);
    QCOMPARE(log().base(), 400);
    QCOMPARE(*log().countLives(), 200);
}

void TestCompaction::marksOfAClockAheadDoNotCount()
{
    const auto begin = start(0, Now);
    compact(Now + 10 * Horizon); // the clock is years ahead, and set right
    add({begin, act(0, timers::Cancel{}, Now + 1, {begin.op.id})});
    compact(Now + 1);
    compact(Now + Horizon);
    QCOMPARE(*log().count(), 2);
    compact(Now + 1 + Horizon);
    QCOMPARE(*log().count(), 0);
}

/// tests/fixtures/storage/kitchen-1.db was written by the program of that schema: a recipe, eggs
/// paused, rice stopped.
void TestCompaction::filesOfTheFirstSchemaFoldToo()
{
    m_store.reset();
    QFile::remove(path());
    QVERIFY(QFile::copy(QStringLiteral(SIMMER_FIXTURES "/storage/kitchen-1.db"), path()));
    QFile::setPermissions(path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    reopen();
    QCOMPARE(log().head(), 5);
    const QByteArray tip = *log().linkAt(5);
    QCOMPARE(m_store->admissions().devices(m_store->kitchen().id)->size(), 1);
    foldAll(Now + Horizon);
    QCOMPARE(*log().count(), 3);
    QCOMPARE(*log().countLives(), 1);
    QCOMPARE(*log().linkAt(5), tip);
    QVERIFY(QFile::exists(path() + QStringLiteral(".schema-1")));
}

QTEST_GUILESS_MAIN(TestCompaction)
#include "tst_compaction.moc"
