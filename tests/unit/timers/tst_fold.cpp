// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "timers/Fold.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace simmer;
using namespace simmer::timers;
using fakes::OpMaker;

namespace {

constexpr qint64 Minute = 60'000;
constexpr qint64 T0 = 1'700'000'000'000;

Start plain(qint64 ms)
{
    return {QStringLiteral("Potatoes"), ms, ms, {}};
}

} // namespace

/// The rows of DESIGN's table, one test each.
class TestFold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_id = TimerId::random(); }

    void startRunsToItsEnd();
    void nothingWithoutAStart();
    void pauseAndConcurrentAddBothCount();
    void cancelLosesToAddThatItHadNotSeen();
    void cancelWinsWhenItSawTheOther();
    void addAfterUnseenCancelRevives();
    void pauseAndResumeTheLaterWins();
    void acknowledgeNamesItsRing();
    void staleAcknowledgeSilencesNothing();
    void addToARingingTimerRingsAnew();
    void addThatMissedTheAcknowledgeRingsAnew();
    void twoStartsAreOneTimer();
    void startThatSawTheFirstRestarts();
    void badLengthsAreIgnored_data();
    void badLengthsAreIgnored();
    void lessThanNothingRingsNow();
    void rangeKeepsItsCheck();
    void anyArrivalOrderGivesTheSameState();

private:
    std::optional<Timer> folded(QList<StampedOp> ops) const
    {
        std::sort(ops.begin(), ops.end(), before);
        return fold(m_id, ops);
    }
    StampedOp ana(const Action &action, qint64 kt, const QList<OpId> &seen = {})
    {
        return m_ana.make(m_id, action, kt, seen);
    }
    StampedOp ben(const Action &action, qint64 kt, const QList<OpId> &seen = {})
    {
        return m_ben.make(m_id, action, kt, seen);
    }

    TimerId m_id;
    OpMaker m_ana{QStringLiteral("Ana")};
    OpMaker m_ben{QStringLiteral("Ben")};
};

void TestFold::startRunsToItsEnd()
{
    const StampedOp start = ana(plain(8 * Minute), T0);
    const auto timer = folded({start});
    QVERIFY(timer);
    QCOMPARE(timer->endAt, T0 + 8 * Minute);
    QCOMPARE(timer->cook, QStringLiteral("Ana"));
    QCOMPARE(timer->ringKey, start.op.id);
    QCOMPARE(timer->heads, QList<OpId>{start.op.id});
    QCOMPARE(stateAt(*timer, T0), State::Running);
    QCOMPARE(stateAt(*timer, timer->endAt - 1), State::Running);
    QCOMPARE(stateAt(*timer, timer->endAt), State::Ringing);
}

void TestFold::nothingWithoutAStart()
{
    QVERIFY(!folded({ana(Add{Minute}, T0), ana(Pause{}, T0 + 1)}));
}

void TestFold::pauseAndConcurrentAddBothCount()
{
    const StampedOp start = ana(plain(10 * Minute), T0);
    const auto timer = folded({start, ana(Pause{}, T0 + 4 * Minute, {start.op.id}),
                               ben(Add{Minute}, T0 + 4 * Minute + 5, {start.op.id})});
    QCOMPARE(timer->phase, Phase::Paused);
    QCOMPARE(timer->leftMs, 7 * Minute);
    QCOMPARE(timer->heads.size(), 2);
}

void TestFold::cancelLosesToAddThatItHadNotSeen()
{
    const StampedOp start = ana(plain(10 * Minute), T0);
    const auto timer = folded(
        {start, ben(Add{Minute}, T0 + 100, {start.op.id}), ana(Cancel{}, T0 + 200, {start.op.id})});
    QCOMPARE(timer->phase, Phase::Running);
    QCOMPARE(timer->endAt, T0 + 11 * Minute);
    QVERIFY(timer->cancelOverruled);
}

void TestFold::cancelWinsWhenItSawTheOther()
{
    const StampedOp start = ana(plain(10 * Minute), T0);
    const StampedOp add = ben(Add{Minute}, T0 + 100, {start.op.id});
    const auto timer = folded({start, add, ana(Cancel{}, T0 + 200, {add.op.id})});
    QCOMPARE(timer->phase, Phase::Cancelled);
    QCOMPARE(remainingAt(*timer, T0 + 300), 0);
}

void TestFold::addAfterUnseenCancelRevives()
{
    const StampedOp start = ana(plain(10 * Minute), T0);
    const auto timer = folded(
        {start, ana(Cancel{}, T0 + 100, {start.op.id}), ben(Add{Minute}, T0 + 200, {start.op.id})});
    QCOMPARE(timer->phase, Phase::Running);
    QCOMPARE(timer->endAt, T0 + 11 * Minute);
    QVERIFY(timer->cancelOverruled);
}

void TestFold::pauseAndResumeTheLaterWins()
{
    const StampedOp start = ana(plain(10 * Minute), T0);
    const StampedOp pause = ana(Pause{}, T0 + Minute, {start.op.id});
    const StampedOp resume = ben(Resume{}, T0 + 3 * Minute, {pause.op.id});
    const auto running = folded({start, pause, resume});
    QCOMPARE(running->phase, Phase::Running);
    QCOMPARE(running->endAt, T0 + 12 * Minute);
    QCOMPARE(running->ringKey, resume.op.id);
    const auto paused =
        folded({start, pause, resume, ana(Pause{}, T0 + 3 * Minute + 1, {pause.op.id})});
    QCOMPARE(paused->phase, Phase::Paused);
}

void TestFold::acknowledgeNamesItsRing()
{
    const StampedOp start = ana(plain(Minute), T0);
    const auto timer =
        folded({start, ben(Acknowledge{start.op.id}, T0 + Minute + 500, {start.op.id})});
    QCOMPARE(timer->phase, Phase::Done);
    QCOMPARE(timer->changedAt, T0 + Minute + 500);
}

void TestFold::staleAcknowledgeSilencesNothing()
{
    const StampedOp start = ana(plain(Minute), T0);
    const StampedOp add = ana(Add{Minute}, T0 + Minute + 10, {start.op.id});
    const auto timer =
        folded({start, add, ben(Acknowledge{start.op.id}, T0 + Minute + 20, {start.op.id})});
    QCOMPARE(timer->phase, Phase::Running);
    QCOMPARE(timer->ringKey, add.op.id);
}

void TestFold::addToARingingTimerRingsAnew()
{
    const StampedOp start = ana(plain(Minute), T0);
    const StampedOp add = ana(Add{Minute}, T0 + 90'000, {start.op.id});
    const auto timer = folded({start, add});
    QCOMPARE(timer->endAt, T0 + 150'000);
    QCOMPARE(timer->ringKey, add.op.id);
    QCOMPARE(timer->totalMs, 150'000);
}

void TestFold::addThatMissedTheAcknowledgeRingsAnew()
{
    const StampedOp start = ana(plain(Minute), T0);
    const StampedOp ack = ana(Acknowledge{start.op.id}, T0 + 61'000, {start.op.id});
    const auto revived = folded({start, ack, ben(Add{Minute}, T0 + 62'000, {start.op.id})});
    QCOMPARE(revived->phase, Phase::Running);
    QCOMPARE(revived->endAt, T0 + 122'000);
    const auto ended = folded({start, ack, ben(Add{Minute}, T0 + 62'000, {ack.op.id})});
    QCOMPARE(ended->phase, Phase::Done);
}

void TestFold::twoStartsAreOneTimer()
{
    const auto timer = folded({ana(plain(10 * Minute), T0), ben(plain(10 * Minute), T0 + 700)});
    QCOMPARE(timer->endAt, T0 + 10 * Minute);
    QCOMPARE(timer->cook, QStringLiteral("Ana"));
}

void TestFold::startThatSawTheFirstRestarts()
{
    const StampedOp first = ana(plain(10 * Minute), T0);
    const StampedOp again = ben(plain(5 * Minute), T0 + Minute, {first.op.id});
    const auto timer = folded({first, again});
    QCOMPARE(timer->endAt, T0 + 6 * Minute);
    QCOMPARE(timer->cook, QStringLiteral("Ben"));
    const StampedOp cancel = ana(Cancel{}, T0 + 2 * Minute, {again.op.id});
    const auto third =
        folded({first, again, cancel, ana(plain(3 * Minute), T0 + 4 * Minute, {cancel.op.id})});
    QCOMPARE(third->phase, Phase::Running);
    QCOMPARE(third->endAt, T0 + 7 * Minute);
}

void TestFold::badLengthsAreIgnored_data()
{
    QTest::addColumn<qint64>("length");
    QTest::newRow("zero") << qint64(0);
    QTest::newRow("negative") << qint64(-1);
    QTest::newRow("over 400 days") << LongestTimerMs + 1;
    QTest::newRow("huge") << std::numeric_limits<qint64>::max();
}

void TestFold::badLengthsAreIgnored()
{
    QFETCH(qint64, length);
    QVERIFY(!folded({ana(plain(length), T0)}));
    const StampedOp start = ana(plain(Minute), T0);
    const auto timer = folded({start, ana(plain(length), T0 + 1, {start.op.id})});
    QCOMPARE(timer->endAt, T0 + Minute);
}

void TestFold::lessThanNothingRingsNow()
{
    const StampedOp start = ana(plain(3 * Minute), T0);
    const auto timer = folded({start, ana(Add{-5 * Minute}, T0 + Minute, {start.op.id})});
    QCOMPARE(timer->endAt, T0 + Minute);
    QCOMPARE(stateAt(*timer, T0 + Minute), State::Ringing);
}

void TestFold::rangeKeepsItsCheck()
{
    const auto timer =
        folded({ana(Start{QStringLiteral("Rice"), 16 * Minute, 18 * Minute, {}}, T0)});
    QCOMPARE(timer->checkLeadMs, 2 * Minute);
    QVERIFY(!checkingAt(*timer, T0 + 15 * Minute));
    QVERIFY(checkingAt(*timer, T0 + 17 * Minute));
    QCOMPARE(shownAt(*timer, T0 + 15 * Minute), QStringLiteral("1:00"));
    QCOMPARE(shownAt(*timer, T0 + 17 * Minute), QStringLiteral("1:00"));
}

void TestFold::anyArrivalOrderGivesTheSameState()
{
    std::mt19937 chance(20261121); // fixed: a failure can be had again
    for (int round = 0; round < 500; ++round) {
        QList<StampedOp> ops{ana(plain(10 * Minute), T0)};
        for (int i = 0; i < 8; ++i) {
            const QList<Action> actions{Pause{},
                                        Resume{},
                                        Add{Minute},
                                        Cancel{},
                                        Acknowledge{ops[qsizetype(chance() % ops.size())].op.id},
                                        plain(5 * Minute)};
            const OpId seen = ops[qsizetype(chance() % ops.size())].op.id;
            const qint64 kt = T0 + qint64(chance() % (12 * Minute));
            OpMaker &cook = chance() % 2 ? m_ana : m_ben;
            ops += cook.make(m_id, actions[qsizetype(chance() % actions.size())], kt, {seen});
        }
        const auto expected = folded(ops);
        std::shuffle(ops.begin(), ops.end(), chance);
        QCOMPARE(folded(ops), expected);
    }
}

QTEST_GUILESS_MAIN(TestFold)
#include "tst_fold.moc"
