// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "fakes/OpShelf.h"
#include "syncserver/onlookers/KitchenBoard.h"
#include "timers/Lives.h"

#include <QTest>

#include <random>

using namespace simmer;
using namespace simmer::timers;
using simmer::syncserver::KitchenBoard;
using simmer::syncserver::OpenRing;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;
constexpr qint64 Minute = 60'000;
constexpr qint64 Hour = 60 * Minute;

Start plain(qint64 ms)
{
    return {QStringLiteral("Eggs"), ms, ms, {}};
}

Start roastAndRest()
{
    Start start = plain(45 * Minute);
    start.then = {{QStringLiteral("Rest"), 10 * Minute, 10 * Minute}};
    return start;
}

} // namespace

/// The timers of a kitchen that still count.
class TestKitchenBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_shelf = {};
        m_maker = fakes::OpMaker();
    }
    void cleanup() { ids::setSource({}); }
    void tellsEachRingOnce();
    void anAnsweredRingIsClosed();
    void whatIsOverIsDropped();
    void aPausedTimerStays();
    void aRingThatNobodyAnswersBecomesHistory();
    void aLateOpBringsATimerBack();
    void aFamilyStaysTogether();
    void aLateOpOnADroppedStageKnowsItsLeader();
    void opsThatCameBeforeTheirStartCount();
    void strangersOpsCostNothing();
    void whatCouldNotBeReadIsReadLater();
    void whatCameJustNowIsAtHand();
    void loadsInSteps();
    void agreesWithTheWholeLog_data();
    void agreesWithTheWholeLog();
    void staysSmallOverTheYears();

private:
    KitchenBoard board()
    {
        return KitchenBoard([this](const TimerId &id, const auto &) { return m_shelf.opsOf(id); });
    }
    QList<StampedOp> press(const TimerId &timer, const Action &action, qint64 at,
                           const QList<OpId> &seen = {})
    {
        return {m_shelf.commit(m_maker.make(timer, action, at, seen))};
    }

    fakes::OpShelf m_shelf;
    fakes::OpMaker m_maker;
};

void TestKitchenBoard::tellsEachRingOnce()
{
    KitchenBoard kitchen = board();
    const TimerId eggs = TimerId::random();
    QVERIFY(kitchen.put(press(eggs, plain(5 * Minute), T0), T0));
    QCOMPARE(kitchen.nextAt(), T0 + 5 * Minute);
    QVERIFY(kitchen.signs(T0).running);
    QVERIFY(!kitchen.signs(T0).ringingSince);
    QVERIFY(kitchen.takeRings(T0 + 5 * Minute - 1).isEmpty());
    const QList<Timer> rings = kitchen.takeRings(T0 + 5 * Minute);
    QCOMPARE(rings.size(), 1);
    QCOMPARE(rings.constFirst().id, eggs);
    QVERIFY(kitchen.takeRings(T0 + 6 * Minute).isEmpty());
    QCOMPARE(kitchen.signs(T0 + 6 * Minute).ringingSince, T0 + 5 * Minute);
}

void TestKitchenBoard::anAnsweredRingIsClosed()
{
    KitchenBoard kitchen = board();
    const TimerId eggs = TimerId::random();
    const auto started = press(eggs, plain(5 * Minute), T0);
    QVERIFY(kitchen.put(started, T0));
    const qint64 end = T0 + 5 * Minute;
    (void)kitchen.takeRings(end);
    const OpId key = started.constFirst().op.id;
    QCOMPARE(kitchen.unanswered(end), (QList<OpenRing>{{eggs, key, end}}));
    QVERIFY(kitchen.put(press(eggs, Acknowledge{key}, end + 1000, {key}), end + 1000));
    QVERIFY(kitchen.unanswered(end + 1000).isEmpty());
    QVERIFY(!kitchen.signs(end + 1000).running);
    QCOMPARE(kitchen.find(eggs)->phase, Phase::Done);
}

void TestKitchenBoard::whatIsOverIsDropped()
{
    KitchenBoard kitchen = board();
    const TimerId eggs = TimerId::random();
    const auto started = press(eggs, plain(5 * Minute), T0);
    QVERIFY(kitchen.put(started, T0));
    QVERIFY(kitchen.put(press(eggs, Cancel{}, T0 + 1, {started.constFirst().op.id}), T0 + 1));
    QVERIFY(kitchen.prune(T0 + Hour));
    QVERIFY(kitchen.find(eggs));
    QVERIFY(kitchen.pruneAt());
    QVERIFY(kitchen.prune(*kitchen.pruneAt()));
    QVERIFY(!kitchen.find(eggs));
    QCOMPARE(kitchen.size(), 0);
    QVERIFY(!kitchen.nextAt());
}

void TestKitchenBoard::aPausedTimerStays()
{
    KitchenBoard kitchen = board();
    const TimerId dough = TimerId::random();
    const auto started = press(dough, plain(5 * Minute), T0);
    QVERIFY(kitchen.put(started, T0));
    QVERIFY(kitchen.put(press(dough, Pause{}, T0 + 1, {started.constFirst().op.id}), T0 + 1));
    QVERIFY(kitchen.prune(T0 + 100 * 24 * Hour));
    QVERIFY(kitchen.find(dough));
    QVERIFY(!kitchen.signs(T0 + 1).running);
    QVERIFY(!kitchen.nextAt()); // and wakes nobody
}

void TestKitchenBoard::aRingThatNobodyAnswersBecomesHistory()
{
    KitchenBoard kitchen = board();
    const TimerId eggs = TimerId::random();
    QVERIFY(kitchen.put(press(eggs, plain(Minute), T0), T0));
    (void)kitchen.takeRings(T0 + Minute);
    QCOMPARE(kitchen.unanswered(T0 + Minute + Hour).size(), 1);
    QVERIFY(kitchen.unanswered(T0 + Minute + Hour + 1).isEmpty());
    QVERIFY(!kitchen.signs(T0 + Minute + Hour + 1).running);
    QVERIFY(kitchen.prune(T0 + Minute + Hour + 1));
    QCOMPARE(kitchen.size(), 0);
}

void TestKitchenBoard::aLateOpBringsATimerBack()
{
    KitchenBoard kitchen = board();
    const TimerId eggs = TimerId::random();
    const auto started = press(eggs, plain(5 * Minute), T0);
    QVERIFY(kitchen.put(started, T0));
    QVERIFY(kitchen.put(press(eggs, Cancel{}, T0 + 1, {started.constFirst().op.id}), T0 + 1));
    const qint64 later = T0 + 2 * Hour;
    QVERIFY(kitchen.prune(later));
    QCOMPARE(kitchen.size(), 0);
    m_shelf.asked = 0; // somebody had added an hour and not seen the cancel
    QVERIFY(kitchen.put(press(eggs, Add{3 * Hour}, T0 + 2, {started.constFirst().op.id}), later));
    QCOMPARE(m_shelf.asked, 1);
    QCOMPARE(kitchen.find(eggs)->endAt, T0 + 5 * Minute + 3 * Hour);
    QVERIFY(kitchen.find(eggs)->cancelOverruled);
    QVERIFY(kitchen.signs(later).running);
}

void TestKitchenBoard::aFamilyStaysTogether()
{
    KitchenBoard kitchen = board();
    const TimerId roast = TimerId::random();
    const auto started = press(roast, roastAndRest(), T0);
    QVERIFY(kitchen.put(started, T0));
    const OpId key = started.constFirst().op.id;
    const TimerId rest = followerOf(kitchen.find(roast)->handovers.constFirst());
    qint64 now = T0 + 45 * Minute;
    QCOMPARE(kitchen.takeRings(now).size(), 1);
    QVERIFY(kitchen.put(press(roast, Acknowledge{key}, now, {key}), now));
    QVERIFY(kitchen.put(press(rest, Add{5 * Hour}, now + 1), now + 1));
    now += 2 * Hour;
    QVERIFY(kitchen.prune(now));
    QVERIFY(kitchen.find(roast)); // since its end tells when the rest began
    QVERIFY(kitchen.find(rest));
    now = kitchen.find(rest)->endAt;
    QCOMPARE(kitchen.takeRings(now).size(), 1);
    QVERIFY(kitchen.prune(now + Hour + 1));
    QCOMPARE(kitchen.size(), 0);
}

void TestKitchenBoard::aLateOpOnADroppedStageKnowsItsLeader()
{
    KitchenBoard kitchen = board();
    const TimerId roast = TimerId::random();
    QVERIFY(kitchen.put(press(roast, roastAndRest(), T0), T0));
    const TimerId rest = followerOf(kitchen.find(roast)->handovers.constFirst());
    const qint64 later = T0 + 4 * Hour;
    QVERIFY(kitchen.prune(later));
    QCOMPARE(kitchen.size(), 0);
    QVERIFY(kitchen.put(press(rest, Add{6 * Hour}, T0 + 50 * Minute), later));
    QVERIFY(kitchen.find(rest));
    QCOMPARE(kitchen.find(rest)->endAt, T0 + 55 * Minute + 6 * Hour);
}

void TestKitchenBoard::opsThatCameBeforeTheirStartCount()
{
    KitchenBoard kitchen = board();
    const TimerId roast = TimerId::random();
    const StampedOp start = m_maker.make(roast, roastAndRest(), T0);
    timers::TimerBoard whole;
    whole.put(start);
    const TimerId rest = followerOf(whole.find(roast)->handovers.constFirst());
    const StampedOp more = m_maker.make(rest, Add{Minute}, T0 + 50 * Minute);
    const StampedOp pause = m_maker.make(roast, Rename{QStringLiteral("Lamb")}, T0 + 1);
    // A restored server is given back what it lost in no order.
    QVERIFY(kitchen.put({m_shelf.commit(more)}, T0 + 51 * Minute));
    QVERIFY(kitchen.put({m_shelf.commit(pause)}, T0 + 51 * Minute));
    QCOMPARE(kitchen.size(), 0);
    QVERIFY(kitchen.put({m_shelf.commit(start)}, T0 + 51 * Minute));
    whole.put({more, pause});
    QCOMPARE(kitchen.find(rest)->endAt, whole.find(rest)->endAt);
    QCOMPARE(kitchen.find(roast)->name, QStringLiteral("Lamb"));
}

void TestKitchenBoard::strangersOpsCostNothing()
{
    KitchenBoard kitchen = board();
    for (int i = 0; i < 2000; ++i)
        QVERIFY(kitchen.put(press(TimerId::random(), Cancel{}, T0 + i), T0 + i));
    QCOMPARE(kitchen.size(), 0);
}

void TestKitchenBoard::whatCouldNotBeReadIsReadLater()
{
    KitchenBoard kitchen = board();
    const TimerId eggs = TimerId::random();
    const auto started = press(eggs, plain(5 * Minute), T0);
    m_shelf.broken = Error{ErrorCode::StoreBusy, QStringLiteral("busy"), {}};
    const auto more = press(eggs, Add{Minute}, T0 + 1, {started.constFirst().op.id});
    QCOMPARE(kitchen.put(more, T0 + 1).error().code, ErrorCode::StoreBusy);
    QVERIFY(!kitchen.find(eggs));
    m_shelf.broken.reset();
    QVERIFY(kitchen.pruneAt());
    QVERIFY(kitchen.prune(*kitchen.pruneAt()));
    QCOMPARE(kitchen.find(eggs)->endAt, T0 + 6 * Minute);
}

/// So that the file is not asked for what was written into it a moment ago.
void TestKitchenBoard::whatCameJustNowIsAtHand()
{
    QList<StampedOp> given;
    KitchenBoard kitchen([&](const TimerId &id, const QList<StampedOp> &atHand) {
        given = atHand;
        return m_shelf.opsOf(id);
    });
    const TimerId eggs = TimerId::random();
    const auto started = press(eggs, plain(5 * Minute), T0);
    const auto both = started + press(eggs, Pause{}, T0 + 1, {started.constFirst().op.id});
    QVERIFY(kitchen.put(both, T0 + 1));
    QCOMPARE(given, both);
    QCOMPARE(kitchen.find(eggs)->phase, Phase::Paused);
}

void TestKitchenBoard::loadsInSteps()
{
    const TimerId old = TimerId::random();
    const TimerId now = TimerId::random();
    const TimerId rang = TimerId::random();
    QList<StampedOp> log = press(old, plain(Minute), T0);
    log += press(old, Cancel{}, T0 + 1, {log.constFirst().op.id});
    const qint64 later = T0 + 10 * Hour;
    log += press(rang, plain(Minute), later - 10 * Minute);
    log += press(now, plain(Hour), later - 1);
    KitchenBoard kitchen = board();
    for (const StampedOp &stamped : std::as_const(log))
        QVERIFY(kitchen.load({stamped}, later));
    QVERIFY(kitchen.loaded(later));
    QCOMPARE(kitchen.size(), 2);
    const QList<Timer> rings = kitchen.takeRings(later);
    QCOMPARE(rings.size(), 1);
    QCOMPARE(rings.constFirst().id, rang);
    QCOMPARE(kitchen.nextAt(),
             kitchen.pruneAt() ? std::min(later - 1 + Hour, *kitchen.pruneAt()) : later - 1 + Hour);
}

void TestKitchenBoard::agreesWithTheWholeLog_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("%u", seed) << seed;
}

/// Whatever is done, what the board shows is what the fold of the whole log shows, and the same
/// timers ring at the same time; also after the worker began anew.
void TestKitchenBoard::agreesWithTheWholeLog()
{
    QFETCH(quint32, seed);
    std::mt19937 dice(seed);
    ids::setSource([&dice] {
        return QUuid(uint(dice()), ushort(dice()), 1, 2, 3, 4, 5, 6, 7, 8, 9); // to play it again
    });
    const auto below = [&dice](qint64 bound) { return qint64(dice() % quint32(bound)); };
    QList<TimerId> known;
    for (int i = 0; i < 6; ++i)
        known += TimerId::random();
    TimerBoard whole;
    auto kitchen = std::make_unique<KitchenBoard>(board());
    const auto anyAction = [&](const TimerId &id) -> Action {
        const Timer *timer = whole.find(id);
        switch (below(9)) {
        case 0:
            return Pause{};
        case 1:
            return Resume{};
        case 2:
            return Cancel{};
        case 3:
            return Add{(below(40) - 10) * Minute};
        case 4:
        case 5:
            return Acknowledge{timer ? timer->ringKey : OpId::random()};
        case 6:
            return roastAndRest();
        default:
            return plain((1 + below(50)) * Minute);
        }
    };
    qint64 now = T0;
    int rings = 0;
    for (int step = 0; step < 400; ++step) {
        now += below(8) == 0 ? below(3 * Hour) : below(10 * Minute);
        QList<StampedOp> ops;
        for (qint64 i = 0, count = below(4); i < count; ++i) {
            const TimerId id = known[below(known.size())];
            const Timer *timer = whole.find(id);
            const bool sees = timer && below(4) > 0;
            ops += m_maker.make(id, anyAction(id), now - (sees ? 0 : below(30 * Minute)),
                                sees ? timer->heads : QList<OpId>());
        }
        ops = m_shelf.commit(ops);
        whole.put(ops);
        QVERIFY(kitchen->put(ops, now));
        for (const StampedOp &stamped : std::as_const(ops))
            if (const Timer *timer = whole.find(TimerId(stamped.op.subject)))
                for (const Handover &handover : timer->handovers)
                    if (const TimerId follower = followerOf(handover); !known.contains(follower))
                        known += follower;
        QSet<OpId> expected;
        const auto due = whole.takeDue(now);
        for (const TimerBoard::Due &call : due)
            if (call.call == TimerBoard::Call::End &&
                ringKind(call.timer.endAt, now) != RingKind::Missed)
                expected.insert(call.timer.ringKey);
        QSet<OpId> told;
        const QList<Timer> taken = kitchen->takeRings(now);
        for (const Timer &timer : taken)
            told.insert(timer.ringKey);
        QCOMPARE(told, expected);
        rings += int(told.size());
        if (kitchen->pruneAt() && *kitchen->pruneAt() <= now)
            QVERIFY(kitchen->prune(now));
        if (below(60) == 0) {
            kitchen = std::make_unique<KitchenBoard>(board());
            const qint64 piece = 1 + below(40);
            for (qint64 at = 0; at < m_shelf.log().size(); at += piece)
                QVERIFY(kitchen->load(m_shelf.log().mid(at, piece), now));
            QVERIFY(kitchen->loaded(now));
            (void)kitchen->takeRings(now); // what was told before
        }
        bool runs = false;
        qsizetype lives = 0;
        const QList<Timer> all = whole.timers();
        for (const Timer &timer : all) {
            const bool live = timer.phase == Phase::Paused ||
                              (timer.phase == Phase::Running && now - timer.endAt <= Hour) ||
                              (isOver(timer) && now - timer.changedAt <= Hour);
            lives += live;
            runs = runs || (timer.phase == Phase::Running && now - timer.endAt <= Hour);
            if (live)
                QVERIFY2(kitchen->find(timer.id), qPrintable(QString::number(step)));
            if (const Timer *ours = kitchen->find(timer.id))
                QCOMPARE(*ours, timer);
        }
        QCOMPARE(kitchen->signs(now).running, runs);
    }
    QVERIFY(rings > 20);
    QVERIFY(kitchen->prune(now + 400 * 24 * Hour));
    const QList<Timer> left = kitchen->timers(); // paused ones with their families
    const bool anyPaused = std::any_of(left.cbegin(), left.cend(), [](const Timer &timer) {
        return timer.phase == Phase::Paused;
    });
    QVERIFY(anyPaused || kitchen->size() == 0);
}

void TestKitchenBoard::staysSmallOverTheYears()
{
    KitchenBoard kitchen = board();
    qint64 now = T0;
    for (int day = 0; day < 400; ++day) {
        const TimerId roast = TimerId::random();
        const StampedOp start = m_maker.make(roast, roastAndRest(), now);
        QVERIFY(kitchen.put({start}, now));
        QVERIFY(kitchen.put({m_maker.make(roast, Pause{}, now + 1, {start.op.id}),
                             m_maker.make(roast, Cancel{}, now + 2, {start.op.id})},
                            now + 2));
        while (const auto next = kitchen.nextAt()) {
            now = std::max(now, *next);
            (void)kitchen.takeRings(now);
            QVERIFY(kitchen.prune(now));
        }
        QVERIFY2(kitchen.size() == 0, qPrintable(QString::number(day)));
        now += 24 * Hour;
    }
}

QTEST_GUILESS_MAIN(TestKitchenBoard)
#include "tst_kitchenboard.moc"
