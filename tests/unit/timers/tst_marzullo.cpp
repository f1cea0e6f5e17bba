// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Marzullo.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace simmer::timers;

namespace {

/// By its definition: of all spans between a begin and an end, the one that lies in most claims.
std::optional<Agreement> naive(const QList<Interval> &claims)
{
    std::optional<Agreement> best;
    for (const Interval &begin : claims) {
        Agreement found{{begin.low, begin.high}, 0};
        for (const Interval &other : claims)
            if (other.low <= begin.low && begin.low <= other.high) {
                ++found.sources;
                found.where.high = std::min(found.where.high, other.high);
            }
        const auto width = [](const Agreement &one) { return one.where.high - one.where.low; };
        const bool better =
            best && (found.sources != best->sources ? found.sources > best->sources
                     : width(found) != width(*best) ? width(found) < width(*best)
                                                    : found.where.low < best->where.low);
        if (found.sources > 0 && (!best || better))
            best = found;
    }
    return best;
}

} // namespace

/// What sources agree on, against the definition and with liars among them.
class TestMarzullo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void examplesOfThePaper_data();
    void examplesOfThePaper();
    void agreesWithTheDefinition();
    void liarsBelowHalfNeverMoveTheTruth();
};

void TestMarzullo::examplesOfThePaper_data()
{
    QTest::addColumn<QList<Interval>>("claims");
    QTest::addColumn<Interval>("where");
    QTest::addColumn<qsizetype>("sources");
    const auto row = [](const char *name, const QList<Interval> &claims, Interval where,
                        qsizetype sources) { QTest::newRow(name) << claims << where << sources; };
    // 10 ± 2, 12 ± 1 and 11 ± 1 have [11, 12] in common; the next two are Wikipedia's examples.
    row("all agree", {{8, 12}, {11, 13}, {10, 12}}, {11, 12}, 3);
    row("one is false", {{8, 12}, {11, 13}, {14, 15}}, {11, 12}, 2);
    row("two of three", {{8, 9}, {8, 12}, {10, 12}}, {8, 9}, 2);
    row("they touch", {{1, 5}, {5, 9}}, {5, 5}, 2);
    row("one alone", {{-7, 7}}, {-7, 7}, 1);
    row("none agree: the narrowest", {{0, 9}, {20, 21}, {30, 39}}, {20, 21}, 1);
    row("one inside another", {{0, 100}, {40, 60}}, {40, 60}, 2);
    row("an impossible one is left out", {{5, 4}, {1, 2}}, {1, 2}, 1);
}

void TestMarzullo::examplesOfThePaper()
{
    QFETCH(const QList<Interval>, claims);
    QFETCH(const Interval, where);
    QFETCH(const qsizetype, sources);
    const auto found = agreement(claims);
    QVERIFY(found);
    QCOMPARE(found->where.low, where.low);
    QCOMPARE(found->where.high, where.high);
    QCOMPARE(found->sources, sources);
    QVERIFY(!agreement({}));
    QVERIFY(!agreement({{2, 1}}));
}

void TestMarzullo::agreesWithTheDefinition()
{
    std::mt19937 dice(1984); // NOLINT(bugprone-random-generator-seed): the same on every run
    const auto roll = [&](qint64 below) { return qint64(dice() % quint64(below)); };
    for (int round = 0; round < 20'000; ++round) {
        QList<Interval> claims;
        for (qint64 count = roll(9); count > 0; --count) {
            const qint64 low = roll(40) - 20; // small numbers: many ends meet
            claims += Interval{low, low + roll(15)};
        }
        QVERIFY2(agreement(claims) == naive(claims), qPrintable(QString::number(round)));
    }
}

/// With more than half of the sources true, what most agree on is within a true source's claim.
void TestMarzullo::liarsBelowHalfNeverMoveTheTruth()
{
    std::mt19937 dice(5905); // NOLINT(bugprone-random-generator-seed): the same on every run
    const auto roll = [&](qint64 below) { return qint64(dice() % quint64(below)); };
    constexpr qint64 Truth = 1'795'280'400'000;
    for (int round = 0; round < 5000; ++round) {
        const qint64 liars = roll(4);
        const qint64 honest = liars + 1 + roll(3);
        QList<Interval> claims;
        qint64 widest = 0;
        for (qint64 i = 0; i < honest; ++i) {
            const qint64 within = 1 + roll(200);
            const qint64 middle = Truth + roll(2 * within + 1) - within;
            widest = std::max(widest, 2 * within);
            claims += Interval{middle - within, middle + within};
        }
        const qint64 lie = Truth + roll(400'000) - 200'000; // they may have agreed on one
        for (qint64 i = 0; i < liars; ++i)
            claims += Interval{lie - roll(100), lie + roll(100)};
        std::shuffle(claims.begin(), claims.end(), dice);
        const auto found = agreement(claims);
        QVERIFY(found && found->sources >= honest);
        QVERIFY(std::abs(found->where.middle() - Truth) <= widest);
    }
}

QTEST_GUILESS_MAIN(TestMarzullo)
#include "tst_marzullo.moc"
