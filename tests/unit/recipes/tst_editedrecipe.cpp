// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/RecipeCodec.h"
#include "recipes/editing/EditedRecipe.h"
#include "recipes/times/TimeFinder.h"

#include <QTest>

using namespace simmer;
using namespace simmer::recipes;

namespace {

Step step(const char *text, const char *section = "")
{
    const QString words = QString::fromUtf8(text);
    return {words, findTimes(words), QString::fromUtf8(section)};
}

Recipe ragu()
{
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Ragù");
    recipe.summary = QStringLiteral("Slow.");
    recipe.ingredients = {QStringLiteral("1 onion"), QStringLiteral("500 g beef")};
    recipe.steps = {step("Chop."), step("Sweat for 12–15 minutes.", "Soffritto"),
                    step("Brown for 10 minutes.", "Soffritto"), step("Simmer 3 hours.")};
    recipe.prepMinutes = 45;
    recipe.yields = QStringLiteral("6 servings");
    recipe.source = QStringLiteral("Nonna");
    recipe.language = QStringLiteral("en");
    recipe.tags = {QStringLiteral("Sunday")};
    recipe.notes = QStringLiteral("Better the day after.");
    recipe.isFavourite = true;
    recipe.photos = {BlobHash::of("a"), BlobHash::of("b")};
    return recipe;
}

} // namespace

class TestEditedRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas();
    void headingsAreLines();
    void whatIsEmptyIsLeftOut();
    void headingsOverNothingStay();
    void spacesAroundAStepTakeItsSlotsAlong();
    void lineEndsOfOtherSystems();
    void correctionsAreSaved();
    void timesThatAreKnownAreNotReadAnew();
};

void TestEditedRecipe::comesBackAsItWas()
{
    const Recipe recipe = ragu();
    FoundTimes found;
    const EditedRecipe editing = toEdit(recipe, &found);
    QCOMPARE(edited(recipe.id, editing, found), recipe);
    QCOMPARE(edited(recipe.id, editing), recipe);
    QCOMPARE(found.size(), 4);
    QCOMPARE(edited(recipe.id, toEdit(Recipe())), [&] {
        Recipe none;
        none.id = recipe.id;
        return none;
    }());
}

void TestEditedRecipe::headingsAreLines()
{
    const EditedRecipe editing = toEdit(ragu());
    QStringList lines;
    for (const EditedLine &line : editing.lines)
        lines += (line.isStep() ? QStringLiteral("") : QStringLiteral("# ")) + line.text.left(5);
    const QStringList expected{QStringLiteral("Chop."), QStringLiteral("# Soffr"),
                               QStringLiteral("Sweat"), QStringLiteral("Brown"),
                               QStringLiteral("# "),    QStringLiteral("Simme")};
    QCOMPARE(lines, expected);
}

void TestEditedRecipe::whatIsEmptyIsLeftOut()
{
    EditedRecipe editing = toEdit(ragu());
    editing.lines += EditedLine{90, EditedLine::Kind::Step, QStringLiteral("  \n ")};
    editing.lines += EditedLine{91, EditedLine::Kind::Heading, QStringLiteral("For later")};
    editing.ingredients += QStringLiteral("\n\n  salt  \n");
    editing.tags += {QStringLiteral(" "), QStringLiteral("Sunday "), QStringLiteral("Sunday")};
    editing.lines += EditedLine{92, EditedLine::Kind::Heading, QStringLiteral("  ")};
    const Recipe saved = edited({}, editing);
    QCOMPARE(saved.steps.size(), ragu().steps.size() + 1);
    QVERIFY(saved.steps.constLast().isHeading());
    QCOMPARE(saved.steps.mid(0, ragu().steps.size()), ragu().steps);
    QCOMPARE(saved.ingredients.constLast(), QStringLiteral("salt"));
    QCOMPARE(saved.ingredients.size(), 3);
    QCOMPARE(saved.tags, ragu().tags);
}

void TestEditedRecipe::headingsOverNothingStay()
{
    using Kind = EditedLine::Kind;
    EditedRecipe editing;
    editing.lines = {{1, Kind::Heading, QStringLiteral("For the sauce")},
                     {2, Kind::Heading, QStringLiteral("For the dough")},
                     {3, Kind::Step, QStringLiteral("Knead.")},
                     {4, Kind::Heading, QStringLiteral("For later")},
                     {5, Kind::Step, QStringLiteral("  ")}};
    const Recipe saved = edited({}, editing);
    QCOMPARE(saved.steps.size(), 3);
    QCOMPARE(saved.steps[0], (Step{{}, {}, QStringLiteral("For the sauce")}));
    QCOMPARE(saved.steps[1].section, QStringLiteral("For the dough"));
    QVERIFY(!saved.steps[1].isHeading());
    QCOMPARE(saved.steps[2], (Step{{}, {}, QStringLiteral("For later")}));
    QStringList lines;
    const EditedRecipe again = toEdit(saved);
    for (const EditedLine &line : again.lines)
        lines += (line.isStep() ? QString() : QStringLiteral("# ")) + line.text;
    QCOMPARE(lines,
             (QStringList{QStringLiteral("# For the sauce"), QStringLiteral("# For the dough"),
                          QStringLiteral("Knead."), QStringLiteral("# For later")}));
    QCOMPARE(edited({}, again), saved);
    QCOMPARE(*recipeFromJson({}, toJson(saved)), saved);
    QCOMPARE(instructionLines(saved),
             (QStringList{QStringLiteral("For the sauce"), QStringLiteral("For the dough"),
                          QStringLiteral("Knead."), QStringLiteral("For later")}));
}

void TestEditedRecipe::spacesAroundAStepTakeItsSlotsAlong()
{
    EditedRecipe editing;
    editing.lines = {{1, EditedLine::Kind::Step, QStringLiteral("\n  10 minutes  ")}};
    const Recipe saved = edited({}, editing);
    QCOMPARE(saved.steps.constFirst().text, QStringLiteral("10 minutes"));
    QCOMPARE(saved.steps.constFirst().slots, (QList<Slot>{{0, 10, 600, 600, {}}}));
    QVERIFY(recipeFromJson({}, toJson(saved)));
}

void TestEditedRecipe::lineEndsOfOtherSystems()
{
    Recipe recipe = ragu();
    recipe.title = QStringLiteral("A\r\nB");
    recipe.steps = {step("Wait.\r\n\r\nBoil 10 minutes.\rRest\u2029 5 minutes.")};
    const QList<Slot> before = recipe.steps.constFirst().slots;
    QCOMPARE(before.size(), 2);
    const Recipe plain = withPlainLines(recipe);
    const Step &after = plain.steps.constFirst();
    QCOMPARE(after.text, QStringLiteral("Wait.\n\nBoil 10 minutes.\nRest\n 5 minutes."));
    QCOMPARE(plain.title, QStringLiteral("A B"));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(after.text.mid(after.slots[i].start, after.slots[i].end - after.slots[i].start),
                 recipe.steps[0].text.mid(before[i].start, before[i].end - before[i].start));
    QCOMPARE(withPlainLines(plain), plain);
    QCOMPARE(edited(recipe.id, toEdit(plain)), plain);
}

void TestEditedRecipe::correctionsAreSaved()
{
    Recipe recipe = ragu();
    recipe.steps[3].slots[0].name = QStringLiteral("Ragù");
    recipe.steps[1].slots.clear(); // "this is not a timer"
    const EditedRecipe editing = toEdit(recipe);
    QVERIFY(editing.lines[2].corrections.constFirst().isDenied);
    QCOMPARE(edited(recipe.id, editing), recipe);
}

void TestEditedRecipe::timesThatAreKnownAreNotReadAnew()
{
    const EditedRecipe editing = toEdit(ragu());
    const Recipe saved = edited({}, editing, {{3, {{0, 5, 7, 7, {}}}}});
    QCOMPARE(saved.steps[1].slots, (QList<Slot>{{0, 5, 7, 7, {}}}));
    QCOMPARE(saved.steps[2].slots, ragu().steps[2].slots);
}

QTEST_APPLESS_MAIN(TestEditedRecipe)
#include "tst_editedrecipe.moc"
