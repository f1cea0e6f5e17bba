// SPDX-License-Identifier: GPL-3.0-or-later
#include "CookingEvening.h"

/// Where cooking mode is, and what its keys do, with a real kitchen behind it.
class TestUiCooking : public QObject, protected CookingEvening
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init() { begin(); }
    void cleanup() { end(); }

    void beginsAndTellsTheKitchen();
    void resumesWhereTheKitchenIs();
    void anotherDeviceIsFollowedOnWish();
    void leftStepsAreTicked();
    void pedalKeys_data();
    void pedalKeys();
    void aHeldPedalTurnsOnePage();
    void spaceIsForTheStepsTimer();
    void plusAddsAMinute();
    void severalTimesOfAStep();
    void ringIsBigAndStopsByOnePress();
    void ringIsDeafAtFirst();
    void othersTimersAreInTheStrip();
    void stripGoesToTheDish();
    void dishesAreSwitched();
    void doneCookingEnds();
    void removedRecipeCloses();
    void editedRecipeIsTaken();
    void escapeLeaves();
};

void TestUiCooking::beginsAndTellsTheKitchen()
{
    QTRY_COMPARE(kitchenStep(), 0);
    press(Qt::Key_Right);
    QCOMPARE(course().step(), 1); // the reader does not wait for the disk
    QTRY_COMPARE(kitchenStep(), 1);
    press(Qt::Key_Left);
    QTRY_COMPARE(kitchenStep(), 0);
    press(Qt::Key_Left); // there is none before
    QCOMPARE(course().step(), 0);
}

void TestUiCooking::resumesWhereTheKitchenIs()
{
    m_kitchen->cooking().setStep(m_dal.id, 3);
    QTRY_VERIFY(m_kitchen->cooking().current(m_dal.id));
    m_screen->cook(m_dal.id);
    QCOMPARE(course().step(), 3);
    m_kitchen->cooking().setStep(m_roast.id, 9999); // of a longer recipe, once
    QTRY_COMPARE(kitchenStep(), 9999);
    m_screen->cook(m_roast.id);
    QCOMPARE(course().step(), int(m_roast.steps.size()) - 1);
}

void TestUiCooking::anotherDeviceIsFollowedOnWish()
{
    QTRY_COMPARE(kitchenStep(), 0);
    m_kitchen->cooking().setStep(m_roast.id, 4);
    QTRY_COMPARE(course().elsewhere(), std::optional(4));
    QCOMPARE(course().step(), 0); // not taken from under the reader
    FlatButton *hint = button(QStringLiteral("Another device is at step 5. Go there (G)"));
    QVERIFY(hint);
    QTest::mouseClick(hint, Qt::LeftButton);
    QCOMPARE(course().step(), 4);
    QVERIFY(!course().elsewhere());
    QVERIFY(!hint->isVisible());
    QTRY_COMPARE(kitchenStep(), 4);
    m_kitchen->cooking().setStep(m_roast.id, 6);
    QTRY_COMPARE(course().elsewhere(), std::optional(6));
    press(Qt::Key_G);
    QCOMPARE(course().step(), 6);
}

void TestUiCooking::leftStepsAreTicked()
{
    press(Qt::Key_Right);
    const timers::Box first{timers::Box::Kind::Step, 0};
    QTRY_VERIFY(course().ticked().contains(first));
    while (course().step() < 3)
        press(Qt::Key_Right);
    press(Qt::Key_Space); // the roast goes in
    QTRY_COMPARE(lookOf(timerAt(3)), Look::Running);
    press(Qt::Key_Right);
    QTRY_COMPARE(kitchenStep(), 4);
    QVERIFY(!course().ticked().contains({timers::Box::Kind::Step, 3})); // it is under way
}

void TestUiCooking::pedalKeys_data()
{
    QTest::addColumn<int>("forward");
    QTest::addColumn<int>("back");
    QTest::newRow("arrows") << int(Qt::Key_Right) << int(Qt::Key_Left);
    QTest::newRow("up and down") << int(Qt::Key_Down) << int(Qt::Key_Up);
    QTest::newRow("pages") << int(Qt::Key_PageDown) << int(Qt::Key_PageUp);
    QTest::newRow("enter") << int(Qt::Key_Return) << int(Qt::Key_Backspace);
    QTest::newRow("keypad") << int(Qt::Key_Enter) << int(Qt::Key_Backspace);
}

void TestUiCooking::pedalKeys()
{
    QFETCH(int, forward);
    QFETCH(int, back);
    press(forward);
    press(forward);
    QCOMPARE(course().step(), 2);
    press(back);
    QCOMPARE(course().step(), 1);
}

void TestUiCooking::aHeldPedalTurnsOnePage()
{
    QKeyEvent held(QEvent::KeyPress, Qt::Key_PageDown, Qt::NoModifier, {}, true);
    QApplication::sendEvent(m_screen.get(), &held);
    QCOMPARE(course().step(), 0);
}

void TestUiCooking::spaceIsForTheStepsTimer()
{
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Running);
    QTRY_COMPARE(m_screen->dial().words().face.look, Look::Running);
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Paused);
    QTRY_VERIFY(button(QStringLiteral("Resume")));
    QTest::mouseClick(button(QStringLiteral("Resume")), Qt::LeftButton);
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Running);
    QVERIFY(m_screen->hasFocus()); // Space stays with the step
    QTRY_VERIFY(button(QStringLiteral("Stop")) && button(QStringLiteral("Stop"))->isEnabled());
    QTest::mouseClick(button(QStringLiteral("Stop")), Qt::LeftButton);
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Ready);
    QTRY_VERIFY(button(QStringLiteral("Start")));
}

void TestUiCooking::plusAddsAMinute()
{
    press(Qt::Key_Plus); // nothing runs
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timerAt(0)), Look::Running);
    const qint64 before = m_timers->find(timerAt(0))->totalMs;
    press(Qt::Key_Plus);
    QTRY_COMPARE(m_timers->find(timerAt(0))->totalMs, before + Minute);
    press(Qt::Key_Equal);
    QTRY_COMPARE(m_timers->find(timerAt(0))->totalMs, before + 2 * Minute);
}

void TestUiCooking::severalTimesOfAStep()
{
    recipes::Recipe three = m_dal;
    three.steps = {stepOf(
        QStringLiteral("Fry 5 minutes, steam 7 minutes, then rest 9 minutes."),
        {QStringLiteral("5 minutes"), QStringLiteral("7 minutes"), QStringLiteral("9 minutes")})};
    m_screen->cook(keep(three));
    QCOMPARE(m_screen->chosenSlot(), std::optional(0));
    press(Qt::Key_2);
    QCOMPARE(m_screen->chosenSlot(), std::optional(1));
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timerAt(0, 1)), Look::Running);
    QCOMPARE(lookOf(timerAt(0, 0)), Look::Ready);
    QVERIFY(button(QStringLiteral("9 minutes")));
    QTest::mouseClick(button(QStringLiteral("9 minutes")), Qt::LeftButton);
    QCOMPARE(m_screen->chosenSlot(), std::optional(2));
    QCOMPARE(m_screen->dial().words().count, QStringLiteral("9:00"));
    press(Qt::Key_9); // there are three
    QCOMPARE(m_screen->chosenSlot(), std::optional(2));
    m_screen->cook(m_roast.id);
    m_screen->cook(three.id.isNull() ? m_dal.id : course().dishes().constFirst());
    QVERIFY(m_screen->chosenSlot());
}

void TestUiCooking::ringIsBigAndStopsByOnePress()
{
    m_timers->start({QStringLiteral("Boil the potatoes"), 2 * Second, 2 * Second,
                     timers::Place{m_roast.id, 4, 0}});
    QTRY_COMPARE(lookOf(timerAt(4)), Look::Running);
    m_kitchen->pass(3 * Second);
    QTRY_COMPARE(m_screen->dial().words().face.look, Look::Ringing);
    QCOMPARE(m_screen->dial().words().name, QStringLiteral("Boil the potatoes"));
    QVERIFY(m_screen->strip().tiles().isEmpty()); // it is not shown twice
    FlatButton *stop = button(QStringLiteral("Stop"));
    QVERIFY(stop && stop->height() >= 56 && stop->width() > 200);
    QTRY_VERIFY(m_screen->listens());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_COMPARE(lookOf(timerAt(4)), Look::Done);
    QTRY_COMPARE(m_screen->dial().words().face.look, Look::Ready); // the step's own again
}

void TestUiCooking::ringIsDeafAtFirst()
{
    m_timers->start(
        {QStringLiteral("Potatoes"), 2 * Second, 2 * Second, timers::Place{m_roast.id, 4, 0}});
    QTRY_COMPARE(lookOf(timerAt(4)), Look::Running);
    m_kitchen->pass(3 * Second);
    QTRY_COMPARE(m_screen->dial().words().face.look, Look::Ringing);
    press(Qt::Key_Space); // was meant for something else
    QCOMPARE(lookOf(timerAt(4)), Look::Ringing);
    press(Qt::Key_S); // is meant for nothing else
    QTRY_COMPARE(lookOf(timerAt(4)), Look::Done);
}

void TestUiCooking::othersTimersAreInTheStrip()
{
    QVERIFY(!m_screen->strip().isVisible());
    for (int i = 0; i < 9; ++i)
        m_timers->start(
            {QStringLiteral("Timer %1").arg(i), (i + 5) * Minute, (i + 5) * Minute, {}});
    QTRY_COMPARE(m_screen->strip().tiles().size(), 9);
    QTRY_VERIFY(m_screen->strip().isVisible());
    int shown = 0;
    for (const CookingTile *tile : m_screen->strip().tiles())
        shown += tile->isVisible() ? 1 : 0;
    QVERIFY(shown >= 3 && shown < 9);
    const QList<InkLabel *> labels = m_screen->strip().findChildren<InkLabel *>();
    QCOMPARE(labels.constFirst()->text(), QStringLiteral("+%1").arg(9 - shown));
    CookingTile *first = m_screen->strip().tiles().constFirst();
    QCOMPARE(first->words().name, QStringLiteral("Timer 0"));
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Space);
    QTRY_COMPARE(lookOf(first->timer()), Look::Paused);
}

void TestUiCooking::stripGoesToTheDish()
{
    m_timers->start(
        {QStringLiteral("Lentils"), 9 * Minute, 9 * Minute, timers::Place{m_dal.id, 2, 0}});
    QTRY_COMPARE(m_screen->strip().tiles().size(), 1);
    QTest::mouseClick(m_screen->strip().tiles().constFirst(), Qt::LeftButton, {}, {30, 30});
    QCOMPARE(course().recipe().id, m_dal.id);
    QCOMPARE(course().step(), 2);
}

void TestUiCooking::dishesAreSwitched()
{
    QTRY_COMPARE(kitchenStep(), 0);
    m_kitchen->cooking().setStep(m_dal.id, 1);
    QTRY_COMPARE(course().dishes().size(), 2);
    press(Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(course().recipe().id, m_dal.id);
    QCOMPARE(course().step(), 1);
    FlatButton *other = nullptr;
    const QList<FlatButton *> all =
        m_screen->findChild<CookingHead *>()->findChildren<FlatButton *>();
    for (FlatButton *one : all)
        if (one->isVisible() && one->accessibleName().startsWith(QLatin1String("Go to "))) {
            QVERIFY(!other); // the button of the dish that was left is gone
            other = one;
        }
    QVERIFY(other);
    QCOMPARE(other->accessibleName(), QStringLiteral("Go to %1").arg(m_roast.title));
    QTest::mouseClick(other, Qt::LeftButton);
    QCOMPARE(course().recipe().id, m_roast.id);
}

void TestUiCooking::doneCookingEnds()
{
    QTRY_COMPARE(kitchenStep(), 0);
    m_kitchen->cooking().setStep(m_dal.id, 1);
    QTRY_COMPARE(course().dishes().size(), 2);
    for (int i = 0; i < m_roast.steps.size(); ++i)
        press(Qt::Key_Right);
    QVERIFY(course().isAtEnd());
    press(Qt::Key_Right); // there is nothing after
    QVERIFY(course().isAtEnd());
    press(Qt::Key_Left);
    QVERIFY(!course().isAtEnd());
    QCOMPARE(course().step(), int(m_roast.steps.size()) - 1);
    press(Qt::Key_Right);
    QSignalSpy left(m_screen.get(), &CookingScreen::left);
    QTest::mouseClick(button(QStringLiteral("Done cooking")), Qt::LeftButton);
    QTRY_VERIFY(!m_kitchen->cooking().current(m_roast.id));
    QCOMPARE(course().recipe().id, m_dal.id); // the other dish goes on
    QCOMPARE(left.size(), 0);
    for (int i = 0; i < m_dal.steps.size(); ++i)
        press(Qt::Key_Right);
    QTest::mouseClick(button(QStringLiteral("Done cooking")), Qt::LeftButton);
    QCOMPARE(left.size(), 1);
    QTRY_VERIFY(!m_kitchen->cooking().current(m_dal.id));
}

void TestUiCooking::removedRecipeCloses()
{
    QSignalSpy left(m_screen.get(), &CookingScreen::left);
    m_kitchen->book().remove(m_roast.id);
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(!m_screen->isVisible());
}

void TestUiCooking::editedRecipeIsTaken()
{
    while (course().step() < int(m_roast.steps.size()) - 1)
        press(Qt::Key_Right);
    recipes::Recipe now = m_roast;
    now.steps = m_roast.steps.mid(0, 2);
    m_kitchen->book().edit(m_roast, now);
    QTRY_COMPARE(course().steps(), 2);
    QCOMPARE(course().step(), 1);
}

void TestUiCooking::escapeLeaves()
{
    press(Qt::Key_Right);
    QSignalSpy left(m_screen.get(), &CookingScreen::left);
    press(Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.constFirst().at(0).value<RecipeId>(), m_roast.id);
    QCOMPARE(left.constFirst().at(1).toInt(), 1);
    QTRY_COMPARE(kitchenStep(), 1); // it is still cooked
}

QTEST_MAIN(TestUiCooking)
#include "tst_ui_cooking.moc"
