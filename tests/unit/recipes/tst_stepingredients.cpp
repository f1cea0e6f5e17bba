// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/StepIngredients.h"

#include <QElapsedTimer>
#include <QTest>

using namespace simmer::recipes;

namespace {

Recipe recipeOf(const char *language, const QList<const char *> &ingredients, const char *step)
{
    Recipe recipe;
    recipe.language = QString::fromUtf8(language);
    for (const char *line : ingredients)
        recipe.ingredients += QString::fromUtf8(line);
    recipe.steps = {{QString::fromUtf8(step), {}, {}}};
    return recipe;
}

} // namespace

/// Which ingredients a step speaks of.
class TestStepIngredients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void found_data();
    void found();
    void noSuchStep();
    void hostileRecipesEndSoon();
};

void TestStepIngredients::found_data()
{
    QTest::addColumn<Recipe>("recipe");
    QTest::addColumn<QList<int>>("lines");
    QTest::newRow("plain") << recipeOf("en",
                                       {"2 red onions, sliced", "1 tbsp olive oil", "1 lemon"},
                                       "Fry the onion in the oil.")
                           << QList<int>{0, 1};
    QTest::newRow("plural") << recipeOf("en", {"1 tomato", "3 potatoes (floury)", "1 bay leaf"},
                                        "Add tomatoes and the potato.")
                            << QList<int>{0, 1};
    QTest::newRow("not every word")
        << recipeOf("en", {"200 ml red wine", "2 red onions"}, "Pour in the wine.")
        << QList<int>{0};
    QTest::newRow("German") << recipeOf("de", {"2 Zwiebeln", "1 EL Öl", "3 Möhren"},
                                        "Die Zwiebel im Öl anbraten.")
                            << QList<int>{0}; // "Öl" is too short to be sure
    QTest::newRow("French") << recipeOf("fr", {"2 oignons rouges", "100 g de beurre doux"},
                                        "Faire fondre le beurre.")
                            << QList<int>{1};
    QTest::newRow("Italian") << recipeOf("it", {"farina 300 g", "1 cipolla"}, "Tritare le cipolle.")
                             << QList<int>{1};
    QTest::newRow("none") << recipeOf("en", {"2 onions"}, "Heat the oven.") << QList<int>{};
}

void TestStepIngredients::found()
{
    QFETCH(Recipe, recipe);
    QTEST(ingredientsOf(recipe, 0), "lines");
}

void TestStepIngredients::noSuchStep()
{
    const Recipe recipe = recipeOf("en", {"2 onions"}, "Fry the onions.");
    QVERIFY(ingredientsOf(recipe, -1).isEmpty());
    QVERIFY(ingredientsOf(recipe, 1).isEmpty());
}

void TestStepIngredients::hostileRecipesEndSoon()
{
    Recipe recipe;
    for (int i = 0; i < 5000; ++i)
        recipe.ingredients += QStringLiteral("1 onion ").repeated(200);
    recipe.steps = {{QStringLiteral("onion ").repeated(50'000), {}, {}}};
    QElapsedTimer watch;
    watch.start();
    QVERIFY(ingredientsOf(recipe, 0).size() <= 500);
    QVERIFY2(watch.elapsed() < 3000, qPrintable(QString::number(watch.elapsed())));
}

QTEST_GUILESS_MAIN(TestStepIngredients)
#include "tst_stepingredients.moc"
