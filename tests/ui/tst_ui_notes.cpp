// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "alarm/AlarmDesk.h"
#include "alarm/AlarmNotes.h"
#include "alarm/DesktopNotes.h"
#include "fakes/FakeNotifications.h"
#include "fakes/FakeSpeakers.h"
#include "fakes/PrivateBus.h"

#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;
using fakes::FakeNotifications;
using fakes::ShownNote;

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
const QString Key = QStringLiteral("eggs");

DesktopNote note(const QString &title)
{
    DesktopNote note;
    note.title = title;
    note.body = QStringLiteral("Rice & <peas>");
    note.actions = {{QStringLiteral("stop"), QStringLiteral("Stop")}};
    return note;
}

} // namespace

/// What the desktop is told, on a bus of the test's own.
class TestUiNotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(!m_bus.address().isEmpty()); }

    void showsReplacesAndWithdraws();
    void quickChangesKeepOneNote();
    void withdrawnBeforeItsIdIsKnown();
    void actionsComeBackWithTheirKey();
    void dismissedIsForgotten();
    void onlyWhatTheServerCan();
    void noServerIsSaid();
    void noBusIsSaid();
    void serverThatRestartsIsToldAgain();
    void strangersIdsAreNobodys();

    void ringTellsAndStopWithdraws();
    void answeredElsewhereIsWithdrawn();
    void addAndOpenFromTheNote();
    void checkAndCueAreLow();
    void unansweredIsToldAgain();

private:
    struct Evening;

    fakes::PrivateBus m_bus;
};

/// A kitchen with its alarm and its notes, without a window.
struct TestUiNotes::Evening {
    explicit Evening(const QString &bus)
        : timers(kitchen.server())
        , alarm(timers, kitchen.book(), kitchen.client(), std::make_unique<fakes::FakeSpeakers>())
        , notes(bus)
        , alarmNotes(alarm, notes)
    {
        kitchen.open();
    }
    TimerId start(const timerserver::Press &press)
    {
        const TimerId timer = timers.start(press);
        if (!QTest::qWaitFor([&] { return timers.find(timer).has_value(); }, PatienceMs))
            qFatal("the press was not kept");
        return timer;
    }
    TimerId ring()
    {
        const TimerId timer = start({QStringLiteral("Eggs"), Second, Second, {}});
        kitchen.pass(2 * Second);
        return timer;
    }

    fakes::UiKitchen kitchen;
    LiveTimers timers;
    AlarmDesk alarm;
    DesktopNotes notes;
    AlarmNotes alarmNotes;
};

void TestUiNotes::showsReplacesAndWithdraws()
{
    FakeNotifications server(m_bus.address());
    DesktopNotes notes(m_bus.address());
    notes.show(Key, note(QStringLiteral("one")));
    QTRY_COMPARE(server.shown().size(), 1);
    const uint id = server.shown().firstKey();
    QCOMPARE(server.only().actions, (QStringList{QStringLiteral("stop"), QStringLiteral("Stop")}));
    QCOMPARE(server.only().timeout, 0);
    notes.show(Key, note(QStringLiteral("two")));
    QTRY_COMPARE(server.only().title, QStringLiteral("two"));
    QCOMPARE(server.shown().firstKey(), id); // in its place
    notes.show(QStringLiteral("rice"), note(QStringLiteral("three")));
    QTRY_COMPARE(server.shown().size(), 2);
    notes.withdraw(Key);
    QTRY_COMPARE(server.only().title, QStringLiteral("three"));
    notes.withdrawAll();
    QTRY_VERIFY(server.shown().isEmpty());
    notes.withdraw(Key); // twice is nothing
}

void TestUiNotes::quickChangesKeepOneNote()
{
    FakeNotifications server(m_bus.address());
    DesktopNotes notes(m_bus.address());
    for (int i = 0; i < 20; ++i)
        notes.show(Key, note(QString::number(i)));
    QTRY_COMPARE(server.only().title, QStringLiteral("19"));
    QVERIFY(server.told() <= 2); // what lies between was never worth a word
}

void TestUiNotes::withdrawnBeforeItsIdIsKnown()
{
    FakeNotifications server(m_bus.address());
    DesktopNotes notes(m_bus.address());
    QTRY_VERIFY(!notes.capabilities().isEmpty());
    notes.show(Key, note(QStringLiteral("one")));
    notes.withdraw(Key);
    QTRY_COMPARE(server.told(), 1);
    QTRY_VERIFY(server.shown().isEmpty());
}

void TestUiNotes::actionsComeBackWithTheirKey()
{
    FakeNotifications server(m_bus.address());
    DesktopNotes notes(m_bus.address());
    QSignalSpy acted(&notes, &DesktopNotes::acted);
    notes.show(Key, note(QStringLiteral("one")));
    QTRY_COMPARE(server.shown().size(), 1);
    notes.show(Key, note(QStringLiteral("two"))); // so that its id is known
    QTRY_COMPARE(server.only().title, QStringLiteral("two"));
    server.press(server.shown().firstKey(), QStringLiteral("stop"));
    QTRY_COMPARE(acted.size(), 1);
    QCOMPARE(acted[0][0].toString(), Key);
    QCOMPARE(acted[0][1].toString(), QStringLiteral("stop"));
}

void TestUiNotes::dismissedIsForgotten()
{
    FakeNotifications server(m_bus.address());
    DesktopNotes notes(m_bus.address());
    QSignalSpy dismissed(&notes, &DesktopNotes::dismissed);
    notes.show(Key, note(QStringLiteral("one")));
    notes.show(Key, note(QStringLiteral("two")));
    QTRY_COMPARE(server.only().title, QStringLiteral("two"));
    server.dismiss(server.shown().firstKey());
    QTRY_COMPARE(dismissed.size(), 1);
    notes.show(Key, note(QStringLiteral("three"))); // anew
    QTRY_COMPARE(server.only().title, QStringLiteral("three"));
    QCOMPARE(server.only().replaces, 0U);
}

void TestUiNotes::onlyWhatTheServerCan()
{
    FakeNotifications server(m_bus.address());
    server.can = {QStringLiteral("body"), QStringLiteral("body-markup")};
    DesktopNotes notes(m_bus.address());
    notes.show(Key, note(QStringLiteral("one")));
    QTRY_COMPARE(server.shown().size(), 1);
    QVERIFY(server.only().actions.isEmpty());
    QCOMPARE(server.only().body, QStringLiteral("Rice &amp; &lt;peas&gt;"));
    QCOMPARE(notes.capabilities(), server.can);
}

void TestUiNotes::noServerIsSaid()
{
    DesktopNotes notes(m_bus.address());
    QSignalSpy unheard(&notes, &DesktopNotes::unheard);
    notes.show(Key, note(QStringLiteral("one")));
    QTRY_COMPARE(unheard.size(), 1);
    notes.show(Key, note(QStringLiteral("two")));
    QTRY_COMPARE(unheard.size(), 2);
    QCOMPARE(unheard[1][0].value<DesktopNote>().title, QStringLiteral("two"));
    FakeNotifications late(m_bus.address());
    QTRY_COMPARE(late.only().title, QStringLiteral("two")); // what still stands
}

void TestUiNotes::noBusIsSaid()
{
    DesktopNotes notes(QStringLiteral("unix:path=/nowhere"));
    QSignalSpy unheard(&notes, &DesktopNotes::unheard);
    notes.show(Key, note(QStringLiteral("one")));
    QCOMPARE(unheard.size(), 1);
    notes.withdraw(Key);
}

void TestUiNotes::serverThatRestartsIsToldAgain()
{
    auto server = std::make_unique<FakeNotifications>(m_bus.address());
    DesktopNotes notes(m_bus.address());
    notes.show(Key, note(QStringLiteral("rings")));
    notes.show(QStringLiteral("rice"), note(QStringLiteral("is done")));
    QTRY_COMPARE(server->shown().size(), 2);
    notes.withdraw(QStringLiteral("rice"));
    QTRY_COMPARE(server->shown().size(), 1);
    server.reset();
    server = std::make_unique<FakeNotifications>(m_bus.address(), 100);
    QTRY_COMPARE(server->only().title, QStringLiteral("rings"));
    QCOMPARE(server->only().replaces, 0U); // the old id means nothing to the new one
    notes.withdraw(Key);
    QTRY_VERIFY(server->shown().isEmpty());
}

void TestUiNotes::strangersIdsAreNobodys()
{
    FakeNotifications server(m_bus.address(), 7);
    DesktopNotes notes(m_bus.address());
    QSignalSpy acted(&notes, &DesktopNotes::acted);
    notes.show(Key, note(QStringLiteral("one")));
    notes.show(Key, note(QStringLiteral("two")));
    QTRY_COMPARE(server.only().title, QStringLiteral("two"));
    server.press(8, QStringLiteral("stop"));
    server.press(0, QStringLiteral("stop"));
    server.press(7, QStringLiteral("stop"));
    QTRY_COMPARE(acted.size(), 1);
}

void TestUiNotes::ringTellsAndStopWithdraws()
{
    FakeNotifications server(m_bus.address());
    Evening evening(m_bus.address());
    const TimerId timer = evening.ring();
    QTRY_COMPARE(server.shown().size(), 1);
    const ShownNote shown = server.only();
    QCOMPARE(shown.title, QStringLiteral("Eggs"));
    QCOMPARE(shown.body, QStringLiteral("Rang 18:12."));
    QCOMPARE(shown.urgency, 2);
    QCOMPARE(shown.timeout, 0);
    QVERIFY(shown.actions.contains(QStringLiteral("stop")) &&
            shown.actions.contains(QStringLiteral("add")) &&
            shown.actions.contains(QStringLiteral("open")));
    evening.kitchen.pass(Second);
    evening.kitchen.pass(Second);
    QCOMPARE(server.told(), 1); // not each second
    server.press(server.shown().firstKey(), QStringLiteral("stop"));
    QTRY_COMPARE(evening.timers.find(timer)->phase, timers::Phase::Done);
    QTRY_VERIFY(server.shown().isEmpty());
}

void TestUiNotes::answeredElsewhereIsWithdrawn()
{
    FakeNotifications server(m_bus.address());
    Evening evening(m_bus.address());
    const TimerId timer = evening.ring();
    QTRY_COMPARE(server.shown().size(), 1);
    evening.kitchen.server().acknowledge(timer);
    QTRY_VERIFY(server.shown().isEmpty());
}

void TestUiNotes::addAndOpenFromTheNote()
{
    FakeNotifications server(m_bus.address());
    Evening evening(m_bus.address());
    QSignalSpy opened(&evening.alarm, &AlarmDesk::stepWished);
    const TimerId timer = evening.ring();
    QTRY_COMPARE(server.shown().size(), 1);
    evening.kitchen.pass(Second); // its id is known by now
    server.press(server.shown().firstKey(), QStringLiteral("default"));
    QTRY_COMPARE(opened.size(), 1);
    server.press(server.shown().firstKey(), QStringLiteral("add"));
    QTRY_VERIFY(evening.alarm.calls().isEmpty());
    QTRY_VERIFY(server.shown().isEmpty());
    QCOMPARE(evening.timers.find(timer)->phase, timers::Phase::Running);
}

void TestUiNotes::checkAndCueAreLow()
{
    FakeNotifications server(m_bus.address());
    Evening evening(m_bus.address());
    const timers::Cue stir{timers::Cue::Kind::Every, 30 * Second, QStringLiteral("Stir")};
    evening.start({QStringLiteral("Rice"), Minute, 2 * Minute, {}, {stir}});
    for (int i = 0; i < 4; ++i)
        evening.kitchen.pass(8 * Second);
    QTRY_COMPARE(server.only().title, QStringLiteral("Stir"));
    QCOMPARE(server.only().urgency, 0);
    QCOMPARE(server.only().timeout, 8000);
    evening.timers.setCues(evening.timers.onPass().constFirst().id, {});
    for (int i = 0; i < 4; ++i)
        evening.kitchen.pass(8 * Second);
    QTRY_COMPARE(server.only().title, QStringLiteral("Check: Rice"));
    QCOMPARE(server.only().urgency, 0);
    QVERIFY(server.only().body.startsWith(QStringLiteral("Last call in ")));
    server.press(server.shown().firstKey(), QStringLiteral("keep"));
    QTRY_VERIFY(server.shown().isEmpty());
    QCOMPARE(evening.timers.onPass().size(), 1);
}

void TestUiNotes::unansweredIsToldAgain()
{
    FakeNotifications server(m_bus.address());
    Evening evening(m_bus.address());
    evening.ring();
    QTRY_COMPARE(server.shown().size(), 1);
    evening.kitchen.pass(Second);
    server.dismiss(server.shown().firstKey()); // closed, not answered
    for (int i = 0; i < 8; ++i)
        evening.kitchen.pass(8 * Second);
    QTRY_COMPARE(server.only().title, QStringLiteral("Eggs"));
}

QTEST_GUILESS_MAIN(TestUiNotes)
#include "tst_ui_notes.moc"
