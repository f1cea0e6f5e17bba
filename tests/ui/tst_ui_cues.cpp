// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "cooking/CookingScreen.h"
#include "cooking/CookingStrip.h"
#include "forms/PassList.h"
#include "pass/MiniWindow.h"
#include "widgets/TimerRow.h"

/// The next soft call of a timer, in words wherever the timer stands.
class TestUiCues : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }

    void miniWindowSaysIt();
    void miniWindowKeepsWhatMattersMore();
    void tileHasALineForIt();
    void itIsReadOutByTheMinute();
    void itGoesWhenNoneComes();

private:
    void roast(qint64 checkMs = 40 * Minute);
};

void TestUiCues::init()
{
    begin();
    open();
}

/// Of another dish, so that cooking mode has it in its strip.
void TestUiCues::roast(qint64 checkMs)
{
    m_window->timers().start({QStringLiteral("Roast"),
                              checkMs,
                              40 * Minute,
                              timers::Place{m_dal.id, 2, 0},
                              {{timers::Cue::Kind::Every, 10 * Minute, QStringLiteral("Baste")}}});
    QTRY_COMPARE(m_window->timers().onPass().size(), 1);
}

void TestUiCues::miniWindowSaysIt()
{
    MiniWindow mini(m_kitchen->book(), m_window->timers());
    mini.show();
    roast();
    QTRY_COMPARE(mini.list().items().size(), 1);
    auto *row = qobject_cast<TimerRow *>(mini.list().items().constFirst());
    QVERIFY(row);
    QVERIFY2(row->below().startsWith(QStringLiteral("Baste in ")), qPrintable(row->below()));
    mini.resize(900, 480);
    QTRY_VERIFY2(row->below().endsWith(QStringLiteral("step 3")), qPrintable(row->below()));
    QVERIFY(row->below().startsWith(QStringLiteral("Baste in ")));
}

void TestUiCues::miniWindowKeepsWhatMattersMore()
{
    MiniWindow mini(m_kitchen->book(), m_window->timers());
    mini.show();
    roast(35 * Minute);
    QTRY_COMPARE(mini.list().items().size(), 1);
    auto *row = qobject_cast<TimerRow *>(mini.list().items().constFirst());
    QVERIFY(row);
    QVERIFY2(row->below().contains(row->words().aside), qPrintable(row->below()));
    QVERIFY(!row->words().aside.isEmpty());
    QVERIFY(row->toolTip().startsWith(QStringLiteral("Baste in ")));
}

void TestUiCues::tileHasALineForIt()
{
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(part<CookingScreen>());
    roast();
    const CookingStrip &strip = part<CookingScreen>()->strip();
    QTRY_COMPARE(strip.tiles().size(), 1);
    CookingTile *tile = strip.tiles().constFirst();
    const auto picture = [tile] { return tile->grab().toImage(); };
    CardWords words = tile->words();
    QVERIFY(words.cue.startsWith(QStringLiteral("Baste in ")));
    const QImage told = picture();
    words.cue = QStringLiteral("Turn it in 3:00");
    tile->draw(words);
    QVERIFY(picture() != told); // in words, not as dots alone
}

void TestUiCues::itIsReadOutByTheMinute()
{
    roast();
    QTRY_COMPARE(part<PassList>()->items().size(), 1);
    PassItem *item = part<PassList>()->items().constFirst();
    QTRY_COMPARE(item->accessibleDescription(), QStringLiteral("Baste in 10 minutes"));
    QCOMPARE(item->toolTip(), QStringLiteral("Baste in 10 minutes"));
    const QString shown = item->words().cue;
    m_kitchen->pass(20 * Second);
    QTRY_VERIFY(item->words().cue != shown);
    QCOMPARE(item->accessibleDescription(), QStringLiteral("Baste in 10 minutes"));
    m_kitchen->pass(2 * Minute);
    QTRY_COMPARE(item->accessibleDescription(), QStringLiteral("Baste in 8 minutes"));
}

void TestUiCues::itGoesWhenNoneComes()
{
    roast();
    QTRY_COMPARE(part<PassList>()->items().size(), 1);
    PassItem *item = part<PassList>()->items().constFirst();
    QTRY_VERIFY(!item->accessibleDescription().isEmpty());
    m_window->timers().setCues(item->timer(), {});
    QTRY_VERIFY(item->accessibleDescription().isEmpty());
    QVERIFY(item->toolTip().isEmpty());
}

QTEST_MAIN(TestUiCues)
#include "tst_ui_cues.moc"
