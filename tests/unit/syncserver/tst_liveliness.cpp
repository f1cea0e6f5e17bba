// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "fakes/OpShelf.h"
#include "syncserver/onlookers/Liveliness.h"

#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::timers;
using namespace simmer::syncserver;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;
constexpr qint64 Minute = 60'000;
constexpr qint64 Hour = 60 * Minute;

Start plain(qint64 ms)
{
    return {QStringLiteral("Eggs"), ms, ms, {}};
}

/// A kitchen with one who watches, and what it said.
struct Kitchen {
    explicit Kitchen(fakes::OpShelf &log)
        : shelf(log)
    {
        QObject::connect(&lively, &Liveliness::pulseChanged, &lively,
                         [this](const PulseState &state) { moods += state.mood; });
        QObject::connect(&lively, &Liveliness::rang, &lively,
                         [this](const Timer &timer, RingKind kind) {
                             rings += timer.id;
                             kinds += kind;
                         });
        QObject::connect(&lively, &Liveliness::unattended, &lively,
                         [this](const Timer &timer) { unattended += timer.id; });
        QObject::connect(&lively, &Liveliness::troubled, &lively,
                         [this](const Error &error) { troubles += error.code; });
    }

    OpId press(fakes::OpMaker &maker, const TimerId &timer, const Action &action, qint64 at)
    {
        const Timer *seen = lively.board().find(timer);
        const StampedOp op =
            shelf.commit(maker.make(timer, action, at, seen ? seen->heads : QList<OpId>()));
        lively.committed({op}, at);
        return op.op.id;
    }
    /// What the kitchen's alarm does, until then.
    int runUntil(qint64 end)
    {
        int calls = 0;
        for (auto next = lively.nextAt(); next && *next <= end; next = lively.nextAt(), ++calls)
            lively.tick(now = std::max(*next, now));
        return calls;
    }

    fakes::OpShelf &shelf;
    Liveliness lively{[this](const TimerId &id, const auto &) { return shelf.opsOf(id); }};
    qint64 now = T0;
    QList<Mood> moods;
    QList<TimerId> rings;
    QList<RingKind> kinds;
    QList<TimerId> unattended;
    QList<ErrorCode> troubles;
};

} // namespace

/// What goes on in a kitchen, told as it changes.
class TestLiveliness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_shelf = {}; }
    void anEveningHasItsMoods();
    void aRingThatNobodyHearsIsUnattendedOnce();
    void theSecondRingOfAnEmptyKitchenIsToldToo();
    void whoAnswersInTimeIsLeftInPeace();
    void whatRangWhileNobodyLookedIsToldLate();
    void theWorkerBeginsAnewWithItsPulse();
    void aBrokenLogIsTold();
    void asksForFewCalls();
    void onlookersShareOneAlarm();

private:
    fakes::OpShelf m_shelf;
    fakes::OpMaker m_ana{QStringLiteral("Ana")};
    fakes::OpMaker m_ben{QStringLiteral("Ben")};
};

void TestLiveliness::anEveningHasItsMoods()
{
    Kitchen kitchen(m_shelf);
    QCOMPARE(kitchen.lively.pulse(T0).mood, Mood::Quiet);
    QVERIFY(!kitchen.lively.nextAt());
    const TimerId roast = TimerId::random();
    kitchen.press(m_ana, roast, plain(30 * Minute), T0);
    for (int i = 0; i < 4; ++i)
        kitchen.press(i % 2 == 0 ? m_ben : m_ana, TimerId::random(), plain(Minute),
                      T0 + (i + 1) * 1000);
    QCOMPARE(kitchen.moods, (QList<Mood>{Mood::Simmering, Mood::FullSwing}));
    kitchen.runUntil(T0 + 3 * Hour);
    QCOMPARE(kitchen.moods, (QList<Mood>{Mood::Simmering, Mood::FullSwing, Mood::Simmering,
                                         Mood::Unattended, Mood::Quiet}));
    QCOMPARE(kitchen.rings.size(), 5);
    QVERIFY(!kitchen.lively.nextAt()); // and then it sleeps
    QCOMPARE(kitchen.lively.board().size(), 0);
}

void TestLiveliness::aRingThatNobodyHearsIsUnattendedOnce()
{
    Kitchen kitchen(m_shelf);
    const TimerId roast = TimerId::random();
    kitchen.press(m_ana, roast, plain(45 * Minute), T0);
    kitchen.runUntil(T0 + 45 * Minute);
    QCOMPARE(kitchen.rings, QList<TimerId>{roast});
    QCOMPARE(kitchen.kinds, QList<RingKind>{RingKind::OnTime});
    kitchen.runUntil(T0 + 46 * Minute - 1);
    QVERIFY(kitchen.unattended.isEmpty());
    kitchen.runUntil(T0 + 46 * Minute);
    QCOMPARE(kitchen.unattended, QList<TimerId>{roast});
    QCOMPARE(kitchen.lively.pulse(T0 + 46 * Minute).mood, Mood::Unattended);
    for (qint64 now = T0 + 46 * Minute; now < T0 + 60 * Minute; now += Minute)
        kitchen.lively.tick(now);
    QCOMPARE(kitchen.unattended.size(), 1);
    const OpId key = kitchen.lively.board().find(roast)->ringKey;
    kitchen.press(m_ben, roast, Acknowledge{key}, T0 + 60 * Minute);
    QCOMPARE(kitchen.moods.constLast(), Mood::Simmering);
}

void TestLiveliness::theSecondRingOfAnEmptyKitchenIsToldToo()
{
    Kitchen kitchen(m_shelf);
    const TimerId first = TimerId::random();
    const TimerId second = TimerId::random();
    kitchen.press(m_ana, first, plain(45 * Minute), T0);
    kitchen.press(m_ana, second, plain(50 * Minute), T0);
    kitchen.runUntil(T0 + 51 * Minute - 1);
    QCOMPARE(kitchen.unattended, QList<TimerId>{first});
    kitchen.runUntil(T0 + 51 * Minute);
    QCOMPARE(kitchen.unattended, (QList<TimerId>{first, second}));
}

void TestLiveliness::whoAnswersInTimeIsLeftInPeace()
{
    Kitchen kitchen(m_shelf);
    const TimerId roast = TimerId::random();
    const OpId key = kitchen.press(m_ana, roast, plain(45 * Minute), T0);
    kitchen.runUntil(T0 + 45 * Minute);
    kitchen.press(m_ana, roast, Acknowledge{key}, T0 + 45 * Minute + 20'000);
    kitchen.runUntil(T0 + 24 * Hour);
    QVERIFY(kitchen.unattended.isEmpty());
    QVERIFY(!kitchen.moods.contains(Mood::Unattended));
}

void TestLiveliness::whatRangWhileNobodyLookedIsToldLate()
{
    const TimerId roast = TimerId::random();
    m_shelf.commit(m_ana.make(roast, plain(10 * Minute), T0));
    m_shelf.commit(m_ana.make(TimerId::random(), plain(Minute), T0 - 2 * Hour));
    Kitchen kitchen(m_shelf);
    kitchen.lively.load(m_shelf.log(), T0 + 20 * Minute);
    QVERIFY(kitchen.rings.isEmpty());
    kitchen.lively.loaded(T0 + 20 * Minute);
    QCOMPARE(kitchen.rings, QList<TimerId>{roast});
    QCOMPARE(kitchen.kinds, QList<RingKind>{RingKind::Late});
}

void TestLiveliness::theWorkerBeginsAnewWithItsPulse()
{
    Kitchen before(m_shelf);
    for (int i = 0; i < 6; ++i)
        before.press(i % 2 == 0 ? m_ana : m_ben, TimerId::random(), plain(Hour), T0 + i * 1000);
    Kitchen after(m_shelf);
    after.lively.load(m_shelf.log(), T0 + 6000);
    after.lively.loaded(T0 + 6000);
    const PulseState was = before.lively.pulse(T0 + 6000);
    const PulseState is = after.lively.pulse(T0 + 6000);
    QCOMPARE(is.mood, Mood::FullSwing);
    QVERIFY(std::abs(was.score - is.score) < 1e-9);
    QCOMPARE(after.moods, QList<Mood>{Mood::FullSwing});
}

void TestLiveliness::aBrokenLogIsTold()
{
    Kitchen kitchen(m_shelf);
    m_shelf.broken = Error{ErrorCode::StoreBroken, QStringLiteral("broken"), {}};
    const TimerId roast = TimerId::random();
    kitchen.press(m_ana, roast, plain(Minute), T0);
    QCOMPARE(kitchen.troubles, QList<ErrorCode>{ErrorCode::StoreBroken});
    kitchen.runUntil(T0 + Minute); // it rings all the same
    QCOMPARE(kitchen.rings, QList<TimerId>{roast});
}

/// One alarm serves thousands of kitchens, so none may ask for much.
void TestLiveliness::asksForFewCalls()
{
    Kitchen kitchen(m_shelf);
    for (int i = 0; i < 20; ++i)
        kitchen.press(m_ana, TimerId::random(), plain((i + 1) * Minute), T0);
    const int calls = kitchen.runUntil(T0 + 10 * Hour);
    QVERIFY2(calls < 20 * 4 + 10, qPrintable(QString::number(calls)));
    QVERIFY(!kitchen.lively.nextAt());
}

void TestLiveliness::onlookersShareOneAlarm()
{
    Kitchen one(m_shelf);
    Kitchen two(m_shelf);
    Onlookers both;
    both.add(one.lively);
    both.add(two.lively);
    QVERIFY(!both.nextAt());
    const StampedOp op = m_shelf.commit(m_ana.make(TimerId::random(), plain(Minute), T0));
    both.committed({op}, T0);
    QCOMPARE(both.nextAt(), T0 + Minute);
    both.tick(T0 + Minute);
    QCOMPARE(one.rings.size(), 1);
    QCOMPARE(two.rings.size(), 1);
}

QTEST_GUILESS_MAIN(TestLiveliness)
#include "tst_liveliness.moc"
