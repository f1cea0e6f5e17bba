// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/AwakeHold.h"
#include "fakes/PrivateBus.h"

#include <QDBusConnection>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;

/// What a desktop's screen saver answers, and what it was asked.
class FakeScreenSaver : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    QStringList reasons;
    QList<uint> released;

public Q_SLOTS:
    uint Inhibit(const QString &program, const QString &reason)
    {
        reasons += program + QLatin1Char(' ') + reason;
        return 40 + uint(reasons.size());
    }
    void UnInhibit(uint cookie) { released += cookie; }
};

/// The screen stays awake while it is asked to, and no longer.
class TestUiAwake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void holdsAndLetsGo();
    void asksOnce();
    void letsGoBeforeTheAnswer();
    void letsGoAtItsEnd();
    void nobodyAnswers();

private:
    std::unique_ptr<fakes::PrivateBus> m_bus;
    std::unique_ptr<FakeScreenSaver> m_saver;
};

void TestUiAwake::init()
{
    m_bus = std::make_unique<fakes::PrivateBus>();
    if (m_bus->address().isEmpty())
        QSKIP("there is no dbus-daemon");
    m_saver = std::make_unique<FakeScreenSaver>();
    auto desktop = QDBusConnection::connectToBus(m_bus->address(), QStringLiteral("desktop"));
    QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.ScreenSaver")));
    QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/ScreenSaver"), m_saver.get(),
                                   QDBusConnection::ExportAllSlots));
}

void TestUiAwake::cleanup()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    m_saver.reset();
    m_bus.reset();
}

void TestUiAwake::holdsAndLetsGo()
{
    ui::AwakeHold hold(m_bus->address());
    QSignalSpy changed(&hold, &ui::AwakeHold::heldChanged);
    hold.hold(QStringLiteral("A recipe is being cooked"));
    QTRY_VERIFY(hold.isHeld());
    QCOMPARE(m_saver->reasons, QStringList{QStringLiteral("Simmer A recipe is being cooked")});
    hold.release();
    QVERIFY(!hold.isHeld());
    QTRY_COMPARE(m_saver->released, QList<uint>{41});
    QCOMPARE(changed.size(), 2);
    hold.hold(QStringLiteral("Again"));
    QTRY_VERIFY(hold.isHeld());
    QCOMPARE(m_saver->reasons.size(), 2);
}

void TestUiAwake::asksOnce()
{
    ui::AwakeHold hold(m_bus->address());
    hold.hold(QStringLiteral("One"));
    hold.hold(QStringLiteral("Two"));
    QTRY_VERIFY(hold.isHeld());
    hold.hold(QStringLiteral("Three"));
    hold.release();
    QTRY_COMPARE(m_saver->released.size(), 1);
    QCOMPARE(m_saver->reasons.size(), 1);
}

void TestUiAwake::letsGoBeforeTheAnswer()
{
    ui::AwakeHold hold(m_bus->address());
    hold.hold(QStringLiteral("One"));
    hold.release();
    QTRY_COMPARE(m_saver->released, QList<uint>{41});
    QVERIFY(!hold.isHeld());
}

void TestUiAwake::letsGoAtItsEnd()
{
    {
        ui::AwakeHold hold(m_bus->address());
        hold.hold(QStringLiteral("One"));
        QTRY_VERIFY(hold.isHeld());
    }
    QTRY_COMPARE(m_saver->released.size(), 1);
}

void TestUiAwake::nobodyAnswers()
{
    QDBusConnection(QStringLiteral("desktop"))
        .unregisterService(QStringLiteral("org.freedesktop.ScreenSaver"));
    ui::AwakeHold hold(m_bus->address());
    QSignalSpy changed(&hold, &ui::AwakeHold::heldChanged);
    hold.hold(QStringLiteral("One"));
    QCoreApplication::processEvents();
    QVERIFY(!hold.isHeld());
    QCOMPARE(changed.size(), 0);
    // With no bus at all it does nothing, either.
    ui::AwakeHold nowhere(QStringLiteral("unix:path=/nowhere"));
    nowhere.hold(QStringLiteral("One"));
    nowhere.release();
    QVERIFY(!nowhere.isHeld());
}

QTEST_GUILESS_MAIN(TestUiAwake)
#include "tst_ui_awake.moc"
