// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "timers/Fold.h"
#include "timers/Lives.h"
#include "unit/timers/NaiveFold.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace simmer;
using namespace simmer::timers;

namespace {

constexpr qint64 Begin = 1'700'000'000'000;
constexpr qint64 Length = 60'000;
const TimerId Eggs = TimerId::random();

Start eggs()
{
    return {QStringLiteral("Eggs"), Length, Length, {}};
}

/// Some cooks who start, move and end the same timer again and again, each with a view of its own
/// of what the others did.
class Kitchen
{
public:
    explicit Kitchen(quint64 seed)
        : m_dice(seed)
        , m_cooks(2 + below(3))
        , m_views(m_cooks.size())
    {
    }

    StampedOp press(qint64 kt)
    {
        const auto cook = size_t(below(m_cooks.size()));
        View &view = m_views[cook];
        if (below(3) > 0) // hears of everything; else acts on what it knew
            view.known = m_ops;
        std::sort(view.known.begin(), view.known.end(), before);
        const auto seen = fold(Eggs, view.known);
        StampedOp made =
            m_cooks[cook].make(Eggs, action(seen), kt, seen ? seen->heads : QList<OpId>());
        made.seq = m_ops.size() + 1;
        view.known += made;
        m_ops += made;
        return made;
    }
    qint64 below(size_t bound) { return qint64(m_dice() % bound); }

private:
    struct View {
        QList<StampedOp> known;
    };

    Action action(const std::optional<Timer> &seen)
    {
        const OpId ring = seen ? seen->ringKey : OpId();
        switch (below(10)) {
        case 0:
        case 1:
            return eggs();
        case 2:
            return Pause{};
        case 3:
            return Resume{};
        case 4:
            return Add{below(2) ? Length : -Length / 2};
        case 5:
            return Rename{QStringLiteral("Soft")};
        case 6:
            return Snooze{ring, Length};
        case 7:
            return Acknowledge{ring};
        default:
            return Cancel{};
        }
    }

    std::mt19937_64 m_dice;
    std::vector<fakes::OpMaker> m_cooks;
    std::vector<View> m_views;
    QList<StampedOp> m_ops;
};

/// What of a timer people and other ops can notice; heads may lie in what was folded.
bool showsTheSame(const std::optional<Timer> &one, const std::optional<Timer> &other)
{
    if (!one || !other)
        return one.has_value() == other.has_value();
    Timer a = *one;
    Timer b = *other;
    for (Timer *timer : {&a, &b}) {
        timer->heads.clear();
        timer->headAt = 0;
        timer->handovers.clear();
    }
    return a == b;
}

/// What KitchenLog takes of ops that come later: nothing up to what was folded, and nothing but a
/// start before the first one after it.
QList<StampedOp> taken(QList<StampedOp> rest, const QList<StampedOp> &later, qint64 folded)
{
    for (const StampedOp &stamped : later) {
        const bool follows = !rest.isEmpty() && before(rest.constFirst(), stamped);
        if (stamped.kt <= folded || !(follows || beginsAnew(stamped.op)))
            continue;
        rest += stamped;
        std::sort(rest.begin(), rest.end(), before);
    }
    return rest;
}

} // namespace

/// Where the lives of a timer end, and that folding works without those that did.
class TestLives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLifeEndsWhereItIsOver();
    void aLifeThatMayComeBackIsNone();
    void opsWithoutAStartAreNoLife();
    void onlySettledOpsEndALife();
    void followersAreKnownByTheirIds();
    void theEndingIsTheOneThatCounted();
    void foldingWithoutOldLivesIsTheSame();
};

void TestLives::aLifeEndsWhereItIsOver()
{
    fakes::OpMaker ana;
    const auto first = ana.make(Eggs, eggs(), Begin);
    const auto cancel = ana.make(Eggs, Cancel{}, Begin + 10, {first.op.id});
    const auto second = ana.make(Eggs, eggs(), Begin + 20, {cancel.op.id});
    const auto ring =
        ana.make(Eggs, Acknowledge{second.op.id}, Begin + 20 + Length, {second.op.id});
    const QList<StampedOp> ops{first, cancel, second, ring};
    QCOMPARE(livesOf(Eggs, ops, 4), (QList<qsizetype>{2, 4}));
    QCOMPARE(livesOf(Eggs, ops.first(3), 3), QList<qsizetype>{2});
    QCOMPARE(livesOf(Eggs, ops.first(1), 1), QList<qsizetype>());
    QCOMPARE(livesOf(Eggs, {}, 0), QList<qsizetype>());
}

void TestLives::aLifeThatMayComeBackIsNone()
{
    fakes::OpMaker ana;
    fakes::OpMaker ben;
    const auto start = ana.make(Eggs, eggs(), Begin);
    const auto cancel = ana.make(Eggs, Cancel{}, Begin + 10, {start.op.id});
    const auto add = ben.make(Eggs, Add{Length}, Begin + 20, {start.op.id}); // did not see it
    QCOMPARE(livesOf(Eggs, {start, cancel, add}, 3), QList<qsizetype>());
    const auto again = ana.make(Eggs, Cancel{}, Begin + 30, {cancel.op.id, add.op.id});
    QCOMPARE(livesOf(Eggs, {start, cancel, add, again}, 4), QList<qsizetype>{4});
}

void TestLives::opsWithoutAStartAreNoLife()
{
    fakes::OpMaker ana;
    const auto cancel = ana.make(Eggs, Cancel{}, Begin);
    const auto start = ana.make(Eggs, eggs(), Begin + 1);
    const auto end = ana.make(Eggs, Cancel{}, Begin + 2, {start.op.id});
    QCOMPARE(livesOf(Eggs, {cancel, start, end}, 3), QList<qsizetype>());
    const Start tooLong{QStringLiteral("Ham"), 1, LongestTimerMs + 1, {}};
    QVERIFY(!beginsAnew(ana.make(Eggs, tooLong, Begin).op));
    QVERIFY(beginsAnew(start.op));
}

void TestLives::onlySettledOpsEndALife()
{
    fakes::OpMaker ana;
    const auto start = ana.make(Eggs, eggs(), Begin);
    const auto cancel = ana.make(Eggs, Cancel{}, Begin + 10, {start.op.id});
    const auto rename = ana.make(Eggs, Rename{QStringLiteral("Soft")}, Begin + 20);
    QCOMPARE(livesOf(Eggs, {start, cancel}, 1), QList<qsizetype>());
    QCOMPARE(livesOf(Eggs, {start, cancel, rename}, 2), QList<qsizetype>());
    QCOMPARE(livesOf(Eggs, {start, cancel, rename}, 3), QList<qsizetype>{3});
}

void TestLives::followersAreKnownByTheirIds()
{
    fakes::OpMaker ana;
    const Place place{RecipeId::random(), 1, 0};
    Start start = eggs();
    start.place = place;
    QVERIFY(!isFollower(timerAt(place), {ana.make(timerAt(place), start, Begin)}));
    Handover handover;
    handover.run = OpId::random();
    const TimerId follower = followerOf(handover);
    QVERIFY(isFollower(follower, {ana.make(follower, Cancel{}, Begin)}));
    QVERIFY(isFollower(follower, {ana.make(follower, eggs(), Begin)}));
}

void TestLives::theEndingIsTheOneThatCounted()
{
    fakes::OpMaker ana;
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const auto start = ana.make(Eggs, eggs(), Begin);
    const auto first = ben.make(Eggs, Acknowledge{start.op.id}, Begin + Length, {start.op.id});
    const auto late = ana.make(Eggs, Acknowledge{start.op.id}, Begin + Length + 5, {start.op.id});
    QCOMPARE(endingOf(Eggs, {start, first, late}),
             (std::optional(Ending{QStringLiteral("Ben"), Begin + Length})));
    QCOMPARE(endingOf(Eggs, {start}), std::nullopt);
}

/// Random histories with several lives are cut at every life that ends; then more is pressed, by
/// cooks who saw the old lives, or a part, or nothing, and folded with and without them.
void TestLives::foldingWithoutOldLivesIsTheSame()
{
    int cuts = 0;
    for (quint64 seed = 1; seed <= 20'000; ++seed) {
        Kitchen kitchen(seed);
        QList<StampedOp> ops;
        qint64 kt = Begin;
        for (qint64 left = 4 + kitchen.below(14); left > 0; --left)
            ops += kitchen.press(kt += 1 + kitchen.below(size_t(Length)));
        std::sort(ops.begin(), ops.end(), before);
        const QList<qsizetype> ends = livesOf(Eggs, ops, ops.size());
        QList<StampedOp> later;
        for (qint64 left = 1 + kitchen.below(8); left > 0; --left)
            if (kitchen.below(3) == 0) // pressed long ago, on a device that was away
                later += kitchen.press(Begin + kitchen.below(size_t(kt - Begin)));
            else
                later += kitchen.press(kt += 1 + kitchen.below(size_t(Length)));
        for (const qsizetype end : ends) {
            const QList<StampedOp> rest = taken(ops.mid(end), later, ops[end - 1].kt);
            ++cuts;
            const QList<StampedOp> all = ops.first(end) + rest;
            const auto whole = fold(Eggs, all);
            const auto part = fold(Eggs, rest);
            if (rest.isEmpty()) {
                QVERIFY2(whole && isOver(*whole), qPrintable(QString::number(seed)));
                continue;
            }
            QVERIFY2(showsTheSame(whole, part), qPrintable(QString::number(seed)));
            QCOMPARE(tests::naive(*part), *tests::naiveFold(rest));
            QCOMPARE(tests::naive(*whole), *tests::naiveFold(all));
            QCOMPARE(*tests::naiveFold(rest), *tests::naiveFold(all));
        }
    }
    qInfo("%d cuts", cuts);
    QVERIFY(cuts > 1000);
}

QTEST_GUILESS_MAIN(TestLives)
#include "tst_lives.moc"
