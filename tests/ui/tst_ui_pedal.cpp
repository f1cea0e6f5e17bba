// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "cooking/CookingDial.h"
#include "cooking/CookingScreen.h"
#include "cooking/KeyLine.h"

/// A page-turner's pedal while something rings: forward is all that it has.
class TestUiPedal : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }

    void forwardStopsWhatRings_data();
    void forwardStopsWhatRings();
    void pageUnderWayIsTurned();
    void backTurnsBack();
    void frontOneIsStopped();
    void coverOfCookingModeListens();
    void coverOfTheWindowDoesNot();

private:
    CookingScreen *screen() const { return part<CookingScreen>(); }
    void press(int key) { QTest::keyClick(QApplication::focusWidget(), Qt::Key(key)); }
    void untilItListens() { QTRY_VERIFY(screen()->listens()); }
    QStringList capsOf(const QString &words) const;
    static QStringList spaceAndForward() { return {QStringLiteral("Space"), QStringLiteral("→")}; }
};

void TestUiPedal::init()
{
    begin();
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(screen());
    QVERIFY(QTest::qWaitForWindowActive(screen(), PatienceMs));
    QTRY_VERIFY(screen()->hasFocus());
}

/// The keys that the foot names for that.
QStringList TestUiPedal::capsOf(const QString &words) const
{
    const QList<KeyLine::Key> keys = screen()->findChild<KeyLine *>()->keys();
    for (const KeyLine::Key &key : keys)
        if (key.words == words)
            return key.caps;
    return {};
}

void TestUiPedal::forwardStopsWhatRings_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("page down") << int(Qt::Key_PageDown);
    QTest::newRow("right") << int(Qt::Key_Right);
    QTest::newRow("down") << int(Qt::Key_Down);
}

void TestUiPedal::forwardStopsWhatRings()
{
    QFETCH(int, key);
    QCOMPARE(capsOf(QStringLiteral("Next step")), QStringList{QStringLiteral("→")});
    const TimerId timer = ring(QStringLiteral("Eggs"));
    untilItListens();
    QCOMPARE(capsOf(QStringLiteral("Stop alarm")), spaceAndForward());
    QVERIFY(capsOf(QStringLiteral("Next step")).isEmpty());
    press(key);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QCOMPARE(screen()->course().step(), 0);
    QTRY_COMPARE(screen()->dial().words().face.look, Look::Ready);
    press(key); // and turns pages again
    QCOMPARE(screen()->course().step(), 1);
}

void TestUiPedal::pageUnderWayIsTurned()
{
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_COMPARE(screen()->dial().words().face.look, Look::Ringing);
    const bool wasDeaf = !screen()->listens();
    press(Qt::Key_PageDown);
    if (screen()->course().step() == 0) // this machine was slower than that
        QVERIFY(!wasDeaf || screen()->listens());
    else
        QVERIFY(!m_window->timers().isPending(timer));
}

void TestUiPedal::backTurnsBack()
{
    press(Qt::Key_PageDown);
    QCOMPARE(screen()->course().step(), 1);
    const TimerId timer = ring(QStringLiteral("Eggs"));
    untilItListens();
    press(Qt::Key_PageUp);
    QCOMPARE(screen()->course().step(), 0);
    QCOMPARE(lookOf(timer), Look::Ringing);
    QVERIFY(!m_window->timers().isPending(timer));
}

void TestUiPedal::frontOneIsStopped()
{
    const TimerId first = ring(QStringLiteral("Eggs"));
    const TimerId second = ring(QStringLiteral("Lentils"), timers::Place{m_dal.id, 2, 0});
    untilItListens();
    press(Qt::Key_PageDown);
    QTRY_COMPARE(lookOf(first), Look::Done);
    QCOMPARE(lookOf(second), Look::Ringing);
}

void TestUiPedal::coverOfCookingModeListens()
{
    const TimerId timer = ring(QStringLiteral("Eggs"));
    for (int i = 0; i < 7; ++i)
        m_kitchen->pass(9 * Second);
    QTRY_VERIFY(isCovered());
    QCOMPARE(overlay().parentWidget(), screen());
    QTRY_VERIFY(overlay().hasFocus());
    press(Qt::Key_PageDown);
    QVERIFY(overlay().listens() || !m_window->timers().isPending(timer)); // deaf at first
    waitUntilItListens();
    press(Qt::Key_PageDown);
    QTRY_COMPARE(lookOf(timer), Look::Done);
    QTRY_VERIFY(!isCovered());
    QCOMPARE(screen()->course().step(), 0);
}

void TestUiPedal::coverOfTheWindowDoesNot()
{
    screen()->close();
    QTRY_VERIFY(!screen());
    m_window->activateWindow();
    const TimerId timer = ring(QStringLiteral("Eggs"));
    QTRY_VERIFY(isCovered());
    waitUntilItListens();
    for (const int key : {Qt::Key_PageDown, Qt::Key_Right, Qt::Key_Down})
        press(key);
    QVERIFY(!m_window->timers().isPending(timer));
    QCOMPARE(lookOf(timer), Look::Ringing);
}

QTEST_MAIN(TestUiPedal)
#include "tst_ui_pedal.moc"
