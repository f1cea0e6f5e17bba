// SPDX-License-Identifier: GPL-3.0-or-later
#include "PageEvening.h"
#include "forms/StatusLine.h"
#include "widgets/IngredientRow.h"
#include "widgets/MetaLine.h"
#include "widgets/StepRow.h"
#include "widgets/StripItem.h"

#include <QAccessible>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

/// The recipe page by itself, and the smaller parts around it.
class TestUiPage : public QObject, PageEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void showsAllOfARecipe();
    void columnsStandBesideOrBelow();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void ticksAreKept();
    void ticksAreTheKitchens();
    void sectionsHaveHeadings();
    void headingsOverNothingTakeNoNumber();
    void changedRecipeIsShownAnew();
    void removedRecipeLeaves();
    void unknownRecipeChangesNothing();
    void stepIsBroughtIntoSight();
    void chipsAreButtonsForScreenReaders();
    void recipeTextIsNeverMarkup();
    void statusLineMakesRoom();
    void stripItemHasTheObviousButton_data();
    void stripItemHasTheObviousButton();

private:
    const recipes::Recipe &sample(const char *name) const
    {
        return *m_samples.constFind(QLatin1String(name));
    }
    QStringList labels() const;
};

QStringList TestUiPage::labels() const
{
    QStringList texts;
    const QList<QLabel *> all = m_page->findChildren<QLabel *>();
    for (const QLabel *label : all)
        texts += label->text();
    return texts;
}

void TestUiPage::showsAllOfARecipe()
{
    const recipes::Recipe &roast = sample("roast-chicken");
    QSignalSpy opened(m_page.get(), &RecipePage::opened);
    m_page->open(roast.id);
    QCOMPARE(opened.size(), 1);
    QVERIFY(labels().contains(roast.title));
    QVERIFY(labels().contains(QStringLiteral("0 of 12 ready")));
    QVERIFY(labels().contains(QStringLiteral("0 of 8 done")));
    QCOMPARE(m_page->findChildren<IngredientRow *>().size(), roast.ingredients.size());
    QCOMPARE(m_page->findChildren<StepRow *>().size(), roast.steps.size());
    int slotCount = 0;
    for (const recipes::Step &step : roast.steps)
        slotCount += int(step.slots.size());
    QCOMPARE(m_page->findChildren<ChipButton *>().size(), slotCount);
    QVERIFY(m_page->findChild<MetaLine *>()->accessibleName().startsWith(
        QStringLiteral("1 h 40 min, 35 min hands-on, oven")));
    m_page->open(roast.id);
    QCOMPARE(opened.size(), 1); // it is open already
}

void TestUiPage::columnsStandBesideOrBelow()
{
    m_page->open(sample("roast-chicken").id);
    const auto placeOf = [this](QWidget *widget) { return widget->mapTo(m_page.get(), QPoint()); };
    auto *row = m_page->findChild<IngredientRow *>();
    QTRY_VERIFY(placeOf(m_page->sheet()->step(0)).x() > placeOf(row).x() + 100);
    m_page->setMinimumWidth(0);
    m_page->resize(420, 800);
    QTRY_VERIFY(placeOf(m_page->sheet()->step(0)).x() < placeOf(row).x() + 100);
    QVERIFY(placeOf(m_page->sheet()->step(0)).y() > placeOf(row).y() + 100);
}

void TestUiPage::nothingIsCutOff_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {400, 560, 820, 1400})
        QTest::newRow(qPrintable(QString::number(width))) << width;
}

void TestUiPage::nothingIsCutOff()
{
    QFETCH(int, width);
    for (const recipes::Recipe &recipe : std::as_const(m_samples)) {
        m_page->open(recipe.id);
        m_page->resize(width, 800);
        QTRY_COMPARE(m_page->sheet()->width(),
                     m_page->findChild<QScrollArea *>()->viewport()->width());
        QCoreApplication::processEvents();
        const QList<QWidget *> all = m_page->sheet()->findChildren<QWidget *>();
        for (QWidget *child : all) {
            const QRect place(child->mapTo(m_page->sheet(), QPoint()), child->size());
            QVERIFY2(m_page->sheet()->rect().contains(place), child->metaObject()->className());
            if (child->hasHeightForWidth())
                QVERIFY2(child->height() >= child->heightForWidth(child->width()),
                         child->metaObject()->className());
        }
    }
}

void TestUiPage::ticksAreKept()
{
    const auto tap = [](QWidget *box) { QTest::mouseClick(box, Qt::LeftButton); };
    m_page->open(sample("roast-chicken").id);
    auto *first = m_page->findChild<IngredientRow *>();
    tap(first);
    QVERIFY(!first->isChecked()); // it shows when it is on the disk
    tap(m_page->sheet()->step(1)->findChild<StepNumber *>());
    QTRY_VERIFY(labels().contains(QStringLiteral("1 of 12 ready")));
    QTRY_VERIFY(labels().contains(QStringLiteral("1 of 8 done")));
    QVERIFY(m_page->sheet()->step(1)->isDone());
    m_page->open(sample("dal-tadka").id);
    QVERIFY(labels().contains(QStringLiteral("0 of 6 done")));
    m_page->open(sample("roast-chicken").id);
    QVERIFY(labels().contains(QStringLiteral("1 of 12 ready")));
    QVERIFY(m_page->sheet()->step(1)->isDone());
    tap(m_page->sheet()->step(1)->findChild<StepNumber *>());
    QTRY_VERIFY(!m_page->sheet()->step(1)->isDone());
}

void TestUiPage::ticksAreTheKitchens()
{
    const RecipeId roast = sample("roast-chicken").id;
    m_page->open(roast);
    // as another device of the kitchen would
    m_kitchen->cooking().tick(roast, {timers::Box::Kind::Ingredient, 2}, true);
    QTRY_VERIFY(m_page->findChildren<IngredientRow *>().at(2)->isChecked());
    m_kitchen->cooking().begin(roast);
    QTRY_VERIFY(labels().contains(QStringLiteral("0 of 12 ready")));
    m_kitchen->cooking().tick(roast, {timers::Box::Kind::Step, 0}, true);
    QTRY_VERIFY(m_page->sheet()->step(0)->isDone());
    m_kitchen->pass(timers::IdleCookingMs + 1000); // everybody left
    QTRY_VERIFY(!m_page->sheet()->step(0)->isDone());
}

void TestUiPage::sectionsHaveHeadings()
{
    recipes::Recipe recipe = sample("dal-tadka");
    recipe.id = RecipeId::random();
    recipe.steps[0].section = QStringLiteral("The lentils");
    recipe.steps[1].section = QStringLiteral("The lentils");
    recipe.steps[2].section = QStringLiteral("The tadka");
    m_kitchen->book().save(recipe);
    QTRY_VERIFY(m_kitchen->book().recipes().contains(recipe.id));
    m_page->open(recipe.id);
    QCOMPARE(labels().count(QStringLiteral("The lentils")), 1);
    QCOMPARE(labels().count(QStringLiteral("The tadka")), 1);
}

void TestUiPage::headingsOverNothingTakeNoNumber()
{
    recipes::Recipe recipe = sample("dal-tadka");
    recipe.id = RecipeId::random();
    recipe.steps.insert(1, recipes::Step{{}, {}, QStringLiteral("For the sauce")});
    m_kitchen->book().save(recipe);
    QTRY_VERIFY(m_kitchen->book().recipes().contains(recipe.id));
    m_page->open(recipe.id);
    QStringList numbers;
    for (const StepNumber *number : m_page->findChildren<StepNumber *>())
        if (number->isVisibleTo(m_page.get()))
            numbers += number->accessibleName();
    QCOMPARE(numbers.size(), recipe.steps.size() - 1);
    QCOMPARE(numbers.at(1), QStringLiteral("Step 2"));
    m_kitchen->cooking().tick(recipe.id, {timers::Box::Kind::Step, 1}, true); // by an older Simmer
    m_kitchen->cooking().tick(recipe.id, {timers::Box::Kind::Step, 0}, true);
    QTRY_VERIFY(labels().contains(QStringLiteral("1 of %1 done").arg(recipe.steps.size() - 1)));
}

void TestUiPage::changedRecipeIsShownAnew()
{
    recipes::Recipe recipe = sample("dal-tadka");
    m_page->open(recipe.id);
    recipe.title = QStringLiteral("Dal, my way");
    m_kitchen->book().save(recipe);
    QTRY_VERIFY(labels().contains(QStringLiteral("Dal, my way")));
    QCOMPARE(m_page->recipe(), recipe.id);
}

void TestUiPage::removedRecipeLeaves()
{
    const RecipeId dal = sample("dal-tadka").id;
    m_page->open(dal);
    m_kitchen->book().remove(dal);
    QTRY_VERIFY(m_page->recipe().isNull());
    QTRY_VERIFY(!m_page->sheet());
}

void TestUiPage::unknownRecipeChangesNothing()
{
    const RecipeId dal = sample("dal-tadka").id;
    m_page->open(dal);
    m_page->open(RecipeId::random());
    QCOMPARE(m_page->recipe(), dal);
    m_page->openStep(dal, 99);
    QCOMPARE(m_page->recipe(), dal);
}

void TestUiPage::stepIsBroughtIntoSight()
{
    m_page->resize(820, 400);
    m_page->openStep(sample("roast-chicken").id, 7);
    const StepRow *last = m_page->sheet()->step(7);
    const QWidget *view = m_page->findChild<QScrollArea *>()->viewport();
    QTRY_VERIFY(view->rect().contains(QRect(last->mapTo(view, QPoint()), last->size()).center()));
    QTRY_VERIFY(last->text()->chips().constFirst()->hasFocus());
}

void TestUiPage::chipsAreButtonsForScreenReaders()
{
    m_page->open(sample("roast-chicken").id);
    ChipButton *chip = m_page->sheet()->step(3)->text()->chips().constFirst();
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(chip);
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::Button);
    QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("45 minutes, ready"));
    QVERIFY(spoken->actionInterface());
    spoken->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_VERIFY(
        spoken->text(QAccessible::Name).startsWith(QStringLiteral("45 minutes, running, ")));
}

void TestUiPage::recipeTextIsNeverMarkup()
{
    recipes::Recipe recipe = sample("dal-tadka");
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("<img src='http://example.org/spy.png'><b>Dal</b>");
    recipe.summary = recipe.title;
    m_kitchen->book().save(recipe);
    QTRY_VERIFY(m_kitchen->book().recipes().contains(recipe.id));
    m_page->open(recipe.id);
    const QList<QLabel *> all = m_page->findChildren<QLabel *>();
    for (const QLabel *label : all)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestUiPage::statusLineMakesRoom()
{
    StatusLine line;
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Connecting;
    status.kitchen = QStringLiteral("Ana & Ben’s kitchen");
    status.server = QUrl(QStringLiteral("ws://simmer.local:7464/sync"));
    line.setLink(status);
    line.setTime(fakes::UiKitchen::evening());
    line.setSound(false);
    QCOMPARE(line.soundText(), QStringLiteral("No sound device. Alarms show on screen only."));
    line.resize(1200, 28);
    line.show();
    const auto shows = [&](const char *text) {
        const QList<QLabel *> all = line.findChildren<QLabel *>();
        return std::any_of(all.cbegin(), all.cend(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == QLatin1String(text);
        });
    };
    QVERIFY(shows("simmer.local:7464"));
    QVERIFY(shows("18:12"));
    line.resize(640, 28);
    QVERIFY(!shows("simmer.local:7464"));
    QVERIFY(shows("18:12"));
}

void TestUiPage::stripItemHasTheObviousButton_data()
{
    QTest::addColumn<int>("look");
    QTest::addColumn<QString>("name");
    QTest::newRow("running") << int(Look::Running) << QStringLiteral("Pause, Eggs");
    QTest::newRow("paused") << int(Look::Paused) << QStringLiteral("Resume, Eggs");
    QTest::newRow("ringing") << int(Look::Ringing) << QStringLiteral("Stop, Eggs");
    QTest::newRow("late") << int(Look::Late) << QStringLiteral("Got it, Eggs");
}

void TestUiPage::stripItemHasTheObviousButton()
{
    QFETCH(int, look);
    StripItem item(TimerId::random());
    CardWords words;
    words.face = {Look(look), QStringLiteral("1:12:30"), 0.5, 0, 0};
    words.count = words.face.count;
    words.name = QStringLiteral("Eggs");
    words.place = QStringLiteral("7 min");
    item.draw(words);
    item.resize(item.sizeHint());
    item.show();
    auto *button = item.findChild<QAbstractButton *>();
    QTEST(button->accessibleName(), "name");
    QVERIFY(button->width() >= 44 && button->height() >= 44);
    QSignalSpy wished(&item, &PassItem::toggleWished);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(wished.size(), 1);
    QTest::keyClick(&item, Qt::Key_Space);
    QCOMPARE(wished.size(), 2);
}

QTEST_MAIN(TestUiPage)
#include "tst_ui_page.moc"
