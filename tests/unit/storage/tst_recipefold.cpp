// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Histories.h"
#include "fakes/OpMaker.h"
#include "recipes/RecipeCodec.h"
#include "storage/RecipeFold.h"
#include "unit/storage/NaiveRecipe.h"

#include <QJsonArray>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;
using fakes::OpMaker;
using recipes::Edit;
using timers::RemoveRecipe;
using timers::StampedOp;
using timers::WriteRecipe;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;

QJsonObject one(const char *field, const QJsonValue &value)
{
    return {{QLatin1String(field), value}};
}

QJsonObject soup()
{
    return {{QLatin1String("title"), QStringLiteral("Soup")},
            {QLatin1String("summary"), QStringLiteral("Warm")},
            {QLatin1String("ingredients"), QJsonArray{QStringLiteral("1 leek")}},
            {QLatin1String("steps"), QJsonArray()}};
}

} // namespace

/// Recipes field by field: the rows of decision 0011.
class TestRecipeFold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_id = RecipeId::random(); }

    void fieldsOfTwoCooksStandTogether();
    void laterWriterOfAFieldWins();
    void nullClears();
    void wholeRecipeClearsWhatItLacks();
    void editWithoutTheRecipeShowsNothing();
    void removalTakesWhatItHadSeen();
    void removalLosesToAnEditItMissed();
    void removalStampedTooEarlyCounts();
    void twoRemovalsTakeWhatEachHadSeen();
    void editThatSawTheRemovalBringsItBack();
    void unreadableFieldsDoNotCount();
    void nextOpHasSeenAllHeads();
    void moreHeadsThanAnOpNames();
    void historyTellsWhatLost();
    void historyOfAnImportIsShort();
    void randomHistoriesFoldAsTheRulesSay();

private:
    FoldedRecipe folded(QList<StampedOp> ops) const
    {
        QList<StampedOp> ordered;
        timers::putInOrder(ordered, ops);
        return foldRecipe(m_id, ordered);
    }
    StampedOp ana(const QJsonObject &fields, qint64 kt, const QList<OpId> &seen = {})
    {
        return m_ana.make(m_id.uuid(), WriteRecipe{fields}, kt, seen);
    }
    StampedOp ben(const QJsonObject &fields, qint64 kt, const QList<OpId> &seen = {})
    {
        return m_ben.make(m_id.uuid(), WriteRecipe{fields}, kt, seen);
    }
    StampedOp removal(OpMaker &cook, qint64 kt, const QList<OpId> &seen)
    {
        return cook.make(m_id.uuid(), RemoveRecipe{}, kt, seen);
    }

    RecipeId m_id;
    OpMaker m_ana{QStringLiteral("Ana")};
    OpMaker m_ben{QStringLiteral("Ben")};
};

void TestRecipeFold::fieldsOfTwoCooksStandTogether()
{
    const StampedOp first = ana(soup(), T0);
    const auto shown =
        folded({first, ana(one("title", QStringLiteral("Leek soup")), T0 + 5, {first.op.id}),
                ben(one("summary", QStringLiteral("Hot")), T0 + 6, {first.op.id})});
    QCOMPARE(shown.recipe->title, QStringLiteral("Leek soup"));
    QCOMPARE(shown.recipe->summary, QStringLiteral("Hot"));
    QCOMPARE(shown.recipe->ingredients, QStringList{QStringLiteral("1 leek")});
}

void TestRecipeFold::laterWriterOfAFieldWins()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp early = ana(one("title", QStringLiteral("A")), T0 + 5, {first.op.id});
    const StampedOp late = ben(one("title", QStringLiteral("B")), T0 + 6, {first.op.id});
    QCOMPARE(folded({late, first, early}).recipe->title, QStringLiteral("B"));
    QCOMPARE(folded({early, late, first}).recipe->title, QStringLiteral("B"));
}

void TestRecipeFold::nullClears()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp cleared = ben(one("summary", QJsonValue()), T0 + 1, {first.op.id});
    QCOMPARE(folded({first, cleared}).recipe->summary, QString());
    const StampedOp titleless = ben(one("title", QJsonValue()), T0 + 2, {cleared.op.id});
    QCOMPARE(folded({first, cleared, titleless}).recipe->title, QStringLiteral("Soup"));
}

void TestRecipeFold::wholeRecipeClearsWhatItLacks()
{
    const StampedOp first = ana(soup(), T0);
    QJsonObject plain = soup();
    plain.remove(QLatin1String("summary"));
    QCOMPARE(folded({first, ana(plain, T0 + 1, {first.op.id})}).recipe->summary, QString());
}

void TestRecipeFold::editWithoutTheRecipeShowsNothing()
{
    const StampedOp edit = ben(one("title", QStringLiteral("B")), T0 + 6, {OpId::random()});
    QVERIFY(!folded({edit}).recipe);
    QVERIFY(!folded({}).recipe);
}

void TestRecipeFold::removalTakesWhatItHadSeen()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp edit = ben(one("title", QStringLiteral("B")), T0 + 6, {first.op.id});
    QVERIFY(!folded({first, edit, removal(m_ana, T0 + 7, {edit.op.id})}).recipe);
}

void TestRecipeFold::removalLosesToAnEditItMissed()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp edit = ben(one("title", QStringLiteral("B")), T0 + 6, {first.op.id});
    const StampedOp gone = removal(m_ana, T0 + 7, {first.op.id});
    for (const auto &ops : {QList{first, edit, gone}, QList{gone, edit, first}}) {
        const auto shown = folded(ops);
        QVERIFY(shown.recipe);
        QCOMPARE(shown.recipe->title, QStringLiteral("B"));
        QCOMPARE(shown.recipe->summary, QStringLiteral("Warm")); // it lives whole
    }
}

void TestRecipeFold::removalStampedTooEarlyCounts()
{
    const StampedOp first = ana(soup(), T0);
    QVERIFY(!folded({first, removal(m_ana, T0 - 3'600'000, {first.op.id})}).recipe);
}

void TestRecipeFold::twoRemovalsTakeWhatEachHadSeen()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp one_ = ana(one("title", QStringLiteral("A")), T0 + 5, {first.op.id});
    const StampedOp other = ben(one("title", QStringLiteral("B")), T0 + 6, {first.op.id});
    QVERIFY(!folded({first, one_, other, removal(m_ana, T0 + 7, {one_.op.id}),
                     removal(m_ben, T0 + 8, {other.op.id})})
                 .recipe);
}

void TestRecipeFold::editThatSawTheRemovalBringsItBack()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp gone = removal(m_ana, T0 + 7, {first.op.id});
    const StampedOp edit = ben(one("title", QStringLiteral("B")), T0 + 9, {gone.op.id});
    QCOMPARE(folded({first, gone, edit}).recipe->summary, QStringLiteral("Warm"));
    QVERIFY(!folded({first, gone, edit, removal(m_ana, T0 + 10, {edit.op.id})}).recipe);
}

void TestRecipeFold::unreadableFieldsDoNotCount()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp number = ben(one("title", 5), T0 + 1, {first.op.id});
    const StampedOp foreign = ben(one("stars", 5), T0 + 2, {number.op.id});
    const StampedOp outside =
        ben(one("steps", QJsonArray{QJsonObject{{QLatin1String("text"), 3}}}), T0 + 3);
    const auto shown = folded({first, number, foreign, outside});
    QVERIFY(shown.recipe);
    QCOMPARE(recipes::toJson(*shown.recipe), soup());
    QCOMPARE(historyOf({first, number, foreign, outside}), historyOf({first}));
}

void TestRecipeFold::nextOpHasSeenAllHeads()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp early = ana(one("title", QStringLiteral("A")), T0 + 5, {first.op.id});
    const StampedOp late = ben(one("title", QStringLiteral("B")), T0 + 6, {first.op.id});
    const auto shown = folded({first, late, early});
    QCOMPARE(shown.heads, (QList<OpId>{early.op.id, late.op.id}));
    QCOMPARE(shown.newestAt, T0 + 6);
}

void TestRecipeFold::moreHeadsThanAnOpNames()
{
    QList<StampedOp> ops{ana(soup(), T0)};
    for (int i = 1; i <= 100; ++i)
        ops += ben(one("title", QString::number(i)), T0 + i, {ops[0].op.id});
    const auto shown = folded(ops);
    QCOMPARE(shown.heads.size(), timers::MostSeen);
    QCOMPARE(shown.heads.constLast(), ops.constLast().op.id);
}

void TestRecipeFold::historyTellsWhatLost()
{
    const StampedOp first = ana(soup(), T0);
    const StampedOp early = ana(one("title", QStringLiteral("A")), T0 + 5, {first.op.id});
    const StampedOp late = ben(one("title", QStringLiteral("B")), T0 + 6, {first.op.id});
    const StampedOp gone = removal(m_ana, T0 + 7, {early.op.id});
    const QList<Edit> lines = historyOf({first, early, late, gone});
    const auto fate = [&](int i) { return std::pair(lines[i].field, lines[i].fate); };
    QCOMPARE(lines.size(), 7);
    using Line = std::pair<QString, Edit::Fate>;
    QCOMPARE(fate(0), Line(QStringLiteral("ingredients"), Edit::Fate::Stands));
    QCOMPARE(fate(3), Line(QStringLiteral("title"), Edit::Fate::Replaced));
    QCOMPARE(fate(4), Line(QStringLiteral("title"), Edit::Fate::Lost));
    QCOMPARE(lines[4].value, QJsonValue(QStringLiteral("A")));
    QCOMPARE(lines[4].cook, QStringLiteral("Ana"));
    QCOMPARE(lines[4].kt, T0 + 5);
    QCOMPARE(fate(5), Line(QStringLiteral("title"), Edit::Fate::Stands));
    QCOMPARE(lines[5].device, late.op.device);
    QCOMPARE(fate(6), Line(QString(), Edit::Fate::Lost));
    const QList<Edit> after =
        historyOf({first, early, late, gone, removal(m_ben, T0 + 8, {late.op.id})});
    QCOMPARE(after[5].fate, Edit::Fate::Replaced); // nothing of it is shown any more
    QCOMPARE(after[7].fate, Edit::Fate::Stands);
}

void TestRecipeFold::historyOfAnImportIsShort()
{
    QCOMPARE(historyOf({ana(soup(), T0)}).size(), 4); // nothing of the fields that it lacks
    const StampedOp first = ana(soup(), T0);
    QJsonObject plain = soup();
    plain.remove(QLatin1String("summary"));
    const QList<Edit> lines = historyOf({first, ana(plain, T0 + 1, {first.op.id})});
    QCOMPARE(lines.size(), 8);
    QCOMPARE(lines[6].field, QStringLiteral("summary"));
    QVERIFY(lines[6].value.isNull());
}

/// Any arrival order gives the same recipe, and it is the one that the rules say.
void TestRecipeFold::randomHistoriesFoldAsTheRulesSay()
{
    int shown = 0;
    int gone = 0;
    for (quint32 seed = 0; seed < 3000; ++seed) {
        fakes::Histories chance(seed);
        const auto draw = [&]() -> timers::Action {
            if (chance.below(6) == 0)
                return RemoveRecipe{};
            if (chance.below(5) == 0)
                return WriteRecipe{soup()};
            const QString word = QString::number(chance.below(1000));
            switch (chance.below(5)) {
            case 0:
                return WriteRecipe{one("title", word)};
            case 1:
                return WriteRecipe{one("summary", word)};
            case 2:
                return WriteRecipe{one("summary", QJsonValue())};
            case 3:
                return WriteRecipe{one("prep", chance.below(100))};
            default:
                return WriteRecipe{{{QLatin1String("tags"), QJsonArray{word}},
                                    {QLatin1String("ingredients"), QJsonArray{word}}}};
            }
        };
        const QList<StampedOp> ops = chance.make(m_id.uuid(), 1 + chance.below(24), draw);
        const auto judged = tests::naiveRecipe(ops);
        ++(judged ? shown : gone);
        for (int again = 0; again < 3; ++again) {
            QList<StampedOp> ordered;
            const QList<StampedOp> arrived = chance.shuffled(ops);
            for (const StampedOp &op : arrived)
                timers::putInOrder(ordered, {op});
            timers::putInOrder(ordered, {arrived.constFirst()}); // told twice
            const FoldedRecipe folded = foldRecipe(m_id, ordered);
            QCOMPARE(folded.recipe.has_value(), judged.has_value());
            if (judged)
                QCOMPARE(recipes::toJson(*folded.recipe), *judged);
        }
    }
    QVERIFY(shown > 500 && gone > 500);
}

QTEST_GUILESS_MAIN(TestRecipeFold)
#include "tst_recipefold.moc"
