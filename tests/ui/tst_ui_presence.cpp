// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "alarm/AlarmDesk.h"
#include "alarm/AwakeLock.h"
#include "alarm/Presence.h"
#include "alarm/Tray.h"
#include "fakes/FakeLogind.h"
#include "fakes/FakeNotifications.h"
#include "fakes/FakeSpeakers.h"
#include "fakes/PrivateBus.h"
#include "forms/MainWindow.h"
#include "pass/MiniWindow.h"
#include "theme/Theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;

QStringList textsOf(const QMenu &menu)
{
    QStringList texts;
    for (const QAction *action : menu.actions())
        if (!action->isSeparator())
            texts += action->text();
    return texts;
}

QAction *actionOf(const QMenu &menu, const QString &start)
{
    for (QAction *action : menu.actions())
        if (action->text().startsWith(start))
            return action;
    return nullptr;
}

} // namespace

/// Simmer in the desktop around its window: awake, in the panel, closed.
class TestUiPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void awakeWhileATimerRuns();
    void notForPausedOrFarOnes();
    void notWhenNotWanted();
    void refusalIsToldOnce();
    void logindThatRestartsIsAskedAgain();
    void noBusIsARefusal();

    void menuHasTheTimersNextFirst();
    void menuStopsAndPauses();
    void iconTellsTheState();
    void iconsDiffer();

    void closedWindowStaysBehind();
    void quitAsksAllTheSame();
    void withoutATrayTheQuestionStays();
    void choicesReachTheAlarm();
    void miniIsPinnedAsItWas();

private:
    void open();
    TimerId start(const QString &name, qint64 ms);

    std::unique_ptr<Theme> m_theme;
    fakes::PrivateBus m_bus;
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<LiveTimers> m_timers;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Presence> m_presence;
};

void TestUiPresence::initTestCase()
{
    QVERIFY(!m_bus.address().isEmpty());
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
}

void TestUiPresence::init()
{
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    m_timers = std::make_unique<LiveTimers>(m_kitchen->server());
    m_preferences = std::make_unique<Preferences>(QString());
}

void TestUiPresence::cleanup()
{
    m_presence.reset();
    m_window.reset();
    m_timers.reset();
    m_kitchen.reset();
}

void TestUiPresence::open()
{
    m_window = std::make_unique<MainWindow>(m_kitchen->server(), m_kitchen->book(),
                                            m_kitchen->cooking(), m_kitchen->client(), *m_theme);
    m_presence = std::make_unique<Presence>(*m_window, *m_preferences,
                                            Presence::Buses{m_bus.address(), m_bus.address()});
    m_window->show();
    m_kitchen->open();
}

TimerId TestUiPresence::start(const QString &name, qint64 ms)
{
    const TimerId timer = m_timers->start({name, ms, ms, {}});
    if (!QTest::qWaitFor([&] { return m_timers->find(timer).has_value(); }, PatienceMs))
        qFatal("the press was not kept");
    return timer;
}

void TestUiPresence::awakeWhileATimerRuns()
{
    fakes::FakeLogind logind(m_bus.address());
    m_kitchen->open();
    AwakeLock lock(*m_timers, m_bus.address());
    QVERIFY(!lock.isHeld());
    const TimerId eggs = start(QStringLiteral("Eggs"), Minute);
    QTRY_VERIFY(lock.isHeld());
    QCOMPARE(logind.asked().size(), 1);
    QCOMPARE(logind.asked()[0][0], QStringLiteral("sleep:idle"));
    QCOMPARE(logind.asked()[0][3], QStringLiteral("block"));
    QTRY_COMPARE(logind.held(), 1);
    const TimerId rice = start(QStringLiteral("Rice"), Hour);
    m_timers->stop(rice);
    m_kitchen->pass(Minute + Second);
    QTRY_COMPARE(m_timers->ringing().size(), 1);
    QVERIFY(lock.isHeld()); // while it rings
    m_timers->stop(eggs);
    QTRY_VERIFY(!lock.isHeld());
    QTRY_COMPARE(logind.held(), 0);
    QCOMPARE(logind.asked().size(), 1);
}

void TestUiPresence::notForPausedOrFarOnes()
{
    fakes::FakeLogind logind(m_bus.address());
    m_kitchen->open();
    AwakeLock lock(*m_timers, m_bus.address());
    const TimerId ham = start(QStringLiteral("Ham"), 13 * Hour);
    QVERIFY(!lock.isHeld());
    for (int hour = 0; hour < 2; ++hour)
        m_kitchen->pass(Hour);
    lock.setAllowed(true);      // looks again, as it does every ten minutes
    QTRY_VERIFY(lock.isHeld()); // near enough now
    m_timers->pause(ham);
    QTRY_VERIFY(!lock.isHeld());
    m_timers->resume(ham);
    QTRY_VERIFY(lock.isHeld());
}

void TestUiPresence::notWhenNotWanted()
{
    fakes::FakeLogind logind(m_bus.address());
    m_kitchen->open();
    AwakeLock lock(*m_timers, m_bus.address());
    lock.setAllowed(false);
    start(QStringLiteral("Eggs"), Minute);
    QVERIFY(logind.asked().isEmpty());
    lock.setAllowed(true);
    QTRY_VERIFY(lock.isHeld());
    lock.setAllowed(false);
    QVERIFY(!lock.isHeld());
}

void TestUiPresence::refusalIsToldOnce()
{
    fakes::FakeLogind logind(m_bus.address());
    logind.refuses = true;
    m_kitchen->open();
    AwakeLock lock(*m_timers, m_bus.address());
    QSignalSpy refused(&lock, &AwakeLock::refused);
    start(QStringLiteral("Eggs"), Minute);
    QTRY_COMPARE(refused.size(), 1);
    start(QStringLiteral("Rice"), Minute);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(logind.asked().size(), 1);
    QVERIFY(!lock.isHeld());
}

void TestUiPresence::logindThatRestartsIsAskedAgain()
{
    auto logind = std::make_unique<fakes::FakeLogind>(m_bus.address());
    m_kitchen->open();
    AwakeLock lock(*m_timers, m_bus.address());
    start(QStringLiteral("Eggs"), Minute);
    QTRY_VERIFY(lock.isHeld());
    logind.reset();
    QTRY_VERIFY(!lock.isHeld());
    logind = std::make_unique<fakes::FakeLogind>(m_bus.address());
    QTRY_VERIFY(lock.isHeld());
    QCOMPARE(logind->asked().size(), 1);
}

void TestUiPresence::noBusIsARefusal()
{
    m_kitchen->open();
    AwakeLock lock(*m_timers, QStringLiteral("unix:path=/nowhere"));
    QSignalSpy refused(&lock, &AwakeLock::refused);
    start(QStringLiteral("Eggs"), Minute);
    QTRY_COMPARE(refused.size(), 1);
}

void TestUiPresence::menuHasTheTimersNextFirst()
{
    m_kitchen->open();
    AlarmDesk alarm(*m_timers, m_kitchen->book(), m_kitchen->client(),
                    std::make_unique<fakes::FakeSpeakers>());
    Tray tray(alarm, m_bus.address());
    start(QStringLiteral("Rice & peas"), 10 * Minute);
    start(QStringLiteral("Eggs"), 7 * Minute);
    Q_EMIT tray.menu().aboutToShow();
    QCOMPARE(textsOf(tray.menu()),
             (QStringList{QStringLiteral("Eggs\t7:00"), QStringLiteral("Rice && peas\t10:00"),
                          QStringLiteral("Quick timer…"), QStringLiteral("Open Simmer"),
                          QStringLiteral("Quit")}));
    for (int i = 0; i < 12; ++i)
        start(QStringLiteral("Timer %1").arg(i), 20 * Minute);
    Q_EMIT tray.menu().aboutToShow();
    QVERIFY(textsOf(tray.menu()).contains(QStringLiteral("6 more…")));
}

void TestUiPresence::menuStopsAndPauses()
{
    m_kitchen->open();
    AlarmDesk alarm(*m_timers, m_kitchen->book(), m_kitchen->client(),
                    std::make_unique<fakes::FakeSpeakers>());
    Tray tray(alarm, m_bus.address());
    const TimerId eggs = start(QStringLiteral("Eggs"), Minute);
    Q_EMIT tray.menu().aboutToShow();
    actionOf(*actionOf(tray.menu(), QStringLiteral("Eggs"))->menu(), QStringLiteral("Pause"))
        ->trigger();
    QTRY_COMPARE(m_timers->find(eggs)->phase, timers::Phase::Paused);
    Q_EMIT tray.menu().aboutToShow();
    actionOf(*actionOf(tray.menu(), QStringLiteral("Eggs"))->menu(), QStringLiteral("Resume"))
        ->trigger();
    QTRY_COMPARE(m_timers->find(eggs)->phase, timers::Phase::Running);
    m_kitchen->pass(Minute + Second);
    QTRY_COMPARE(alarm.calls().size(), 1);
    Q_EMIT tray.menu().aboutToShow();
    actionOf(tray.menu(), QStringLiteral("Stop the alarm"))->trigger();
    QTRY_COMPARE(m_timers->find(eggs)->phase, timers::Phase::Done);
    QSignalSpy quit(&tray, &Tray::quitWished);
    actionOf(tray.menu(), QStringLiteral("Quit"))->trigger();
    QCOMPARE(quit.size(), 1);
}

void TestUiPresence::iconTellsTheState()
{
    using State = TrayFace::State;
    m_kitchen->open();
    AlarmDesk alarm(*m_timers, m_kitchen->book(), m_kitchen->client(),
                    std::make_unique<fakes::FakeSpeakers>());
    Tray tray(alarm, m_bus.address());
    QCOMPARE(tray.face().state, State::Idle);
    const TimerId eggs = start(QStringLiteral("Eggs"), Minute);
    QTRY_COMPARE(tray.face().state, State::Running);
    m_timers->pause(eggs);
    QTRY_COMPARE(tray.face().state, State::Paused);
    m_timers->resume(eggs);
    QTRY_COMPARE(tray.face().state, State::Running);
    for (int i = 0; i < 5; ++i)
        m_kitchen->pass(6 * Second);
    QCOMPARE(tray.face().part, 8);
    for (int i = 0; i < 5; ++i)
        m_kitchen->pass(6 * Second);
    m_kitchen->pass(Second);
    QTRY_COMPARE(tray.face().state, State::Ringing);
    m_timers->stop(eggs);
    QTRY_COMPARE(tray.face().state, State::Idle);
}

void TestUiPresence::iconsDiffer()
{
    using State = TrayFace::State;
    QList<QImage> seen;
    for (const TrayFace face :
         {TrayFace{State::Idle, 0}, TrayFace{State::Running, 0}, TrayFace{State::Running, 8},
          TrayFace{State::Paused, 0}, TrayFace{State::Ringing, 0}}) {
        const QImage image = trayIcon(face, Qt::white).pixmap(32).toImage();
        QVERIFY(!seen.contains(image));
        seen += image;
    }
}

void TestUiPresence::closedWindowStaysBehind()
{
    fakes::FakeNotifications server(m_bus.address());
    open();
    m_window->setStaysBehind(true); // as with a panel
    m_window->close();              // nothing runs: it closes
    QVERIFY(!m_window->isLeftBehind());
    m_window->show();
    start(QStringLiteral("Eggs"), Minute);
    QTRY_COMPARE(m_window->timers().onPass().size(), 1);
    QSignalSpy left(m_window.get(), &MainWindow::leftBehind);
    m_window->close();
    QVERIFY(m_window->isHidden());
    QVERIFY(m_window->isLeftBehind());
    QCOMPARE(left.size(), 1);
    QVERIFY(!m_window->findChild<QMessageBox *>());
    QTRY_COMPARE(server.only().title, QStringLiteral("Simmer rings on"));
    m_window->comeForward();
    QVERIFY(m_window->isVisible());
    QVERIFY(!m_window->isLeftBehind());
}

void TestUiPresence::quitAsksAllTheSame()
{
    open();
    m_window->setStaysBehind(true);
    start(QStringLiteral("Eggs"), Minute);
    QTRY_COMPARE(m_window->timers().onPass().size(), 1);
    m_window->quit();
    auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box && m_window->isVisible());
    QTest::mouseClick(box->button(QMessageBox::Cancel), Qt::LeftButton);
    QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
    m_window->close(); // and a later close is a close again
    QVERIFY(m_window->isLeftBehind());
}

void TestUiPresence::withoutATrayTheQuestionStays()
{
    open();
    QVERIFY(!m_presence->tray().isThere()); // offscreen there is no panel
    start(QStringLiteral("Eggs"), Minute);
    QTRY_COMPARE(m_window->timers().onPass().size(), 1);
    m_window->close();
    QVERIFY(m_window->isVisible());
    QVERIFY(m_window->findChild<QMessageBox *>());
}

void TestUiPresence::choicesReachTheAlarm()
{
    open();
    AlarmSound &sound = m_window->alarm().sound();
    QCOMPARE(sound.volume(), 80);
    m_preferences->change([](Choices &choices) {
        choices.volume = 35;
        choices.rampsUp = false;
        choices.sound = QStringLiteral("glass");
        choices.soundDevice = QStringLiteral("hdmi");
    });
    QCOMPARE(sound.volume(), 35);
    QVERIFY(!sound.ramps());
    QCOMPARE(sound.sound(), QStringLiteral("glass"));
    QCOMPARE(sound.deviceId(), QByteArray("hdmi"));
    fakes::FakeNotifications server(m_bus.address());
    m_preferences->change([](Choices &choices) { choices.notifies = false; });
    start(QStringLiteral("Eggs"), Second);
    m_kitchen->pass(2 * Second);
    QTRY_COMPARE(m_window->alarm().calls().size(), 1);
    m_preferences->change([](Choices &choices) { choices.notifies = true; });
    QTRY_COMPARE(server.only().title, QStringLiteral("Eggs")); // what rings is told now
}

void TestUiPresence::miniIsPinnedAsItWas()
{
    open();
    QVERIFY(m_window->mini().isPinned());
    Q_EMIT m_window->mini().pinned(false);
    QVERIFY(!m_preferences->now().timersOnTop);
}

QTEST_MAIN(TestUiPresence)
#include "tst_ui_presence.moc"
