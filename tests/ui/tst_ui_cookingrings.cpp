// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "alarm/AlarmBanner.h"
#include "cooking/CookingDial.h"
#include "cooking/CookingScreen.h"
#include "cooking/CookingStrip.h"
#include "forms/RecipePage.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"

#include <QSignalSpy>

/// What rings while cooking mode is in front of the window: one alarm, and its keys.
class TestUiCookingRings : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }

    void cookingModeRingsItself();
    void keysOfTheRing_data();
    void keysOfTheRing();
    void keysAreDeafAtFirst();
    void clicksAreDeafAtFirst();
    void focusComesBack();
    void otherDishIsNamedAndGoneTo();
    void othersRingInTheStrip();
    void lateOnesWaitInTheStrip();
    void pagesTurnWhileItRings();
    void nobodyComesSoItIsCovered();
    void coverStaysUntilAllIsAnswered();
    void leavingWhileItRingsCoversTheWindow();
    void minimisedCookingModeIsNoAlarm();
    void whoAnsweredElsewhereIsTold();
    void troubleIsTold();
    void cuesStandOnTheDialAndAreSaid();
    void checkOfARangeIsSaid();

private:
    CookingScreen *screen() const { return part<CookingScreen>(); }
    void press(int key) { QTest::keyClick(QApplication::focusWidget(), Qt::Key(key)); }
    FlatButton *button(const char *name) const;
    void untilItListens() { QTRY_VERIFY(screen()->listens()); }
    Look dialLook() const { return screen()->dial().words().face.look; }
};

void TestUiCookingRings::init()
{
    begin();
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(screen());
    QVERIFY(QTest::qWaitForWindowActive(screen(), PatienceMs));
    QTRY_VERIFY(screen()->hasFocus());
}

FlatButton *TestUiCookingRings::button(const char *name) const
{
    const QList<FlatButton *> all = screen()->findChildren<FlatButton *>();
    for (FlatButton *one : all)
        if (one->isVisible() && one->accessibleName().startsWith(QLatin1String(name)))
            return one;
    return nullptr;
}

void TestUiCookingRings::cookingModeRingsItself()
{
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_COMPARE(dialLook(), Look::Ringing);
    m_kitchen->pass(Second); // all queued reviews have been
    QVERIFY(!isCovered());   // neither here nor behind
    QVERIFY(m_window->alarm().sound().isRinging());
    untilItListens();
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QTRY_VERIFY(!m_window->alarm().sound().isRinging());
}

void TestUiCookingRings::keysOfTheRing_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("space") << int(Qt::Key_Space);
    QTest::newRow("return") << int(Qt::Key_Return);
    QTest::newRow("enter") << int(Qt::Key_Enter);
    QTest::newRow("escape") << int(Qt::Key_Escape);
    QTest::newRow("s") << int(Qt::Key_S);
}

void TestUiCookingRings::keysOfTheRing()
{
    QFETCH(int, key);
    const TimerId timer = ring(QStringLiteral("Eggs"));
    untilItListens();
    press(key);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QVERIFY(screen()->isVisible()); // Esc left nothing
    QCOMPARE(screen()->course().step(), 0);
    QTRY_COMPARE(dialLook(), Look::Ready);
    QCOMPARE(m_window->timers().onPass().size(), 0); // Space started nothing
}

void TestUiCookingRings::keysAreDeafAtFirst()
{
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_COMPARE(dialLook(), Look::Ringing);
    for (const int key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Escape})
        if (!screen()->listens()) // or else this machine was slower than that
            press(key);
    QVERIFY(screen()->isVisible());
    QVERIFY(screen()->listens() || !m_window->timers().isPending(timer));
    QCOMPARE(screen()->course().step(), 0);
}

void TestUiCookingRings::clicksAreDeafAtFirst()
{
    press(Qt::Key_Space); // the step's own runs: where its Pause was there is Stop of the other
    QTRY_COMPARE(dialLook(), Look::Running);
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(button("Stop, Eggs"));
    if (!screen()->listens()) {
        QTest::mouseClick(button("Stop, Eggs"), Qt::LeftButton);
        QVERIFY(!m_window->timers().isPending(timer));
    }
    untilItListens();
    QTest::mouseClick(button("Stop, Eggs"), Qt::LeftButton);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QTRY_COMPARE(dialLook(), Look::Running);
}

void TestUiCookingRings::focusComesBack()
{
    QTRY_VERIFY(button("Start"));
    button("Start")->setFocus();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(screen()->hasFocus()); // Space is for what rings, not for a button
    untilItListens();
    press(Qt::Key_Return);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QTRY_VERIFY(button("Start") && button("Start")->hasFocus());
}

void TestUiCookingRings::otherDishIsNamedAndGoneTo()
{
    const timers::Place lentils{m_dal.id, 2, 0};
    const TimerId timer = ring(QStringLiteral("Lentils"), lentils);
    QTRY_COMPARE(dialLook(), Look::Ringing);
    QVERIFY2(screen()->dial().words().place.contains(QStringLiteral("step 3")),
             qPrintable(screen()->dial().words().place));
    FlatButton *go = button("Step, Lentils");
    QVERIFY(go && go->height() >= 44);
    FlatButton *stop = button("Stop, Lentils");
    QVERIFY(stop && stop->width() > 2 * go->width());
    QTest::mouseClick(go, Qt::LeftButton);
    QCOMPARE(screen()->course().recipe().id, m_dal.id);
    QCOMPARE(screen()->course().step(), 2);
    QCOMPARE(lookOf(timer), Look::Ringing); // it rings on, and is at its place now
    QTRY_VERIFY(!button("Step, Lentils"));
}

void TestUiCookingRings::othersRingInTheStrip()
{
    const TimerId first = ring(QStringLiteral("Eggs"));
    const TimerId second = ring(QStringLiteral("Lentils"), timers::Place{m_dal.id, 2, 0});
    QTRY_COMPARE(screen()->strip().tiles().size(), 1);
    const CookingTile *tile = screen()->strip().tiles().constFirst();
    QCOMPARE(tile->timer(), second);
    QCOMPARE(tile->words().face.look, Look::Ringing);
    QTest::mouseClick(button("Stop, Lentils"), Qt::LeftButton);
    QTRY_COMPARE(lookOf(second), Look::Done);
    QCOMPARE(lookOf(first), Look::Ringing);
    const TimerId third = ring(QStringLiteral("Rice"));
    untilItListens();
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(first), Look::Done);
    QTRY_COMPARE(screen()->dial().words().name, QStringLiteral("Rice")); // the next one
    untilItListens();
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(third), Look::Done);
}

void TestUiCookingRings::lateOnesWaitInTheStrip()
{
    end();
    begin();
    fakes::OpMaker ana;
    m_kitchen->started(ana, QStringLiteral("Rest"), 15 * Minute, 15 * Minute, 27 * Minute);
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(screen() && screen()->strip().tiles().size() == 1);
    m_kitchen->pass(Second);
    QTRY_COMPARE(screen()->strip().tiles().constFirst()->words().face.look, Look::Late);
    QCOMPARE(dialLook(), Look::Ready); // Space stays with the step
    QTest::mouseClick(button("Got it, Rest"), Qt::LeftButton);
    QTRY_VERIFY(screen()->strip().tiles().isEmpty());
}

void TestUiCookingRings::pagesTurnWhileItRings()
{
    press(Qt::Key_PageDown);
    const TimerId timer = ring(QStringLiteral("Eggs"));
    untilItListens();
    press(Qt::Key_Left);
    QCOMPARE(screen()->course().step(), 0);
    QCOMPARE(lookOf(timer), Look::Ringing);
}

void TestUiCookingRings::nobodyComesSoItIsCovered()
{
    const TimerId timer = ring(QStringLiteral("Lentils"), timers::Place{m_dal.id, 2, 0});
    for (int i = 0; i < 7; ++i)
        m_kitchen->pass(9 * Second);
    QTRY_VERIFY(m_window->alarm().isUnattended());
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().parentWidget(), screen());
    QCOMPARE(overlay().size(), screen()->size());
    QTRY_VERIFY(overlay().hasFocus()); // the only one that hears keys
    waitUntilItListens();
    press(Qt::Key_Return); // to its step, here
    QTRY_VERIFY(!isCovered());
    QCOMPARE(screen()->course().recipe().id, m_dal.id);
    QCOMPARE(screen()->course().step(), 2);
    QVERIFY(screen()->isActiveWindow());
    QCOMPARE(dialLook(), Look::Ringing);
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QTRY_VERIFY(!m_window->alarm().isUnattended());
    QVERIFY(!isCovered());
    QVERIFY(screen()->hasFocus());
}

void TestUiCookingRings::coverStaysUntilAllIsAnswered()
{
    const TimerId first = ring(QStringLiteral("Eggs"));
    for (int i = 0; i < 7; ++i)
        m_kitchen->pass(9 * Second);
    QTRY_VERIFY(isCovered());
    const TimerId second = ring(QStringLiteral("Rice"));
    waitUntilItListens();
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(first), Look::Done);
    m_kitchen->pass(Second);
    QVERIFY(isCovered()); // the answer does not move under the finger
    waitUntilItListens();
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(second), Look::Done);
    QTRY_VERIFY(!isCovered());
    QTRY_VERIFY(screen()->hasFocus());
}

void TestUiCookingRings::leavingWhileItRingsCoversTheWindow()
{
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_COMPARE(dialLook(), Look::Ringing);
    screen()->close();
    QTRY_VERIFY(!screen());
    m_window->activateWindow();
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().parentWidget(), m_window.get());
    waitUntilItListens();
    press(Qt::Key_Space);
    QTRY_COMPARE(lookOf(timer), Look::Done);
}

void TestUiCookingRings::minimisedCookingModeIsNoAlarm()
{
    screen()->showMinimized();
    m_window->activateWindow();
    ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().parentWidget(), m_window.get());
}

void TestUiCookingRings::whoAnsweredElsewhereIsTold()
{
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_COMPARE(dialLook(), Look::Ringing);
    QVERIFY(!screen()->said().isVisible());
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const timers::Timer known = *m_window->timers().find(timer);
    const timers::StampedOp ack =
        ben.make(timer, timers::Acknowledge{known.ringKey}, m_kitchen->server().now(), known.heads);
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Level;
    status.devices = {{ack.op.device, QStringLiteral("Ben’s phone"), true}};
    Q_EMIT m_kitchen->client().statusChanged(status);
    Q_EMIT m_kitchen->log().merged({ack}, {}); // as the link brings it
    QTRY_COMPARE(dialLook(), Look::Ready);
    QTRY_COMPARE(screen()->said().text(), QStringLiteral("Eggs: Ben stopped it on Ben’s phone."));
    QVERIFY(screen()->said().isVisible());
}

void TestUiCookingRings::troubleIsTold()
{
    Q_EMIT m_window->timers().failed({ErrorCode::DiskFull, QStringLiteral("write"), {}});
    QVERIFY(screen()->said().isVisible());
    QVERIFY(screen()->said().text().contains(QLatin1String("full")));
}

void TestUiCookingRings::cuesStandOnTheDialAndAreSaid()
{
    using Kind = timers::Cue::Kind;
    m_window->timers().start({QStringLiteral("Roast"),
                              40 * Minute,
                              40 * Minute,
                              timers::Place{m_roast.id, 0, 0},
                              {{Kind::Every, 10 * Minute, QStringLiteral("Baste")}}});
    QTRY_COMPARE(dialLook(), Look::Running);
    QCOMPARE(screen()->dial().words().face.cues, (QList<double>{0.25, 0.5, 0.75}));
    const QString first = screen()->dial().words().cue;
    QVERIFY2(first.startsWith(QStringLiteral("Baste in ")), qPrintable(first));
    m_kitchen->pass(9 * Second);
    QTRY_VERIFY(screen()->dial().words().cue != first);
    QVERIFY(!screen()->said().isVisible());
    for (int i = 0; i < 10; ++i)
        m_kitchen->pass(Minute);
    QTRY_COMPARE(screen()->said().text(), QStringLiteral("Baste"));
    QVERIFY(screen()->said().isVisible());
}

void TestUiCookingRings::checkOfARangeIsSaid()
{
    m_window->timers().start({QStringLiteral("Rice"), 10 * Second, Minute, {}});
    QTRY_COMPARE(screen()->strip().tiles().size(), 1);
    m_kitchen->pass(9 * Second);
    m_kitchen->pass(2 * Second);
    QTRY_COMPARE(screen()->said().text(), QStringLiteral("Check: Rice"));
}

QTEST_MAIN(TestUiCookingRings)
#include "tst_ui_cookingrings.moc"
