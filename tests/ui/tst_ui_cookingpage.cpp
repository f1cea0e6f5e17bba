// SPDX-License-Identifier: GPL-3.0-or-later
#include "CookingEvening.h"
#include "cooking/StepsBar.h"

/// How a step stands in cooking mode: legible, whole, with what it needs, at every size.
class TestUiCookingPage : public QObject, protected CookingEvening
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init() { begin(); }
    void cleanup() { end(); }

    void textIsLegible_data();
    void textIsLegible();
    void longTextIsNeverCut();
    void pedalReadsALongStep();
    void tapOnATimeStartsIt();
    void ingredientsOfTheStep();
    void ticksAreShared();
    void targetsAreLarge_data();
    void targetsAreLarge();
    void nothingOverlaps_data();
    void nothingOverlaps();
    void recipeWithoutSteps();
    void headingsOverNothingAreNoPages();
    void olderDevicesAreMetBesideAHeading();
    void onlyHeadingsAreNoSteps();

private:
    /// Headings over nothing before, between and after its two steps.
    recipes::Recipe withHeadings() const;
    bool isShown(const QString &text) const;
    int kitchenStepOf(const RecipeId &recipe) const
    {
        const auto cooking = m_kitchen->cooking().current(recipe);
        return cooking ? cooking->step : -1;
    }
};

void TestUiCookingPage::textIsLegible_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("pixels");
    QTest::newRow("1440") << QSize(1440, 900) << 60;
    QTest::newRow("2560") << QSize(2560, 1440) << 107;
    QTest::newRow("1024") << QSize(1024, 600) << 43;
    QTest::newRow("small") << QSize(700, 500) << 40;
}

void TestUiCookingPage::textIsLegible()
{
    QFETCH(QSize, size);
    m_screen->resize(size);
    press(Qt::Key_Right);
    press(Qt::Key_Right); // "Roast for 20 minutes to colour the skin."
    QTEST(m_screen->step().pixels(), "pixels");
}

void TestUiCookingPage::longTextIsNeverCut()
{
    recipes::Recipe wordy = m_dal;
    wordy.steps = {stepOf(QStringLiteral("Rühren und abschmecken. ").repeated(84), {}),
                   stepOf(QStringLiteral("Donaudampfschifffahrtsgesellschaft").repeated(9), {})};
    m_screen->cook(keep(wordy));
    for (const QSize size : {QSize(1440, 900), QSize(1024, 600), QSize(2560, 1440)}) {
        m_screen->resize(size);
        QTRY_VERIFY(m_screen->step().verticalScrollBar()->maximum() > 0 || size.height() > 1000);
        QVERIFY(m_screen->step().pixels() >= BigStep::LeastPixels);
        QTRY_VERIFY(m_screen->rect().contains(
            QRect(m_screen->step().mapTo(m_screen.get(), QPoint()), m_screen->step().size())));
    }
}

void TestUiCookingPage::pedalReadsALongStep()
{
    recipes::Recipe wordy = m_dal;
    wordy.steps = {stepOf(QStringLiteral("Stir, and taste. ").repeated(118), {}),
                   stepOf(QStringLiteral("Serve."), {})};
    m_screen->resize(1024, 600);
    m_screen->cook(keep(wordy));
    QScrollBar *bar = m_screen->step().verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    int presses = 0;
    while (course().step() == 0 && presses < 60) {
        const int before = bar->value();
        press(Qt::Key_PageDown);
        ++presses;
        // Each press leaves a line of what was in sight.
        QVERIFY(course().step() == 1 || bar->value() - before <= bar->pageStep());
    }
    QCOMPARE(course().step(), 1);
    QVERIFY(presses > 2);
    QCOMPARE(bar->value(), 0);
    press(Qt::Key_PageUp);
    QCOMPARE(course().step(), 0);
}

void TestUiCookingPage::tapOnATimeStartsIt()
{
    recipes::Recipe one = m_dal;
    one.steps = {stepOf(QStringLiteral("5 minutes of frying."), {QStringLiteral("5 minutes")})};
    m_screen->cook(keep(one));
    QCoreApplication::processEvents();
    QTest::mouseClick(m_screen->step().viewport(), Qt::LeftButton, {}, {60, 40});
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Running);
    QTest::mouseClick(m_screen->step().viewport(), Qt::LeftButton, {},
                      {m_screen->step().viewport()->width() - 4, 40});
    QCOMPARE(lookOf(timerAt(0)), Look::Running); // beside it
}

void TestUiCookingPage::ingredientsOfTheStep()
{
    recipes::Recipe soup = m_dal;
    soup.ingredients = {QStringLiteral("200 g red lentils"), QStringLiteral("2 onions"),
                        QStringLiteral("1 lemon")};
    soup.language = QStringLiteral("en");
    soup.steps = {
        stepOf(QStringLiteral("Fry the onions for 5 minutes."), {QStringLiteral("5 minutes")}),
        stepOf(QStringLiteral("Add the lentils."), {})};
    const RecipeId id = keep(soup);
    m_kitchen->cooking().setScale(id, {2, 1});
    QTRY_VERIFY(m_kitchen->cooking().current(id));
    m_screen->cook(id);
    const auto says = [this](const QString &text) {
        const QList<QLabel *> labels = m_screen->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == text;
        });
    };
    QVERIFY(says(QStringLiteral("4 onions")));
    QVERIFY(!says(QStringLiteral("For this step")));
    press(Qt::Key_I);
    QTRY_VERIFY(says(QStringLiteral("For this step")));
    QVERIFY(!says(QStringLiteral("4 onions")));
    press(Qt::Key_I);
    QTRY_VERIFY(!says(QStringLiteral("For this step")));
    press(Qt::Key_Right); // no time: the ingredients have the place
    QTRY_VERIFY(says(QStringLiteral("For this step")));
    const QList<IngredientRow *> rows = m_screen->findChildren<IngredientRow *>();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows.constFirst()->accessibleName(), QStringLiteral("400 g red lentils"));
}

void TestUiCookingPage::ticksAreShared()
{
    QTRY_COMPARE(kitchenStep(), 0);
    press(Qt::Key_I);
    QList<IngredientRow *> rows = m_screen->findChildren<IngredientRow *>();
    QVERIFY(!rows.isEmpty());
    QTest::mouseClick(rows.constFirst(), Qt::LeftButton);
    QTRY_VERIFY(rows.constFirst()->isChecked());
    QCOMPARE(m_kitchen->cooking().current(m_roast.id)->ticked.size(), 1);
    const timers::Box box = *m_kitchen->cooking().current(m_roast.id)->ticked.cbegin();
    m_kitchen->cooking().tick(m_roast.id, box, false); // by another device
    QTRY_VERIFY(!rows.constFirst()->isChecked());
}

void TestUiCookingPage::targetsAreLarge_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(1440, 900), QSize(1024, 600), QSize(2560, 1440), QSize(700, 480)})
        QTest::addRow("%d", size.width()) << size;
}

void TestUiCookingPage::targetsAreLarge()
{
    QFETCH(QSize, size);
    m_kitchen->cooking().setStep(m_dal.id, 1);
    m_timers->start({QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, {}});
    QTRY_COMPARE(m_screen->strip().tiles().size(), 1);
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Running);
    m_screen->resize(size);
    for (const bool withIngredients : {false, true}) {
        if (withIngredients)
            press(Qt::Key_I);
        QCoreApplication::processEvents();
        const QList<QAbstractButton *> all = m_screen->findChildren<QAbstractButton *>();
        for (const QAbstractButton *one : all)
            if (one->isVisible())
                QVERIFY2(one->height() >= 44 && one->width() >= 44,
                         qPrintable(one->accessibleName() + one->text()));
    }
}

void TestUiCookingPage::nothingOverlaps_data()
{
    targetsAreLarge_data();
}

/// At every size the parts stand below and beside each other, within the window.
void TestUiCookingPage::nothingOverlaps()
{
    QFETCH(QSize, size);
    m_timers->start({QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, {}});
    QTRY_COMPARE(m_screen->strip().tiles().size(), 1);
    m_screen->resize(size);
    for (int step = 0; step <= m_roast.steps.size(); ++step) {
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QList<const QWidget *> shown;
        const QList<QWidget *> parts =
            m_screen->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
        for (const QWidget *part : parts)
            if (part->isVisible() && !part->geometry().isEmpty())
                shown += part;
        for (const QWidget *a : std::as_const(shown)) {
            QVERIFY2(m_screen->rect().contains(a->geometry()), a->metaObject()->className());
            for (const QWidget *b : std::as_const(shown))
                QVERIFY2(a == b || !a->geometry().intersects(b->geometry()),
                         qPrintable(QStringLiteral("step %1: %2 at %3, %4 at %5")
                                        .arg(step)
                                        .arg(QLatin1String(a->metaObject()->className()))
                                        .arg(a->y())
                                        .arg(QLatin1String(b->metaObject()->className()))
                                        .arg(b->y())));
        }
        press(Qt::Key_Right);
    }
}

void TestUiCookingPage::recipeWithoutSteps()
{
    recipes::Recipe bare = m_dal;
    bare.steps.clear();
    m_screen->cook(keep(bare));
    QCOMPARE(course().steps(), 0);
    for (const int key : {Qt::Key_Right, Qt::Key_Left, Qt::Key_Space, Qt::Key_Plus, Qt::Key_S,
                          Qt::Key_1, Qt::Key_I, Qt::Key_G})
        press(key);
    QVERIFY(m_screen->isVisible());
}

recipes::Recipe TestUiCookingPage::withHeadings() const
{
    const auto heading = [](const char *words) {
        return recipes::Step{{}, {}, QString::fromLatin1(words)};
    };
    recipes::Recipe recipe = m_dal;
    recipe.steps = {heading("For later"),
                    stepOf(QStringLiteral("Boil for 5 minutes."), {QStringLiteral("5 minutes")}),
                    heading("For the sauce"), stepOf(QStringLiteral("Serve."), {}),
                    heading("Next time")};
    return recipe;
}

bool TestUiCookingPage::isShown(const QString &text) const
{
    const QList<QLabel *> labels = m_screen->findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text() == text;
    });
}

void TestUiCookingPage::headingsOverNothingAreNoPages()
{
    m_screen->cook(keep(withHeadings()));
    QCOMPARE(course().steps(), 2);
    QCOMPARE(course().step(), 1);
    QTRY_COMPARE(kitchenStepOf(course().recipe().id), 1);
    QVERIFY(isShown(QStringLiteral("Step 1 of 2")));
    QVERIFY(isShown(QStringLiteral("2  Serve."))); // what comes next
    press(Qt::Key_Left);
    QCOMPARE(course().step(), 1);
    press(Qt::Key_Right);
    QCOMPARE(course().step(), 3);
    QCOMPARE(m_screen->step().accessibleName(), QStringLiteral("Serve."));
    QVERIFY(isShown(QStringLiteral("Step 2 of 2")));
    QVERIFY(isShown(QStringLiteral("1  Boil for 5 minutes.")));
    QVERIFY(button(QStringLiteral("Done cooking")));      // the last one
    QTRY_COMPARE(kitchenStepOf(course().recipe().id), 3); // as others count
    press(Qt::Key_Right);
    QVERIFY(course().isAtEnd());
    press(Qt::Key_Left);
    QCOMPARE(course().step(), 3);
    press(Qt::Key_Left);
    QCOMPARE(course().step(), 1);
    const QList<StepsBar *> bars = m_screen->findChildren<StepsBar *>();
    QTRY_COMPARE(bars.constFirst()->accessibleName(), QStringLiteral("2 of 2 done"));
}

/// For them a heading is a page.
void TestUiCookingPage::olderDevicesAreMetBesideAHeading()
{
    const RecipeId id = keep(withHeadings());
    timerserver::CookingSessions &kitchen = m_kitchen->cooking();
    kitchen.setStep(id, 2);
    QTRY_VERIFY(kitchen.current(id));
    m_screen->cook(id);
    QCOMPARE(course().step(), 3);
    kitchen.setStep(id, 4); // the heading at the end
    QTRY_COMPARE(kitchenStepOf(id), 4);
    QVERIFY(!course().elsewhere()); // the same page
    kitchen.setStep(id, 0);
    QTRY_COMPARE(course().elsewhere(), std::optional(1));
    QVERIFY(button(QStringLiteral("Another device is at step 1. Go there (G)")));
    press(Qt::Key_G);
    QCOMPARE(course().step(), 1);
    QTRY_COMPARE(kitchenStepOf(id), 1);
    m_screen->goTo({id, 4, 0});
    QCOMPARE(course().step(), 3);
}

void TestUiCookingPage::onlyHeadingsAreNoSteps()
{
    recipes::Recipe sauce = m_dal;
    sauce.steps = {recipes::Step{{}, {}, QStringLiteral("For the sauce")}};
    m_screen->cook(keep(sauce));
    QCOMPARE(m_screen->step().accessibleName(), QStringLiteral("This recipe has no steps."));
    press(Qt::Key_Right);
    press(Qt::Key_Left);
    QVERIFY(!course().isAtEnd());
}

QTEST_MAIN(TestUiCookingPage)
#include "tst_ui_cookingpage.moc"
