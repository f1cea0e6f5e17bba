// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "alarm/AlarmBanner.h"
#include "alarm/AlarmButton.h"
#include "alarm/AlarmQueue.h"
#include "forms/LibraryPane.h"
#include "forms/RecipePage.h"
#include "widgets/FieldEdit.h"

#include <QDialog>
#include <QSignalSpy>
#include <QTest>

/// The alarm as it is seen: overlay, banner, who answered, and what nobody answers.
class TestUiAlarm : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void namesDishStepAndOvertime();
    void isDeafAtFirst();
    void spaceStopsAndGivesTheFocusBack();
    void plusAddsAMinute();
    void enterOpensTheRecipeWhileItRingsOn();
    void tabWalksTheQueue();
    void theNextOneIsNotStoppedByTheSameFinger();
    void neverTakesTyping();
    void coversWhenTypingEnds();
    void minimisedWindowGetsOneOfItsOwn();
    void dialogGetsOneBesideIt();
    void coversTheStageThatIsActive();
    void outlivesAStageThatCloses();
    void closingItSilencesNothing();
    void lateIsSoft();
    void unansweredInsists();
    void unattendedKitchenInsists();
    void answeredElsewhereIsToldWithAName();
    void answeredHereIsNotTold();
    void everyButtonHasANameAndASize();
};

void TestUiAlarm::namesDishStepAndOvertime()
{
    open();
    QVERIFY(!isCovered());
    const TimerId timer =
        ring(QStringLiteral("Boil the potatoes"), timers::Place{m_roast.id, 4, 0});
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().size(), m_window->size());
    QCOMPARE(overlay().call().timer, timer);
    QCOMPARE(overlay().call().words.name, QStringLiteral("Boil the potatoes"));
    QCOMPARE(overlay().call().words.place, QStringLiteral("Roast chicken · step 5"));
    QVERIFY2(overlay().call().story.startsWith(QStringLiteral("Started by Ana. Rang 18:12")),
             qPrintable(overlay().call().story));
    m_kitchen->pass(3 * Second);
    QTRY_COMPARE(overlay().call().words.count, QStringLiteral("+0:04"));
    m_window->resize(900, 600);
    QCOMPARE(overlay().size(), QSize(900, 600));
    QVERIFY(m_window->alarm().sound().isRinging());
    QVERIFY(m_window->findChild<AlarmBanner *>()->words().name ==
            QStringLiteral("Boil the potatoes"));
}

void TestUiAlarm::isDeafAtFirst()
{
    open();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    if (!overlay().listens()) { // or else this machine was slower than that
        QTest::keyClick(&overlay(), Qt::Key_Space);
        QTest::mouseClick(overlay().findChild<AlarmButton *>(), Qt::LeftButton);
        QVERIFY(!m_window->timers().isPending(timer));
    }
    waitUntilItListens();
    QKeyEvent held(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "), true);
    QApplication::sendEvent(&overlay(), &held); // a key that has been down all the while
    QVERIFY(!m_window->timers().isPending(timer));
    QTest::keyClick(&overlay(), Qt::Key_S, Qt::ControlModifier); // somebody saves
    QVERIFY(!m_window->timers().isPending(timer));
    QCOMPARE(lookOf(timer), Look::Ringing);
}

void TestUiAlarm::spaceStopsAndGivesTheFocusBack()
{
    open();
    QWidget *before = QApplication::focusWidget();
    QVERIFY(before);
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(overlay().hasFocus());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Space);
    QTRY_VERIFY(!isCovered());
    QCOMPARE(lookOf(timer), Look::Done);
    QVERIFY(!m_window->alarm().sound().isRinging());
    QTRY_COMPARE(QApplication::focusWidget(), before);
}

void TestUiAlarm::plusAddsAMinute()
{
    open();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Plus);
    QTRY_VERIFY(!isCovered());
    QCOMPARE(lookOf(timer), Look::Running);
    QCOMPARE(m_window->timers().faceOf(*m_window->timers().find(timer)).count,
             QStringLiteral("1:00"));
}

void TestUiAlarm::enterOpensTheRecipeWhileItRingsOn()
{
    open();
    m_window->openRecipe({});
    const TimerId timer =
        ring(QStringLiteral("Boil the potatoes"), timers::Place{m_roast.id, 4, 0});
    QTRY_VERIFY(isCovered());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Return);
    QTRY_VERIFY(!isCovered());
    QCOMPARE(m_window->findChild<RecipePage *>()->recipe(), m_roast.id);
    QCOMPARE(lookOf(timer), Look::Ringing);
    QVERIFY(m_window->alarm().sound().isRinging());
    QVERIFY(m_window->findChild<AlarmBanner *>()->isVisible());
    const TimerId other = ring(QStringLiteral("Eggs")); // another one is not put aside
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().call().timer, other);
}

void TestUiAlarm::tabWalksTheQueue()
{
    open();
    const TimerId eggs = ring(QStringLiteral("Eggs"));
    const TimerId rice = ring(QStringLiteral("Rice"));
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().call().timer, eggs); // rings longest
    QTRY_VERIFY(overlay().findChild<AlarmQueue *>()->isVisible());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Tab);
    QCOMPARE(overlay().call().timer, rice);
    QTest::keyClick(&overlay(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(overlay().call().timer, eggs);
    QTest::keyClick(&overlay(), Qt::Key_Tab);
    QTest::keyClick(&overlay(), Qt::Key_S);
    QTRY_COMPARE(lookOf(rice), Look::Done);
    QTRY_COMPARE(overlay().call().timer, eggs);
    QTRY_VERIFY(!overlay().findChild<AlarmQueue *>()->isVisible());
    QVERIFY(isCovered());
}

void TestUiAlarm::theNextOneIsNotStoppedByTheSameFinger()
{
    open();
    const TimerId eggs = ring(QStringLiteral("Eggs"));
    const TimerId rice = ring(QStringLiteral("Rice"));
    QTRY_VERIFY(isCovered());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Space);
    QTRY_COMPARE(overlay().call().timer, rice);
    if (!overlay().listens())
        QTest::keyClick(&overlay(), Qt::Key_Space);
    QVERIFY(!m_window->timers().isPending(rice));
    QCOMPARE(lookOf(eggs), Look::Done);
    QCOMPARE(lookOf(rice), Look::Ringing);
}

void TestUiAlarm::neverTakesTyping()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = m_window->findChild<LibraryPane *>()->findChild<FieldEdit *>();
    QTRY_VERIFY(search->hasFocus());
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QVERIFY(m_window->alarm().sound().isRinging());
    QVERIFY(m_window->findChild<AlarmBanner *>()->isVisible());
    QTest::keyClicks(search, QStringLiteral("so s"));
    m_kitchen->pass(Second);
    QCOMPARE(search->text(), QStringLiteral("so s"));
    QVERIFY(!isCovered());
    QVERIFY(search->hasFocus());
    QCOMPARE(lookOf(timer), Look::Ringing);
}

void TestUiAlarm::coversWhenTypingEnds()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = m_window->findChild<LibraryPane *>()->findChild<FieldEdit *>();
    QTRY_VERIFY(search->hasFocus());
    ring(QStringLiteral("Eggs"));
    QVERIFY(!isCovered());
    m_window->findChild<RecipePage *>()->focusFirst();
    QTRY_VERIFY(isCovered());
    QVERIFY(overlay().hasFocus());
}

void TestUiAlarm::minimisedWindowGetsOneOfItsOwn()
{
    open();
    m_window->hide();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    QVERIFY(overlay().isWindow());
    QVERIFY(overlay().windowFlags() & Qt::WindowStaysOnTopHint);
    waitUntilItListens();
    m_window->show();
    QTRY_VERIFY(!overlay().isWindow());
    QTRY_VERIFY(isCovered());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Space);
    QTRY_COMPARE(lookOf(timer), Look::Done);
}

void TestUiAlarm::dialogGetsOneBesideIt()
{
    open();
    QDialog dialog(m_window.get());
    dialog.open();
    ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    QVERIFY(overlay().isWindow());
    QVERIFY(overlay().testAttribute(Qt::WA_ShowWithoutActivating));
    dialog.close();
    QTRY_VERIFY(!overlay().isWindow());
    QTRY_VERIFY(isCovered());
}

void TestUiAlarm::coversTheStageThatIsActive()
{
    open();
    QWidget stage;
    stage.resize(800, 500);
    m_window->alarmScreen().addStage(&stage);
    stage.show();
    stage.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&stage, PatienceMs));
    ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().parentWidget(), &stage);
    QCOMPARE(overlay().size(), stage.size());
    stage.hide();
    QTRY_COMPARE(overlay().parentWidget(), m_window.get());
    QTRY_VERIFY(isCovered());
}

void TestUiAlarm::outlivesAStageThatCloses()
{
    open();
    {
        QWidget stage;
        m_window->alarmScreen().addStage(&stage);
        stage.show();
        stage.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&stage, PatienceMs));
        ring(QStringLiteral("Eggs"));
        QTRY_VERIFY(isCovered());
        QCOMPARE(overlay().parentWidget(), &stage);
    }
    m_kitchen->pass(Second);
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().parentWidget(), m_window.get());
}

void TestUiAlarm::closingItSilencesNothing()
{
    open();
    m_window->hide();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    overlay().close();
    QTRY_VERIFY(!isCovered());
    QCOMPARE(lookOf(timer), Look::Ringing);
    QVERIFY(m_window->alarm().sound().isRinging());
}

void TestUiAlarm::lateIsSoft()
{
    fakes::OpMaker ana;
    m_kitchen->started(ana, QStringLiteral("Rest"), 15 * Minute, 15 * Minute, 27 * Minute);
    m_kitchen->started(ana, QStringLiteral("Dough"), 15 * Minute, 15 * Minute, 20 * Minute);
    open();
    m_kitchen->pass(Second);
    auto *banner = m_window->findChild<AlarmBanner *>();
    QTRY_COMPARE(m_window->alarm().calls().size(), 2);
    QTRY_COMPARE(banner->words().face.look, Look::Late);
    QCOMPARE(m_window->alarm().loud(), 0);
    QVERIFY(!isCovered());
    QVERIFY(!m_window->alarm().sound().isRinging());
    ring(QStringLiteral("Eggs")); // a loud one comes before them
    QTRY_COMPARE(m_window->alarm().calls().constFirst().words.name, QStringLiteral("Eggs"));
    QTRY_COMPARE(banner->words().name, QStringLiteral("Eggs"));
}

void TestUiAlarm::unansweredInsists()
{
    open();
    QSignalSpy insisted(&m_window->alarm(), &AlarmDesk::insisted);
    const TimerId timer =
        ring(QStringLiteral("Boil the potatoes"), timers::Place{m_roast.id, 4, 0});
    QTRY_VERIFY(isCovered());
    waitUntilItListens();
    QTest::keyClick(&overlay(), Qt::Key_Escape); // aside
    QTRY_VERIFY(!isCovered());
    for (int i = 0; i < 6; ++i)
        m_kitchen->pass(9 * Second);
    QVERIFY(insisted.isEmpty());
    QVERIFY(!m_window->alarm().isUnattended());
    m_kitchen->pass(9 * Second);
    QTRY_COMPARE(insisted.size(), 1);
    QTRY_VERIFY(m_window->alarm().isUnattended());
    QTRY_VERIFY(isCovered()); // it does not stay aside
    m_kitchen->pass(9 * Second);
    QCOMPARE(insisted.size(), 1);
    for (int i = 0; i < 3; ++i)
        m_kitchen->pass(9 * Second);
    QTRY_COMPARE(insisted.size(), 2);
    m_window->timers().stop(timer);
    QTRY_VERIFY(!m_window->alarm().isUnattended());
}

void TestUiAlarm::unattendedKitchenInsists()
{
    open();
    QSignalSpy insisted(&m_window->alarm(), &AlarmDesk::insisted);
    ring(QStringLiteral("Eggs"));
    QVERIFY(insisted.isEmpty());
    Q_EMIT m_kitchen->client().pulseChanged({0.1, Mood::Unattended});
    QCOMPARE(insisted.size(), 1);
    QVERIFY(m_window->alarm().isUnattended());
    Q_EMIT m_kitchen->client().pulseChanged({3, Mood::Simmering}); // somebody came
    QVERIFY(!m_window->alarm().isUnattended());
}

void TestUiAlarm::answeredElsewhereIsToldWithAName()
{
    open();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const timers::Timer known = *m_window->timers().find(timer);
    const timers::StampedOp ack =
        ben.make(timer, timers::Acknowledge{known.ringKey}, m_kitchen->server().now(), known.heads);
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Level;
    status.devices = {{ack.op.device, QStringLiteral("Ben’s phone"), true}};
    Q_EMIT m_kitchen->client().statusChanged(status);
    QSignalSpy told(&m_window->alarm(), &AlarmDesk::answeredElsewhere);
    Q_EMIT m_kitchen->log().merged({ack}, {}); // as the link brings it
    QTRY_VERIFY(!isCovered());
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told[0][1].toString(), QStringLiteral("Eggs: Ben stopped it on Ben’s phone."));
    auto *banner = m_window->findChild<AlarmBanner *>();
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->told(), told[0][1].toString());
    QVERIFY(!m_window->alarm().sound().isRinging());
}

void TestUiAlarm::answeredHereIsNotTold()
{
    open();
    QSignalSpy told(&m_window->alarm(), &AlarmDesk::answeredElsewhere);
    const TimerId timer = ring(QStringLiteral("Eggs"));
    m_window->timers().stop(timer);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QTRY_VERIFY(!m_window->findChild<AlarmBanner *>()->isVisible());
    QVERIFY(told.isEmpty());
}

void TestUiAlarm::everyButtonHasANameAndASize()
{
    open();
    ring(QStringLiteral("Boil the potatoes in a lot of salted water until a knife goes in"),
         timers::Place{m_roast.id, 4, 0});
    ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    for (const QSize size : {QSize(1440, 900), QSize(900, 640), QSize(560, 480)}) {
        m_window->resize(size);
        const QList<AlarmButton *> buttons = overlay().findChildren<AlarmButton *>();
        QCOMPARE(buttons.size(), 5);
        for (const AlarmButton *button : buttons) {
            QVERIFY(!button->accessibleName().isEmpty());
            if (!button->isVisible())
                continue;
            QVERIFY2(button->height() >= 44 && button->width() >= 44, qPrintable(button->text()));
            const QRect at(button->mapTo(&overlay(), QPoint()), button->size());
            QVERIFY2(overlay().rect().contains(at), qPrintable(button->text()));
        }
    }
    QVERIFY(overlay().accessibleName().startsWith(QStringLiteral("Boil the potatoes")));
}

QTEST_MAIN(TestUiAlarm)
#include "tst_ui_alarm.moc"
