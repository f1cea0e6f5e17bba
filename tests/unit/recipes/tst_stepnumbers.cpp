// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/Recipe.h"
#include "recipes/times/TimerName.h"

#include <QTest>

using namespace simmer;
using namespace simmer::recipes;

/// Steps as their readers count them.
class TestStepNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void headingsOverNothingTakeNone();
    void whatIsNotThereKeepsItsIndex();
    void timersAreNamedByTheReadersNumber();

private:
    Recipe m_recipe;
};

void TestStepNumbers::init()
{
    m_recipe.title = QStringLiteral("Pie");
    m_recipe.steps = {{{}, {}, QStringLiteral("For later")},
                      {QStringLiteral("Rest."), {}, {}},
                      {{}, {}, QStringLiteral("Sauce")},
                      {QStringLiteral("5 minutes."), {{0, 9, 300, 300, {}}}, {}}};
}

void TestStepNumbers::headingsOverNothingTakeNone()
{
    QCOMPARE(countedSteps(m_recipe), 2);
    QCOMPARE(stepNumber(m_recipe, 1), 1);
    QCOMPARE(stepNumber(m_recipe, 2), 1);
    QCOMPARE(stepNumber(m_recipe, 3), 2);
}

void TestStepNumbers::whatIsNotThereKeepsItsIndex()
{
    QCOMPARE(stepNumber(m_recipe, 4), 5); // of a timer whose recipe became shorter
    QCOMPARE(countedSteps(Recipe()), 0);
}

void TestStepNumbers::timersAreNamedByTheReadersNumber()
{
    QCOMPARE(timerName(m_recipe, 3, 0), QStringLiteral("Pie, step 2"));
}

QTEST_GUILESS_MAIN(TestStepNumbers)
#include "tst_stepnumbers.moc"
