// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "timers/Fold.h"
#include "timers/TimerBoard.h"

#include <QTest>

using namespace simmer;
using namespace simmer::timers;
using fakes::OpMaker;

namespace {

constexpr qint64 Minute = 60'000;
constexpr qint64 T0 = 1'700'000'000'000;

Start plain(qint64 ms)
{
    return {QStringLiteral("Eggs"), ms, ms, {}};
}

/// 45 min in the oven, then 10 min of rest, then 5 min to carve it.
Start roastAndRest()
{
    Start start = plain(45 * Minute);
    start.then = {{QStringLiteral("Rest"), 10 * Minute, 10 * Minute},
                  {QStringLiteral("Carve"), 5 * Minute, 5 * Minute}};
    return start;
}

/// The timer that follows the newest run of another.
TimerId restAfter(const TimerBoard &board, const TimerId &timer)
{
    return followerOf(board.find(timer)->handovers.constLast());
}

} // namespace

/// What calls when, and what follows what.
class TestTimerBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boardCallsEachEndOnce();
    void boardCallsCheckBeforeEnd();
    void boardForgetsMovedEnds();
    void boardTakesANewStampForAnOp();
    void boardTakesManyAtOnce();
    void cuesComeInTheirOrderAndOnce();
    void aCueComesOnceAfterAllChanges();
    void cuesMoveWithTheEnd();
    void aStageBeginsWhenTheOneBeforeEnds();
    void aStageMovesWithTheEndBeforeIt();
    void aSecondBatchLeavesTheFirstOnesStage();
    void snoozeRingsOnceMore();
    void aRingIsCalledOncePerKey();
    void historyTellsWhatCounted();
    void whatIsForgottenLeavesNothing();

private:
    OpMaker m_maker;
};

void TestTimerBoard::boardCallsEachEndOnce()
{
    TimerBoard board;
    const TimerId eggs = TimerId::random();
    const TimerId rice = TimerId::random();
    QCOMPARE(board.put(m_maker.make(eggs, plain(7 * Minute), T0)).timers.size(), 1);
    QCOMPARE(board.put(m_maker.make(rice, plain(5 * Minute), T0)).timers.size(), 1);
    QCOMPARE(board.nextDue(), std::optional(T0 + 5 * Minute));
    QVERIFY(board.takeDue(T0 + 5 * Minute - 1).isEmpty());
    const auto due = board.takeDue(T0 + 20 * Minute);
    QCOMPARE(due.size(), 2);
    QCOMPARE(due[0].timer.id, rice);
    QCOMPARE(due[1].timer.id, eggs);
    QVERIFY(board.takeDue(T0 + 30 * Minute).isEmpty());
    QVERIFY(!board.nextDue());
}

void TestTimerBoard::boardCallsCheckBeforeEnd()
{
    TimerBoard board;
    board.put(m_maker.make(TimerId::random(),
                           Start{QStringLiteral("Rice"), 16 * Minute, 18 * Minute, {}}, T0));
    const auto check = board.takeDue(T0 + 16 * Minute);
    QCOMPARE(check.size(), 1);
    QCOMPARE(check[0].call, TimerBoard::Call::Check);
    const auto end = board.takeDue(T0 + 18 * Minute);
    QCOMPARE(end.size(), 1);
    QCOMPARE(end[0].call, TimerBoard::Call::End);
}

void TestTimerBoard::boardForgetsMovedEnds()
{
    TimerBoard board;
    const TimerId eggs = TimerId::random();
    const StampedOp start = m_maker.make(eggs, plain(5 * Minute), T0);
    board.put(start);
    const StampedOp add = m_maker.make(eggs, Add{Minute}, T0 + 1000, {start.op.id});
    board.put(add);
    QVERIFY(board.takeDue(T0 + 5 * Minute).isEmpty());
    QCOMPARE(board.nextDue(), std::optional(T0 + 6 * Minute));
    board.put(m_maker.make(eggs, Pause{}, T0 + 2000, {add.op.id}));
    QVERIFY(!board.nextDue());
    QCOMPARE(board.find(eggs)->phase, Phase::Paused);
}

void TestTimerBoard::boardTakesANewStampForAnOp()
{
    TimerBoard board;
    const TimerId eggs = TimerId::random();
    StampedOp start = m_maker.make(eggs, plain(5 * Minute), T0);
    board.put(start);
    start.seq = 12;
    QVERIFY(board.put(start).timers.isEmpty()); // the same moment: nothing changed
    start.kt = T0 - 40;
    const auto moved = board.put(start);
    QCOMPARE(moved.timers.size(), 1);
    QCOMPARE(moved.timers[0].endAt, T0 - 40 + 5 * Minute);
    QCOMPARE(board.takeDue(T0 + 5 * Minute).size(), 1);
    QCOMPARE(board.size(), 1);
}

void TestTimerBoard::boardTakesManyAtOnce()
{
    QList<StampedOp> ops;
    for (int i = 0; i < 100; ++i)
        ops += m_maker.make(TimerId::random(), plain(Minute + i), T0);
    ops += m_maker.make(RecipeId::random().uuid(), WriteRecipe{}, T0);
    TimerBoard board;
    QCOMPARE(board.put(ops).timers.size(), 100);
    QCOMPARE(board.timers().size(), 100);
    QCOMPARE(board.nextDue(), std::optional(T0 + Minute));
}

void TestTimerBoard::cuesComeInTheirOrderAndOnce()
{
    TimerBoard board;
    const TimerId rice = TimerId::random();
    Start start = plain(20 * Minute);
    start.cues = {{Cue::Kind::Every, 6 * Minute, QStringLiteral("Stir")},
                  {Cue::Kind::Halfway, 0, {}},
                  {Cue::Kind::Before, 5 * Minute, QStringLiteral("Salt")}};
    board.put(m_maker.make(rice, start, T0));
    const auto next = [&](qint64 now) {
        QStringList calls;
        for (const TimerBoard::Due &due : board.takeDue(now))
            calls += QStringLiteral("%1 %2").arg((due.at - T0) / Minute).arg(due.cue.words);
        return calls;
    };
    QCOMPARE(next(T0 + 6 * Minute), QStringList{QStringLiteral("6 Stir")});
    QVERIFY(next(T0 + 6 * Minute).isEmpty());
    QCOMPARE(next(T0 + 10 * Minute), QStringList{QStringLiteral("10 ")});
    // woken late: of all that was missed only the newest is worth a word, and then the end
    QCOMPARE(next(T0 + 17 * Minute), QStringList{QStringLiteral("12 Stir")});
    QCOMPARE(next(T0 + 18 * Minute), QStringList{QStringLiteral("18 Stir")});
    QCOMPARE(next(T0 + 20 * Minute), QStringList{QStringLiteral("20 ")});
}

/// Cues that were changed there and back were appointed twice, and come once.
void TestTimerBoard::aCueComesOnceAfterAllChanges()
{
    TimerBoard board;
    const TimerId rice = TimerId::random();
    Start start = plain(20 * Minute);
    start.cues = {{Cue::Kind::Halfway, 0, {}}};
    const StampedOp begun = m_maker.make(rice, start, T0);
    const StampedOp there =
        m_maker.make(rice, SetCues{{{Cue::Kind::Before, Minute, {}}}}, T0 + 1, {begun.op.id});
    board.put(begun);
    board.put(there);
    board.put(m_maker.make(rice, SetCues{start.cues}, T0 + 2, {there.op.id}));
    QCOMPARE(board.takeDue(T0 + 10 * Minute).size(), 1);
    QVERIFY(board.takeDue(T0 + 10 * Minute).isEmpty());
}

void TestTimerBoard::cuesMoveWithTheEnd()
{
    TimerBoard board;
    const TimerId rice = TimerId::random();
    Start start = plain(20 * Minute);
    start.cues = {{Cue::Kind::Before, 5 * Minute, {}}};
    const StampedOp begun = m_maker.make(rice, start, T0);
    board.put(begun);
    board.put(m_maker.make(rice, Add{10 * Minute}, T0 + 1, {begun.op.id}));
    QCOMPARE(board.nextDue(), std::optional(T0 + 25 * Minute));
    board.put(m_maker.make(rice, SetCues{{{Cue::Kind::Halfway, 0, {}}}}, T0 + 2, {begun.op.id}));
    QCOMPARE(board.nextDue(), std::optional(T0 + 15 * Minute));
    board.put(m_maker.make(rice, SetCues{{{Cue::Kind::Every, 1, {}}}}, T0 + 3, {begun.op.id}));
    QCOMPARE(board.nextDue(), std::optional(T0 + 30 * Minute)); // too often: no cue at all
}

void TestTimerBoard::aStageBeginsWhenTheOneBeforeEnds()
{
    TimerBoard board;
    const TimerId roast = TimerId::random();
    const StampedOp start = m_maker.make(roast, roastAndRest(), T0);
    const auto changed = board.put(start);
    QCOMPARE(changed.timers.size(), 3); // roast, rest, carve
    const Timer rest = *board.find(restAfter(board, roast));
    QCOMPARE(rest.name, QStringLiteral("Rest"));
    QCOMPARE(stateAt(rest, T0 + Minute), State::Waiting);
    QCOMPARE(shownAt(rest, T0 + Minute), QStringLiteral("10:00"));
    QCOMPARE(rest.endAt, T0 + 55 * Minute);
    const auto due = board.takeDue(T0 + 45 * Minute);
    QCOMPARE(due.size(), 2);
    QCOMPARE(stateAt(rest, T0 + 46 * Minute), State::Running);
    QCOMPARE(shownAt(rest, T0 + 46 * Minute), QStringLiteral("9:00"));
    // a press on a stage counts like on any timer
    board.put(m_maker.make(rest.id, Add{5 * Minute}, T0 + 47 * Minute, rest.heads));
    QCOMPARE(board.find(rest.id)->endAt, T0 + 60 * Minute);
    const Timer carve = *board.find(restAfter(board, rest.id));
    QCOMPARE(carve.startedAt, T0 + 60 * Minute);
}

void TestTimerBoard::aStageMovesWithTheEndBeforeIt()
{
    TimerBoard board;
    const TimerId roast = TimerId::random();
    const StampedOp start = m_maker.make(roast, roastAndRest(), T0);
    board.put(start);
    const TimerId rest = restAfter(board, roast);
    const StampedOp pause = m_maker.make(roast, Pause{}, T0 + Minute, {start.op.id});
    board.put(pause);
    QVERIFY(!board.find(rest)); // nobody knows when
    const StampedOp resume = m_maker.make(roast, Resume{}, T0 + 3 * Minute, {pause.op.id});
    board.put(resume);
    QCOMPARE(board.find(rest)->startedAt, T0 + 47 * Minute);
    const auto gone = board.put(m_maker.make(roast, Cancel{}, T0 + 4 * Minute, {resume.op.id}));
    QCOMPARE(gone.timers.size(), 1);
    QCOMPARE(gone.gone.size(), 2);
    QVERIFY(!board.find(rest));
    QVERIFY(!board.nextDue());
}

void TestTimerBoard::aSecondBatchLeavesTheFirstOnesStage()
{
    TimerBoard board;
    const TimerId roast = TimerId::random();
    const StampedOp start = m_maker.make(roast, roastAndRest(), T0);
    board.put(start);
    const TimerId rest = restAfter(board, roast);
    board.put(m_maker.make(roast, roastAndRest(), T0 + 46 * Minute, {start.op.id}));
    QCOMPARE(stateAt(*board.find(rest), T0 + 47 * Minute), State::Running);
    const TimerId second = restAfter(board, roast);
    QVERIFY(second != rest);
    QCOMPARE(stateAt(*board.find(second), T0 + 47 * Minute), State::Waiting);
}

void TestTimerBoard::snoozeRingsOnceMore()
{
    TimerBoard board;
    const TimerId eggs = TimerId::random();
    const StampedOp start = m_maker.make(eggs, plain(5 * Minute), T0);
    board.put(start);
    QCOMPARE(board.takeDue(T0 + 5 * Minute).size(), 1);
    const StampedOp snooze =
        m_maker.make(eggs, Snooze{start.op.id, 2 * Minute}, T0 + 6 * Minute, {start.op.id});
    board.put(snooze);
    QVERIFY(board.find(eggs)->snoozed);
    QCOMPARE(board.nextDue(), std::optional(T0 + 8 * Minute));
    // one for a ring of before changes nothing
    QVERIFY(stateAt(*board.find(eggs), T0 + 7 * Minute) == State::Running);
    board.put(m_maker.make(eggs, Snooze{start.op.id, 9 * Minute}, T0 + 9 * Minute, {snooze.op.id}));
    QCOMPARE(board.find(eggs)->endAt, T0 + 8 * Minute);
    QCOMPARE(board.takeDue(T0 + 9 * Minute).size(), 1);
}

void TestTimerBoard::aRingIsCalledOncePerKey()
{
    TimerBoard board;
    const TimerId eggs = TimerId::random();
    StampedOp start = m_maker.make(eggs, plain(5 * Minute), T0);
    board.put(start);
    QCOMPARE(board.takeDue(T0 + 5 * Minute).size(), 1);
    start.kt = T0 - 30; // the server's stamp
    board.put(start);
    board.put(m_maker.make(eggs, SetCues{{{Cue::Kind::Halfway, 0, {}}}}, T0 + 5 * Minute + 1));
    QVERIFY(board.takeDue(T0 + 6 * Minute).isEmpty());
}

void TestTimerBoard::historyTellsWhatCounted()
{
    const TimerId eggs = TimerId::random();
    const StampedOp start = m_maker.make(eggs, plain(5 * Minute), T0);
    const StampedOp rename =
        m_maker.make(eggs, Rename{QStringLiteral("Duck eggs")}, T0 + 5, {start.op.id});
    const StampedOp resume = m_maker.make(eggs, Resume{}, T0 + 6, {rename.op.id});
    const QList<StampedOp> ops{start, rename, resume};
    QCOMPARE(fold(eggs, ops)->name, QStringLiteral("Duck eggs"));
    const QList<Deed> deeds = historyOf(eggs, ops);
    QCOMPARE(deeds.size(), 3);
    QVERIFY(deeds[0].counted && deeds[1].counted && !deeds[2].counted);
    QCOMPARE(deeds[1].op, rename.op.id);
}

void TestTimerBoard::whatIsForgottenLeavesNothing()
{
    TimerBoard board;
    OpMaker ana;
    const TimerId stays = TimerId::random();
    const TimerId goes = TimerId::random();
    board.put({ana.make(stays, plain(5 * Minute), T0), ana.make(goes, plain(2 * Minute), T0)});
    board.forget({goes});
    QCOMPARE(board.nextDue(), T0 + 5 * Minute);
    board.tidy();
    QVERIFY(!board.holds(goes));
    QVERIFY(!board.find(goes));
    QCOMPARE(board.size(), 1);
    QCOMPARE(board.nextDue(), T0 + 5 * Minute);
    QCOMPARE(board.takeDue(T0 + 10 * Minute).size(), 1);
    board.put(ana.make(goes, plain(Minute), T0 + 10 * Minute)); // and it begins like any other
    QCOMPARE(board.nextDue(), T0 + 11 * Minute);
}

QTEST_GUILESS_MAIN(TestTimerBoard)
#include "tst_timerboard.moc"
