// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "forms/PassPane.h"
#include "pass/EndedDialog.h"
#include "pass/EndedTimers.h"
#include "pass/MiniWindow.h"
#include "pass/Presets.h"
#include "pass/QuickField.h"
#include "pass/TimerMenu.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"

#include <QAbstractItemModelTester>
#include <QCompleter>
#include <QInputDialog>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

namespace {

constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
using Kind = timers::Cue::Kind;

QAction *actionOf(const QMenu &menu, const QString &start)
{
    for (QAction *action : menu.actions())
        if (action->text().startsWith(start))
            return action;
    return nullptr;
}

timers::Timer used(const QString &name, qint64 totalMs, qint64 leadMs = 0)
{
    timers::Timer timer;
    timer.id = TimerId::random();
    timer.name = name;
    timer.totalMs = totalMs;
    timer.checkLeadMs = leadMs;
    return timer;
}

} // namespace

/// The Pass's own timers: presets, card menu, history, the small window.
class TestUiPass : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void presetsAreWhatIsUsedMost();
    void presetsComeBackAsTheyWere();
    void fieldOffersPresetsWhileEmpty();
    void fieldTakesCues();
    void menuSetsAndTakesCues();
    void menuRenames();
    void menuChains();
    void chainOfAPlaceStaysOneTimer();
    void undoKeepsTheCues();
    void endedTimersTellWhoAndWhen();
    void historyKnowsEarlierDays();
    void historyIsReadAsFarAsItIsScrolled();
    void historyStartsAgain();
    void miniShowsTimersAndStartsThem();
    void miniRowsActAndRing();
    void miniTargetsAreLargeEnough();

private:
    /// As after a restart of the program.
    void reopen();
    TimerId start(const timerserver::Press &press);
    LiveTimers &timers() { return m_window->timers(); }
};

void TestUiPass::reopen()
{
    m_window.reset();
    m_kitchen->restart();
    open();
}

TimerId TestUiPass::start(const timerserver::Press &press)
{
    const TimerId timer = timers().start(press);
    if (!QTest::qWaitFor([&] { return timers().find(timer) && !timers().isPending(timer); },
                         PatienceMs))
        qFatal("the press was not kept");
    return timer;
}

void TestUiPass::presetsAreWhatIsUsedMost()
{
    const QStringList none = presetsOf({});
    QCOMPARE(none.size(), 4);
    QCOMPARE(none[0], QStringLiteral("Eggs 7 min"));
    timers::Timer ofARecipe = used(QStringLiteral("Roast"), 45 * Minute);
    ofARecipe.place = timers::Place{m_roast.id, 0, 0};
    const QStringList some = presetsOf({used(QStringLiteral("Beans"), 90 * Minute), ofARecipe,
                                        used(QStringLiteral("Rice"), 25 * Minute, 5 * Minute),
                                        used(QStringLiteral("Rice"), 25 * Minute, 5 * Minute),
                                        used(QStringLiteral("Odd"), 90 * Second)});
    QCOMPARE(some[0], QStringLiteral("Rice 20–25 min"));
    QCOMPARE(some[1], QStringLiteral("Beans 1 h 30 min"));
    QCOMPARE(some[2], QStringLiteral("Eggs 7 min"));
    QCOMPARE(some.size(), 6);
}

/// What is offered is read as it was started.
void TestUiPass::presetsComeBackAsTheyWere()
{
    open();
    for (const QString &typed :
         presetsOf({used(QStringLiteral("Rice"), 25 * Minute, 5 * Minute)})) {
        const qsizetype before = timers().onPass().size();
        m_window->startQuick(typed);
        QTRY_COMPARE(timers().onPass().size(), before + 1);
    }
}

void TestUiPass::fieldOffersPresetsWhileEmpty()
{
    open();
    start({QStringLiteral("Beans"), 90 * Minute, 90 * Minute, {}});
    auto *field = m_window->findChild<PassPane *>()->findChild<QuickField *>();
    QTest::mouseClick(field, Qt::LeftButton);
    QCOMPARE(field->presets().stringList().constFirst(), QStringLiteral("Beans 1 h 30 min"));
    field->start(field->presets().stringList().constFirst());
    QTRY_COMPARE(timers().onPass().size(), 2);
    QVERIFY(field->text().isEmpty());
}

void TestUiPass::fieldTakesCues()
{
    open();
    m_window->startQuick(QStringLiteral("10 min pasta, stir every 2 min"));
    QTRY_COMPARE(timers().onPass().size(), 1);
    const timers::Timer pasta = timers().onPass().constFirst();
    QCOMPARE(pasta.name, QStringLiteral("Pasta"));
    QCOMPARE(pasta.totalMs, 10 * Minute);
    QCOMPARE(pasta.cues, (QList<timers::Cue>{{Kind::Every, 2 * Minute, QStringLiteral("Stir")}}));
}

void TestUiPass::menuSetsAndTakesCues()
{
    open();
    const TimerId id = start({QStringLiteral("Rice"), 20 * Minute, 20 * Minute, {}});
    const auto menu = [&] {
        return std::make_unique<TimerMenu>(timers(), *timers().find(id), nullptr);
    };
    const auto cues = [&] { return timers().find(id)->cues; };
    actionOf(*actionOf(*menu(), QStringLiteral("Call me every"))->menu(), QStringLiteral("5 min"))
        ->trigger();
    QTRY_COMPARE(cues().size(), 1);
    actionOf(*menu(), QStringLiteral("Call me halfway"))->trigger();
    QTRY_COMPARE(cues().size(), 2);
    const auto again = menu();
    QMenu *every = actionOf(*again, QStringLiteral("Call me every"))->menu();
    QVERIFY(actionOf(*every, QStringLiteral("5 min"))->isChecked());
    actionOf(*every, QStringLiteral("2 min"))->trigger(); // in its place
    QTRY_VERIFY(cues().contains(timers::Cue{Kind::Every, 2 * Minute, {}}));
    QCOMPARE(cues().size(), 2);
    actionOf(*menu(), QStringLiteral("Call me halfway"))->trigger(); // off
    QTRY_COMPARE(cues().size(), 1);
    actionOf(*menu(), QStringLiteral("No calls"))->trigger();
    QTRY_VERIFY(cues().isEmpty());
}

void TestUiPass::menuRenames()
{
    open();
    const TimerId id = start({QStringLiteral("Rice"), 20 * Minute, 20 * Minute, {}});
    Q_EMIT m_window->findChild<PassList *>()->menuWished(id, QPoint(10, 10));
    auto *menu = m_window->findChild<TimerMenu *>();
    QVERIFY(menu);
    actionOf(*menu, QStringLiteral("Rename"))->trigger();
    auto *dialog = m_window->findChild<QInputDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->textValue(), QStringLiteral("Rice"));
    dialog->setTextValue(QStringLiteral("Basmati"));
    dialog->accept();
    QTRY_COMPARE(timers().find(id)->name, QStringLiteral("Basmati"));
}

void TestUiPass::menuChains()
{
    open();
    const TimerId id = start({QStringLiteral("Roast"), Minute, Minute, {}});
    m_kitchen->pass(20 * Second);
    timers().chain(id, {QStringLiteral("Rest"), 10 * Minute, 10 * Minute, {}});
    QTRY_COMPARE(timers().onPass().size(), 1);
    QTRY_VERIFY(timers().onPass().constFirst().id != id);
    const timers::Timer roast = timers().onPass().constFirst();
    QCOMPARE(roast.name, QStringLiteral("Roast"));
    QCOMPARE(timers().faceOf(roast).count, QStringLiteral("0:40"));
    m_kitchen->pass(41 * Second);
    QTRY_COMPARE(timers().ringing().size(), 1);
    QTRY_COMPARE(timers().onPass().size(), 2);
    QCOMPARE(timers().onPass().at(1).name, QStringLiteral("Rest"));
}

void TestUiPass::chainOfAPlaceStaysOneTimer()
{
    open();
    const TimerId id =
        start({QStringLiteral("Roast"), Minute, Minute, timers::Place{m_roast.id, 3, 0}});
    timers().chain(id, {QStringLiteral("Rest"), Minute, Minute, {}});
    QTRY_VERIFY(!timers().find(id)->handovers.isEmpty());
    QCOMPARE(timers().onPass().size(), 1);
}

void TestUiPass::undoKeepsTheCues()
{
    open();
    const QList<timers::Cue> stir{{Kind::Every, 2 * Minute, QStringLiteral("Stir")}};
    const TimerId id = start({QStringLiteral("Risotto"), 18 * Minute, 18 * Minute, {}, stir});
    timers().stop(id);
    QTRY_VERIFY(timers().onPass().isEmpty());
    auto *undo = m_window->findChild<PassPane *>()->findChild<NoticeBar *>();
    Q_EMIT undo->acted();
    QTRY_COMPARE(timers().onPass().size(), 1);
    QCOMPARE(timers().onPass().constFirst().cues, stir);
}

void TestUiPass::endedTimersTellWhoAndWhen()
{
    fakes::OpMaker ana(QStringLiteral("Ana"));
    const TimerId old =
        m_kitchen->started(ana, QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, 30 * Minute);
    fakes::OpMaker ben(QStringLiteral("Ben"));
    m_kitchen->acknowledged(ben, old, 20 * Minute);
    open();
    EndedTimers ended(timers(), {});
    QAbstractItemModelTester tester(&ended);
    QCOMPARE(ended.rowCount(), 1);
    QCOMPARE(ended.index(0).data().toString(), QStringLiteral("Eggs"));
    QCOMPARE(ended.index(0).data(EndedTimers::WhenRole).toString(), QStringLiteral("17:52"));
    QCOMPARE(ended.index(0).data(EndedTimers::PlanRole).toString(), QStringLiteral("7 min · Ana"));
    QCOMPARE(ended.index(0).data(EndedTimers::EndRole).toString(),
             QStringLiteral("Ben stopped it, 3 min after it rang"));
    const TimerId rice = start({QStringLiteral("Rice"), 18 * Minute, 18 * Minute, {}});
    for (int i = 0; i < 4; ++i)
        m_kitchen->pass(Minute);
    timers().stop(rice);
    QTRY_COMPARE(ended.rowCount(), 2);
    QCOMPARE(ended.index(0).data(EndedTimers::EndRole).toString(),
             QStringLiteral("Ana stopped it after 4 min"));
    QCOMPARE(ended.index(0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Rice, 18:16, 18 min · Ana, Ana stopped it after 4 min"));
    const DeviceId tablet = ben.device();
    syncclient::LinkStatus status;
    status.devices = {{tablet, QStringLiteral("the tablet"), true}};
    EndedTimers named(timers(), status);
    QCOMPARE(named.index(1).data(EndedTimers::EndRole).toString(),
             QStringLiteral("Ben stopped it on the tablet, 3 min after it rang"));
}

/// They rest in the log, and are brought when somebody looks.
void TestUiPass::historyKnowsEarlierDays()
{
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const TimerId old =
        m_kitchen->started(ben, QStringLiteral("Stock"), Hour, Hour, 3 * Day + 2 * Hour);
    m_kitchen->acknowledged(ben, old, 3 * Day + Hour);
    open(); // and then it rests
    QVERIFY(timers().find(old));
    reopen();
    QVERIFY(!timers().find(old));
    EndedTimers ended(timers(), {});
    QAbstractItemModelTester tester(&ended);
    QTRY_COMPARE(ended.rowCount(), 1);
    QCOMPARE(ended.index(0).data().toString(), QStringLiteral("Stock"));
    QCOMPARE(ended.index(0).data(EndedTimers::WhenRole).toString(), QStringLiteral("15 Jan 17:12"));
    QCOMPARE(ended.index(0).data(EndedTimers::EndRole).toString(),
             QStringLiteral("Ben stopped it when it rang"));
    auto *field = m_window->findChild<QuickField *>();
    QTest::keyClick(field, Qt::Key_Down); // its own are offered before those of the house
    QCOMPARE(presetsOf(timers().ended()).constFirst(), QStringLiteral("Stock 1 h"));
    QCOMPARE(field->findChild<QCompleter *>()->completionModel()->index(0, 0).data().toString(),
             QStringLiteral("Stock 1 h"));
}

void TestUiPass::historyIsReadAsFarAsItIsScrolled()
{
    fakes::OpMaker ben(QStringLiteral("Ben"));
    for (int i = 0; i < 230; ++i) {
        const qint64 ago = (40 + i) * Day;
        const TimerId old =
            m_kitchen->started(ben, QStringLiteral("Stock %1").arg(i), Hour, Hour, ago + 2 * Hour);
        m_kitchen->acknowledged(ben, old, ago + Hour);
    }
    open(); // and then they rest
    reopen();
    QVERIFY(timers().ended().isEmpty());
    EndedDialog dialog(timers(), {});
    dialog.show();
    auto *list = dialog.findChild<QListView *>();
    QAbstractItemModelTester tester(list->model());
    tester.setUseFetchMore(false);
    QTRY_COMPARE(list->model()->rowCount(), 100);
    list->setCurrentIndex(list->model()->index(5, 0));
    m_kitchen->pass(Second);
    QCOMPARE(list->model()->rowCount(), 100); // nobody looked further
    list->scrollToBottom();
    QTRY_COMPARE(list->model()->rowCount(), 200);
    QCOMPARE(list->currentIndex().row(), 5); // nobody's place moved
    QTest::keyClick(list, Qt::Key_End);
    QTRY_COMPARE(list->model()->rowCount(), 230);
    const QModelIndex oldest = list->model()->index(229, 0);
    QCOMPARE(oldest.data().toString(), QStringLiteral("Stock 229"));
    QCOMPARE(oldest.data(EndedTimers::PlanRole).toString(), QStringLiteral("1 h · Ben"));
    QCOMPARE(oldest.data(EndedTimers::EndRole).toString(),
             QStringLiteral("Ben stopped it when it rang"));
    list->scrollToBottom();
    QTRY_VERIFY(!list->model()->canFetchMore({}));
    QCOMPARE(list->model()->rowCount(), 230);
    list->setCurrentIndex(oldest);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(timers().onPass().size(), 1);
    QCOMPARE(timers().onPass().constFirst().name, QStringLiteral("Stock 229"));
}

void TestUiPass::historyStartsAgain()
{
    fakes::OpMaker ana(QStringLiteral("Ana"));
    const TimerId old =
        m_kitchen->started(ana, QStringLiteral("Rice"), 16 * Minute, 18 * Minute, 30 * Minute);
    m_kitchen->acknowledged(ana, old, 10 * Minute);
    open();
    EndedDialog dialog(timers(), {});
    dialog.show();
    QTest::keyClick(dialog.findChild<QListView *>(), Qt::Key_Return);
    QTRY_COMPARE(timers().onPass().size(), 1);
    const timers::Timer rice = timers().onPass().constFirst();
    QCOMPARE(rice.totalMs, 18 * Minute);
    QCOMPARE(rice.checkLeadMs, 2 * Minute);
    QTRY_VERIFY(!dialog.isVisible());
}

void TestUiPass::miniShowsTimersAndStartsThem()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier);
    MiniWindow &mini = m_window->mini();
    QVERIFY(mini.isVisible());
    QCOMPARE(mini.size(), QSize(360, 480));
    auto *field = mini.findChild<QuickField *>();
    field->start(QStringLiteral("eggs 7"));
    QTRY_COMPARE(mini.list().items().size(), 1);
    QCOMPARE(mini.list().items().constFirst()->words().name, QStringLiteral("Eggs"));
    mini.setPinned(true);
    QVERIFY(mini.isPinned() && mini.isVisible());
    mini.setPinned(false);
    QVERIFY(!mini.isPinned() && mini.isVisible());
    QSignalSpy main(&mini, &MiniWindow::mainWindowWished);
    for (FlatButton *button : mini.findChildren<FlatButton *>())
        if (button->accessibleName() == QStringLiteral("Open Simmer"))
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(main.size(), 1);
    QTest::keyClick(&mini, Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(!mini.isVisible());
}

void TestUiPass::miniRowsActAndRing()
{
    open();
    m_window->showMini();
    MiniWindow &mini = m_window->mini();
    const TimerId eggs = start({QStringLiteral("Eggs"), Minute, Minute, {}});
    QTRY_COMPARE(mini.list().items().size(), 1);
    PassItem *row = mini.list().items().constFirst();
    const QList<FlatButton *> buttons = row->findChildren<FlatButton *>();
    QTest::mouseClick(buttons.at(0), Qt::LeftButton);
    QTRY_COMPARE(row->words().face.look, Look::Paused);
    QTRY_VERIFY(buttons.at(0)->isEnabled());
    QTest::mouseClick(buttons.at(0), Qt::LeftButton);
    QTRY_COMPARE(row->words().face.look, Look::Running);
    QTRY_VERIFY(buttons.at(1)->isEnabled());
    QTest::mouseClick(buttons.at(1), Qt::LeftButton);
    QTRY_COMPARE(row->words().count, QStringLiteral("2:00"));
    m_kitchen->pass(2 * Minute - Second);
    m_kitchen->pass(2 * Second);
    QTRY_COMPARE(row->words().face.look, Look::Ringing);
    QTest::mouseClick(buttons.at(0), Qt::LeftButton);
    QTRY_COMPARE(timers().find(eggs)->phase, timers::Phase::Done);
    QTRY_VERIFY(mini.list().items().isEmpty());
}

void TestUiPass::miniTargetsAreLargeEnough()
{
    open();
    m_window->showMini();
    start({QStringLiteral("Eggs"), Minute, Minute, {}});
    QTRY_COMPARE(m_window->mini().list().items().size(), 1);
    for (const FlatButton *button : m_window->mini().findChildren<FlatButton *>()) {
        QVERIFY2(button->width() >= 44 && button->height() >= 44,
                 qPrintable(button->accessibleName()));
        QVERIFY(!button->accessibleName().isEmpty());
    }
}

QTEST_MAIN(TestUiPass)
#include "tst_ui_pass.moc"
