// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimerName.h"

#include <QTest>

using namespace simmer;
using namespace simmer::recipes;

namespace {

/// A recipe of one step, whose time stands in brackets.
Recipe recipeWith(const QString &text)
{
    Recipe recipe;
    recipe.title = QStringLiteral("Roast chicken with root vegetables");
    Step step{text, {}, {}};
    const qsizetype at = text.indexOf(u'[');
    const qsizetype end = text.indexOf(u']');
    step.slots = {{int(at), int(end) + 1, 60, 60, {}}};
    recipe.steps = {step};
    return recipe;
}

} // namespace

class TestTimerName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timerNames_data();
    void timerNames();
    void titlesInShort();
};

void TestTimerName::timerNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *text, const char *name) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(name);
    };
    row("Boil the potatoes in salted water for [8 minutes].", "Boil the potatoes in salted water");
    row("Turn the oven down to 180 °C and roast for [45 minutes].", "Roast");
    row("Add the rice. Simmer gently for about [16 minutes].", "Simmer gently");
    row("[10 minutes] later, stir.", "Roast chicken, step 1");
    row("Die Kartoffeln etwa [20 Minuten] kochen.", "Die Kartoffeln");
    row("Meanwhile, let the dough rest for [1 hour].", "Let the dough rest");
    row("For [5 minutes] stir.", "Roast chicken, step 1");
}

void TestTimerName::timerNames()
{
    QFETCH(QString, text);
    Recipe recipe = recipeWith(text);
    QTEST(timerName(recipe, 0, 0), "name");
    recipe.steps[0].slots[0].name = QStringLiteral("eggs");
    QCOMPARE(timerName(recipe, 0, 0), QStringLiteral("Eggs"));
}

void TestTimerName::titlesInShort()
{
    QCOMPARE(shortTitle(QStringLiteral("Roast chicken with root vegetables")),
             QStringLiteral("Roast chicken"));
    QCOMPARE(shortTitle(QStringLiteral("Soup (the good one)")), QStringLiteral("Soup"));
    const QString cut = shortTitle(QString(200, u'x'));
    QCOMPARE(cut.size(), 28);
    QVERIFY(cut.endsWith(u'…'));
}

QTEST_GUILESS_MAIN(TestTimerName)
#include "tst_timername.moc"
