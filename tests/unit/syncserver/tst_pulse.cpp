// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/onlookers/Pulse.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace simmer;
using namespace simmer::syncserver;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;
constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
const QString Ana = QStringLiteral("Ana");
const QString Ben = QStringLiteral("Ben");
const TimerSigns Nothing{};
const TimerSigns Running{true, std::nullopt};

TimerSigns ringingSince(qint64 at)
{
    return {true, at};
}

bool isClose(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b));
}

} // namespace

/// How lively a kitchen is.
class TestPulse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void halfIsLeftAfterAHalfLife();
    void decaySplits();
    void readingChangesNothing();
    void theSameCookAddsLessAndLess();
    void anotherCookAddsInFullAndTurnsThePage();
    void afterAQuietTimeADoingIsAFirstOneAgain();
    void whatWaitedCountsForWhatIsLeftOfIt();
    void twoCooksAreInFullSwingAndOneWhoTapsIsNot();
    void fullSwingEndsLowerThanItBegins();
    void quietOnlyWhenNothingRuns();
    void anUnansweredRingIsUnattendedWhenNobodyIsThere();
    void somebodyAtWorkIsNoUnattendedKitchen();
    void theNextChangeIsWhereTheMoodChanges();
    void staysInItsBoundsWhateverTheClock();
    void wordsAreDistinct();
};

void TestPulse::halfIsLeftAfterAHalfLife()
{
    Pulse pulse;
    QCOMPARE(pulse.score(T0), 0.0);
    pulse.did(Ana, T0, T0);
    QCOMPARE(pulse.score(T0), 1.0);
    QCOMPARE(pulse.score(T0 + Pulse::HalfLifeMs), 0.5);
    QCOMPARE(pulse.score(T0 + 2 * Pulse::HalfLifeMs), 0.25);
}

void TestPulse::decaySplits()
{
    std::mt19937_64 dice(1);
    for (int i = 0; i < 10'000; ++i) {
        const qint64 a = qint64(dice() % (60 * Minute));
        const qint64 b = qint64(dice() % (60 * Minute));
        const double score = double(dice() % 64'000) / 1000;
        QVERIFY(isClose(decayed(score, a + b), decayed(decayed(score, a), b)));
        QVERIFY(decayed(score, a + b) <= decayed(score, a));
    }
}

void TestPulse::readingChangesNothing()
{
    std::mt19937 dice(2);
    Pulse read;
    Pulse left;
    qint64 now = T0;
    for (int i = 0; i < 2000; ++i) {
        now += dice() % 200'000;
        for (qint64 look = now - Minute; look < now; look += 7 * Second) {
            (void)read.state(look, Running);
            (void)read.nextChange(look, ringingSince(look));
        }
        const QString cook = dice() % 2 == 0 ? Ana : Ben;
        read.did(cook, now, now);
        left.did(cook, now, now);
        QCOMPARE(read.state(now, Nothing), left.state(now, Nothing));
    }
}

void TestPulse::theSameCookAddsLessAndLess()
{
    Pulse pulse;
    double before = 0;
    double added = 2;
    for (int i = 0; i < 12; ++i) {
        pulse.did(Ana, T0, T0);
        const double adds = pulse.score(T0) - before;
        QVERIFY(adds < added || isClose(adds, Pulse::Least) || std::abs(adds - added) < 1e-9);
        QVERIFY(adds > Pulse::Least - 1e-9);
        before = pulse.score(T0);
        added = adds;
    }
    QVERIFY(std::abs(added - Pulse::Least) < 1e-9);
}

void TestPulse::anotherCookAddsInFullAndTurnsThePage()
{
    Pulse pulse;
    pulse.did(Ana, T0, T0);
    pulse.did(Ana, T0, T0);
    pulse.did(Ben, T0, T0);
    QCOMPARE(pulse.score(T0), 1.0 + 0.7 + 1.0);
    pulse.did(Ana, T0, T0);
    QCOMPARE(pulse.score(T0), 1.0 + 0.7 + 1.0 + 1.0);
}

void TestPulse::afterAQuietTimeADoingIsAFirstOneAgain()
{
    Pulse pulse;
    pulse.did(Ana, T0, T0);
    pulse.did(Ana, T0, T0);
    const qint64 later = T0 + 3 * 60 * Minute;
    const double left = pulse.score(later);
    pulse.did(Ana, later, later);
    QCOMPARE(pulse.score(later), left + 1.0);
}

void TestPulse::whatWaitedCountsForWhatIsLeftOfIt()
{
    Pulse pulse;
    pulse.did(Ana, T0 - Pulse::HalfLifeMs, T0);
    QCOMPARE(pulse.score(T0), 0.5);
    Pulse late;
    for (int i = 0; i < 1000; ++i)
        late.did(i % 2 == 0 ? Ana : Ben, T0 - 24 * 60 * Minute, T0);
    QVERIFY(late.score(T0) < 1e-6); // a day's outbox is no full swing
    Pulse ahead;
    ahead.did(Ana, T0 + 60 * Minute, T0);
    QCOMPARE(ahead.score(T0), 1.0);
}

void TestPulse::twoCooksAreInFullSwingAndOneWhoTapsIsNot()
{
    Pulse one;
    for (int i = 0; i < 10; ++i)
        one.did(Ana, T0 + i * Second, T0 + i * Second);
    QCOMPARE(one.state(T0 + 10 * Second, Running).mood, Mood::Simmering);
    Pulse two;
    for (int i = 0; i < 5; ++i)
        two.did(i % 2 == 0 ? Ana : Ben, T0 + i * Second, T0 + i * Second);
    QCOMPARE(two.state(T0 + 10 * Second, Running).mood, Mood::FullSwing);
}

void TestPulse::fullSwingEndsLowerThanItBegins()
{
    Pulse pulse;
    for (int i = 0; i < 4; ++i)
        pulse.did(i % 2 == 0 ? Ana : Ben, T0, T0);
    QCOMPARE(pulse.state(T0, Nothing).mood, Mood::FullSwing);
    const qint64 half = T0 + Pulse::HalfLifeMs / 2; // 2.83
    QCOMPARE(pulse.state(half, Nothing).mood, Mood::FullSwing);
    const qint64 over = T0 + Pulse::HalfLifeMs; // 2.0
    QCOMPARE(pulse.state(over, Nothing).mood, Mood::Simmering);
    pulse.did(Ana, over, over); // 3.0: not enough to begin anew
    QCOMPARE(pulse.state(over, Nothing).mood, Mood::Simmering);
    pulse.did(Ben, over, over);
    QCOMPARE(pulse.state(over, Nothing).mood, Mood::FullSwing);
}

void TestPulse::quietOnlyWhenNothingRuns()
{
    Pulse pulse;
    QCOMPARE(pulse.state(T0, Nothing).mood, Mood::Quiet);
    QCOMPARE(pulse.state(T0, Running).mood, Mood::Simmering);
    pulse.did(Ana, T0, T0);
    QCOMPARE(pulse.state(T0 + Minute, Nothing).mood, Mood::Simmering);
    QCOMPARE(pulse.state(T0 + 20 * Minute, Nothing).mood, Mood::Quiet);
    QCOMPARE(pulse.state(T0 + 20 * Minute, Running).mood, Mood::Simmering);
}

void TestPulse::anUnansweredRingIsUnattendedWhenNobodyIsThere()
{
    Pulse pulse;
    pulse.did(Ana, T0, T0);
    const qint64 rang = T0 + 45 * Minute;
    QCOMPARE(pulse.state(rang, ringingSince(rang)).mood, Mood::Simmering);
    QCOMPARE(pulse.state(rang + Pulse::PatienceMs - 1, ringingSince(rang)).mood, Mood::Simmering);
    QCOMPARE(pulse.state(rang + Pulse::PatienceMs, ringingSince(rang)).mood, Mood::Unattended);
    pulse.did(Ben, rang + 2 * Minute, rang + 2 * Minute);
    QCOMPARE(pulse.state(rang + 2 * Minute, ringingSince(rang)).mood, Mood::Simmering);
}

void TestPulse::somebodyAtWorkIsNoUnattendedKitchen()
{
    Pulse pulse;
    for (int i = 0; i < 40; ++i) // the timer rings, and they chop on
        pulse.did(i % 2 == 0 ? Ana : Ben, T0 + i * Minute, T0 + i * Minute);
    QCOMPARE(pulse.state(T0 + 40 * Minute, ringingSince(T0)).mood, Mood::FullSwing);
}

void TestPulse::theNextChangeIsWhereTheMoodChanges()
{
    std::mt19937 dice(3);
    int changes = 0;
    for (int run = 0; run < 500; ++run) {
        Pulse pulse;
        qint64 now = T0;
        for (int i = 0, doings = int(dice() % 12); i < doings; ++i) {
            now += dice() % 40'000;
            pulse.did(dice() % 2 == 0 ? Ana : Ben, now, now);
        }
        const TimerSigns signs = run % 3 == 0   ? Nothing
                                 : run % 3 == 1 ? Running
                                                : ringingSince(now + dice() % 30'000);
        for (auto next = pulse.nextChange(now, signs); next; next = pulse.nextChange(now, signs)) {
            const Mood before = pulse.state(now, signs).mood;
            QVERIFY(*next > now);
            QVERIFY(pulse.state(*next, signs).mood != before);
            for (qint64 at = now; at < *next - 2; at += 1 + (*next - now) / 50)
                QCOMPARE(pulse.state(at, signs).mood, before);
            now = *next;
            ++changes;
        }
        const Mood last = pulse.state(now, signs).mood;
        QCOMPARE(pulse.state(now + 400LL * 24 * 60 * Minute, signs).mood, last);
        QVERIFY(last != Mood::FullSwing);
    }
    QVERIFY(changes > 500);
}

void TestPulse::staysInItsBoundsWhateverTheClock()
{
    constexpr qint64 Least = std::numeric_limits<qint64>::min();
    constexpr qint64 Most = std::numeric_limits<qint64>::max();
    const QList<qint64> times{Least, Least + 1, -1, 0, T0, T0 + 1, Most - 1, Most};
    std::mt19937 dice(4);
    const auto any = [&] { return times[qsizetype(dice() % uint(times.size()))]; };
    for (int run = 0; run < 300; ++run) {
        Pulse pulse;
        for (int i = 0; i < 200; ++i) {
            pulse.did(dice() % 2 == 0 ? Ana : Ben, any(), any());
            const qint64 now = any();
            const PulseState state = pulse.state(now, ringingSince(any()));
            QVERIFY(std::isfinite(state.score));
            QVERIFY(state.score >= 0 && state.score <= Pulse::Most);
            (void)pulse.nextChange(now, ringingSince(any()));
        }
    }
    Pulse flood;
    for (int i = 0; i < 100'000; ++i)
        flood.did(i % 2 == 0 ? Ana : Ben, T0, T0);
    QCOMPARE(flood.score(T0), Pulse::Most);
    QCOMPARE(flood.score(T0 - Minute), Pulse::Most); // back is not before
    QVERIFY(flood.state(T0 + 60 * Minute, Nothing).mood == Mood::Quiet);
    QCOMPARE(flood.score(T0 + 100LL * 365 * 24 * 60 * Minute), 0.0);
}

void TestPulse::wordsAreDistinct()
{
    const QStringList words{nameOf(Mood::Quiet), nameOf(Mood::Simmering), nameOf(Mood::FullSwing),
                            nameOf(Mood::Unattended)};
    QCOMPARE(QSet<QString>(words.cbegin(), words.cend()).size(), 4);
}

QTEST_GUILESS_MAIN(TestPulse)
#include "tst_pulse.moc"
