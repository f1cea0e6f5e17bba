// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Histories.h"
#include "fakes/OpMaker.h"
#include "timers/OpCodec.h"
#include "unit/timers/NaiveCooking.h"

#include <QJsonArray>
#include <QTest>

using namespace simmer;
using namespace simmer::timers;
using fakes::OpMaker;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;
constexpr qint64 Minute = 60'000;
constexpr Box Leek{Box::Kind::Ingredient, 0};
constexpr Box Salt{Box::Kind::Ingredient, 1};
constexpr Box FirstStep{Box::Kind::Step, 0};

} // namespace

/// The cooking of a recipe: the rows of decision 0011.
class TestCooking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_recipe = RecipeId::random(); }

    void nothingWithoutABegin();
    void fieldsAreLastWriterWinsEach();
    void twoBeginsAreOneSession();
    void beginThatSawTheSessionStartsAfresh();
    void tickBelongsToTheSessionOnItsScreen();
    void forgottenSessionIsOver();
    void beginAfterAForgottenOneStartsAfresh();
    void endThatSawAllEnds();
    void endThatMissedATickLoses();
    void beginAfterTheEndStartsAfresh();
    void randomSessionsFoldAsTheRulesSay();
    void sessionsNameThemselves();
    void scalesAreInLowestTerms();
    void badOpsAreRefused_data();
    void badOpsAreRefused();
    void tooManyTicksAreRefused();

private:
    StampedOp by(OpMaker &cook, const Cook &said, qint64 kt, const QList<OpId> &seen = {})
    {
        return cook.make(sessionOf(m_recipe).uuid(), said, kt, seen);
    }
    Cook begin() const { return {m_recipe, Cook::Turn::Begin, {}, {}}; }
    Cook end() const { return {m_recipe, Cook::Turn::End, {}, {}}; }
    Cook tick(const Box &box, bool on = true) const { return {m_recipe, {}, {}, {}, {{box, on}}}; }
    static std::optional<Cooking> folded(const QList<StampedOp> &ops)
    {
        QList<StampedOp> ordered;
        putInOrder(ordered, ops);
        return foldCooking(ordered);
    }

    RecipeId m_recipe;
    OpMaker m_ana{QStringLiteral("Ana")};
    OpMaker m_ben{QStringLiteral("Ben")};
};

void TestCooking::nothingWithoutABegin()
{
    QVERIFY(!folded({}));
    QVERIFY(!folded({by(m_ana, tick(Salt), T0)}));
}

void TestCooking::fieldsAreLastWriterWinsEach()
{
    const StampedOp first = by(m_ana, begin(), T0);
    const QList<OpId> seen{first.op.id};
    const auto cooking =
        folded({by(m_ben, {m_recipe, {}, 3, Scale{1, 2}}, T0 + 5, seen), first,
                by(m_ana, {m_recipe, {}, 2, {}}, T0 + 6, seen), by(m_ana, tick(Salt), T0 + 7, seen),
                by(m_ben, tick(Salt, false), T0 + 8, seen),
                by(m_ben, tick(FirstStep), T0 + 8, seen), by(m_ana, tick(Leek), T0 + 9, seen)});
    QCOMPARE(cooking->step, 2);
    QCOMPARE(cooking->scale, (Scale{1, 2}));
    QCOMPARE(cooking->ticked, (QSet<Box>{Leek, FirstStep}));
    QCOMPARE(cooking->cook, QStringLiteral("Ana"));
    QCOMPARE(cooking->recipe, m_recipe);
    QCOMPARE(cooking->begunAt, T0);
    QCOMPARE(cooking->touchedAt, T0 + 9);
    QVERIFY(isOn(*cooking, T0 + 9));
}

void TestCooking::twoBeginsAreOneSession()
{
    const StampedOp hers = by(m_ana, begin(), T0);
    const StampedOp ticked = by(m_ana, tick(Salt), T0 + 1, {hers.op.id});
    const StampedOp his = by(m_ben, begin(), T0 + 2);
    const StampedOp also = by(m_ben, tick(Leek), T0 + 3, {his.op.id});
    QCOMPARE(folded({hers, ticked, his, also})->ticked, (QSet<Box>{Salt, Leek}));
}

void TestCooking::beginThatSawTheSessionStartsAfresh()
{
    const StampedOp first = by(m_ana, begin(), T0);
    const StampedOp ticked =
        by(m_ana, {m_recipe, {}, 4, Scale{2, 1}, {{Salt, true}}}, T0 + 1, {first.op.id});
    const auto cooking = folded({first, ticked, by(m_ben, begin(), T0 + 2, {ticked.op.id})});
    QVERIFY(cooking->ticked.isEmpty());
    QCOMPARE(cooking->step, 0);
    QCOMPARE(cooking->scale, Scale());
    QCOMPARE(cooking->cook, QStringLiteral("Ben"));
}

void TestCooking::tickBelongsToTheSessionOnItsScreen()
{
    const StampedOp first = by(m_ana, begin(), T0);
    const StampedOp anew = by(m_ana, begin(), T0 + 10, {first.op.id});
    for (const qint64 at : {T0 + 9, T0 + 11}) { // he did not know that she began anew
        const auto cooking = folded({first, anew, by(m_ben, tick(Salt), at, {first.op.id})});
        QVERIFY(cooking->ticked.isEmpty());
        QCOMPARE(cooking->touchedAt, T0 + 10);
    }
    QCOMPARE(folded({first, anew, by(m_ben, tick(Salt), T0 + 12, {anew.op.id})})->ticked,
             QSet<Box>{Salt});
}

void TestCooking::forgottenSessionIsOver()
{
    const auto cooking = folded({by(m_ana, begin(), T0)});
    QVERIFY(isOn(*cooking, T0 + IdleCookingMs));
    QVERIFY(!isOn(*cooking, T0 + IdleCookingMs + 1));
}

void TestCooking::beginAfterAForgottenOneStartsAfresh()
{
    const StampedOp first = by(m_ana, begin(), T0);
    const StampedOp ticked = by(m_ana, tick(Salt), T0 + Minute, {first.op.id});
    const auto begunAt = [&](qint64 at) {
        return folded({first, ticked, by(m_ben, begin(), at)})->begunAt; // he saw nothing of it
    };
    QCOMPARE(begunAt(T0 + Minute + IdleCookingMs), T0);
    QCOMPARE(begunAt(T0 + Minute + IdleCookingMs + 1), T0 + Minute + IdleCookingMs + 1);
}

void TestCooking::endThatSawAllEnds()
{
    const StampedOp first = by(m_ana, begin(), T0);
    const StampedOp ticked = by(m_ben, tick(Salt), T0 + 1, {first.op.id});
    const auto cooking = folded({first, ticked, by(m_ana, end(), T0 + 2, {ticked.op.id})});
    QVERIFY(cooking->ended);
    QVERIFY(!isOn(*cooking, T0 + 3));
}

void TestCooking::endThatMissedATickLoses()
{
    const StampedOp first = by(m_ana, begin(), T0);
    for (const qint64 at : {T0 + 1, T0 + 3})
        QVERIFY(!folded({first, by(m_ben, tick(Salt), at, {first.op.id}),
                         by(m_ana, end(), T0 + 2, {first.op.id})})
                     ->ended);
    // neither saw all of it, but both together
    const StampedOp hers = by(m_ana, tick(Salt), T0 + 1, {first.op.id});
    const StampedOp his = by(m_ben, tick(Leek), T0 + 1, {first.op.id});
    QVERIFY(folded({first, hers, his, by(m_ana, end(), T0 + 2, {hers.op.id}),
                    by(m_ben, end(), T0 + 3, {his.op.id})})
                ->ended);
}

void TestCooking::beginAfterTheEndStartsAfresh()
{
    const StampedOp first = by(m_ana, begin(), T0);
    const StampedOp ticked = by(m_ana, tick(Salt), T0 + 1, {first.op.id});
    const StampedOp over = by(m_ana, end(), T0 + 2, {ticked.op.id});
    const auto cooking = folded({first, ticked, over, by(m_ben, begin(), T0 + 3)});
    QVERIFY(cooking->ticked.isEmpty());
    QVERIFY(!cooking->ended);
}

/// Any arrival order gives the same session, and it is the one that the rules say.
void TestCooking::randomSessionsFoldAsTheRulesSay()
{
    int on = 0;
    int over = 0;
    int several = 0;
    for (quint32 seed = 0; seed < 3000; ++seed) {
        fakes::Histories chance(seed);
        const auto draw = [&]() -> Action {
            Cook cook{m_recipe, {}, {}, {}};
            switch (chance.below(8)) {
            case 0:
            case 1:
                cook.turn = Cook::Turn::Begin;
                break;
            case 2:
                cook.turn = Cook::Turn::End;
                break;
            case 3:
                cook.step = chance.below(9);
                break;
            case 4:
                cook.scale = scaleOf(1 + chance.below(4), 1 + chance.below(4));
                break;
            default:
                break;
            }
            if (chance.below(2) == 0)
                cook.ticks.insert({Box::Kind(chance.below(2)), chance.below(4)},
                                  chance.below(3) > 0);
            return cook;
        };
        const QList<StampedOp> ops =
            chance.make(sessionOf(m_recipe).uuid(), 1 + chance.below(24), draw);
        QList<StampedOp> sorted;
        putInOrder(sorted, ops);
        const auto judged = tests::naiveCooking(sorted);
        ++(judged && !judged->ended ? on : over);
        several += judged && judged->begunAt > sorted.constFirst().kt + IdleCookingMs;
        for (int again = 0; again < 3; ++again) {
            QList<StampedOp> arrived;
            for (const StampedOp &op : chance.shuffled(ops))
                putInOrder(arrived, {op});
            QCOMPARE(foldCooking(arrived), judged);
        }
    }
    QVERIFY(on > 500 && over > 200 && several > 200);
}

void TestCooking::sessionsNameThemselves()
{
    QCOMPARE(sessionOf(m_recipe), sessionOf(m_recipe));
    QVERIFY(sessionOf(m_recipe) != sessionOf(RecipeId::random()));
    const StampedOp op = by(m_ana, begin(), T0);
    QCOMPARE(cookedIn(op.op), std::optional(m_recipe));
    QVERIFY(!timerOf(op.op));
    QVERIFY(!recipeOf(op.op));
    QVERIFY(!cookedIn(m_ana.make(TimerId::random(), Pause{}, T0).op));
}

void TestCooking::scalesAreInLowestTerms()
{
    QCOMPARE(scaleOf(6, 4), std::optional(Scale{3, 2}));
    QCOMPARE(scaleOf(1500, 1000), std::optional(Scale{3, 2}));
    QCOMPARE(scaleOf(1000, 1), std::optional(Scale{1000, 1}));
    QVERIFY(!scaleOf(1001, 1));
    QVERIFY(!scaleOf(0, 1));
    QVERIFY(!scaleOf(1, -1));
}

void TestCooking::badOpsAreRefused_data()
{
    using K = QLatin1String;
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *name, const char *field, const QJsonValue &value) {
        QTest::newRow(name) << QString::fromLatin1(field) << value;
    };
    const auto ticks = [](const QJsonObject &tick) { return QJsonArray{tick, tick}; };
    row("another recipe", "recipe", RecipeId::random().toHex());
    row("no recipe", "recipe", QStringLiteral("soup"));
    row("unknown turn", "turn", QStringLiteral("maybe"));
    row("step below", "step", -1);
    row("step above", "step", 10'001);
    row("half a step", "step", 1.5);
    row("reducible scale", "scale", QJsonArray{2, 4});
    row("no scale", "scale", QJsonArray{0, 1});
    row("scale of three", "scale", QJsonArray{1, 2, 3});
    row("huge scale", "scale", QJsonArray{1001, 1});
    row("scale of text", "scale", QJsonArray{QStringLiteral("1"), 1});
    row("no ticks", "ticks", QJsonArray());
    row("one box twice", "ticks", ticks({{K("box"), K("step")}, {K("index"), 1}, {K("on"), true}}));
    row("unknown box", "ticks",
        QJsonArray{QJsonObject{{K("box"), K("pan")}, {K("index"), 1}, {K("on"), true}}});
    row("box below", "ticks",
        QJsonArray{QJsonObject{{K("box"), K("step")}, {K("index"), -1}, {K("on"), true}}});
    row("neither on nor off", "ticks",
        QJsonArray{QJsonObject{{K("box"), K("step")}, {K("index"), 1}}});
    row("more than that", "ticks",
        QJsonArray{
            QJsonObject{{K("box"), K("step")}, {K("index"), 1}, {K("on"), true}, {K("x"), 1}}});
    row("unknown field", "salt", 1);
}

void TestCooking::badOpsAreRefused()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    const Cook all{m_recipe, Cook::Turn::Begin, 1, Scale{1, 3}, {{Salt, true}, {FirstStep, false}}};
    QJsonObject json = toJson(by(m_ana, all, T0).op);
    const auto fine = opFromJson(json);
    QVERIFY(fine);
    QCOMPARE(std::get<Cook>(fine->action), all);
    QJsonObject arg = json.value(QLatin1String("arg")).toObject();
    arg.insert(field, value);
    json.insert(QLatin1String("arg"), arg);
    const auto op = opFromJson(json);
    QVERIFY(!op);
    QCOMPARE(op.error().code, ErrorCode::BadSyntax);
}

void TestCooking::tooManyTicksAreRefused()
{
    Cook cook{m_recipe, {}, {}, {}};
    for (int i = 0; i < MostTicks; ++i)
        cook.ticks.insert({Box::Kind::Ingredient, i}, true);
    QVERIFY(opFromBytes(canonical(by(m_ana, cook, T0).op)));
    cook.ticks.insert(FirstStep, true);
    QVERIFY(!opFromBytes(canonical(by(m_ana, cook, T0).op)));
}

QTEST_GUILESS_MAIN(TestCooking)
#include "tst_cooking.moc"
