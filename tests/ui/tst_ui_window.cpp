// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "alarm/AlarmBanner.h"
#include "alarm/AlarmSound.h"
#include "forms/LibraryPane.h"
#include "forms/PassPane.h"
#include "forms/RecipePage.h"
#include "forms/StatusLine.h"
#include "widgets/FieldEdit.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "widgets/StepRow.h"

#include <QDialog>
#include <QDropEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

/// The whole window over a real timer server and real storage.
class TestUiWindow : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void tapRunsPausesAndResumes();
    void pressIsPendingUntilItIsDurable();
    void startedCountNeverShowsMoreThanItsTime();
    void ringIsSeenAndStopped();
    void ringFromBeforeTheStartIsLate();
    void addAMinuteFromTheBanner();
    void stepOfTheBannerOpensTheRecipe();
    void passOrdersAndUndoes();
    void passKeys();
    void quickTimerFromTheField();
    void failedPressIsToldInWords();
    void refusedPressesAndDamageAreTold();
    void statusLineTellsTheLink();
    void importsDroppedFiles();
    void fitsItsWidth();
    void keysReachTheirPlaces();
    void everyControlHasAName();

private:
    ChipButton *chip(int step, int slot = 0) const;
    Look look(int step, int slot = 0) const { return chip(step, slot)->drawing().face.look; }
    PassPane *column() const;
    void click(QAbstractButton *button) { QTest::mouseClick(button, Qt::LeftButton); }
};

ChipButton *TestUiWindow::chip(int step, int slot) const
{
    return part<RecipePage>()->sheet()->step(step)->text()->chips().at(slot);
}

PassPane *TestUiWindow::column() const
{
    const QList<PassPane *> panes = m_window->findChildren<PassPane *>();
    return *std::find_if(panes.cbegin(), panes.cend(),
                         [](const PassPane *pane) { return pane->isVisible(); });
}

void TestUiWindow::tapRunsPausesAndResumes()
{
    open();
    QCOMPARE(look(3), Look::Ready);
    click(chip(3));
    QTRY_COMPARE(look(3), Look::Running);
    QCOMPARE(chip(3)->drawing().tail, QStringLiteral("45:00"));
    const auto timer = m_kitchen->server().timers().value(timers::timerAt({m_roast.id, 3, 0}));
    QCOMPARE(timer.name, QStringLiteral("Roast at 180 °C"));
    m_kitchen->pass(5 * Second);
    QTRY_COMPARE(chip(3)->drawing().tail, QStringLiteral("44:55"));
    click(chip(3));
    QTRY_COMPARE(look(3), Look::Paused);
    m_kitchen->pass(Minute);
    QCOMPARE(chip(3)->drawing().tail, QStringLiteral("44:55"));
    QTest::keyClick(chip(3), Qt::Key_Space);
    QTRY_COMPARE(look(3), Look::Running);
    QVERIFY(chip(3)->accessibleName().startsWith(QStringLiteral("45 minutes, running, ")));
}

void TestUiWindow::pressIsPendingUntilItIsDurable()
{
    open();
    click(chip(3));
    QVERIFY(chip(3)->drawing().isPending);
    QCOMPARE(look(3), Look::Ready); // shown as running only when it is on the disk
    click(chip(3));                 // an impatient second tap does nothing
    QTRY_VERIFY(!chip(3)->drawing().isPending);
    QCOMPARE(look(3), Look::Running);
}

void TestUiWindow::startedCountNeverShowsMoreThanItsTime()
{
    open();
    m_kitchen->clock().advance(400); // between two ticks
    click(chip(4));
    QTRY_COMPARE(look(4), Look::Running);
    QCOMPARE(chip(4)->drawing().tail, QStringLiteral("8:00"));
}

void TestUiWindow::ringIsSeenAndStopped()
{
    open();
    auto *banner = part<AlarmBanner>();
    QVERIFY(!banner->isVisible());
    click(chip(4));
    QTRY_COMPARE(look(4), Look::Running);
    m_kitchen->pass(8 * Minute - Second);
    QVERIFY(!banner->isVisible());
    m_kitchen->pass(Second);
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->words().name, QStringLiteral("Boil the potatoes"));
    QCOMPARE(banner->words().place, QStringLiteral("Roast chicken · step 5"));
    QCOMPARE(look(4), Look::Ringing);
    QVERIFY(m_window->alarm().sound().isRinging());
    m_kitchen->pass(3 * Second);
    QTRY_COMPARE(banner->words().count, QStringLiteral("+0:03"));
    QVERIFY(banner->words().face.look == Look::Ringing);
    click(banner->findChild<FlatButton *>());
    QTRY_VERIFY(!banner->isVisible());
    QVERIFY(!m_window->alarm().sound().isRinging());
    QCOMPARE(look(4), Look::Done);
}

void TestUiWindow::ringFromBeforeTheStartIsLate()
{
    fakes::OpMaker ana;
    m_kitchen->started(ana, QStringLiteral("Rest under foil"), 15 * Minute, 15 * Minute,
                       27 * Minute, timers::Place{m_roast.id, 6, 0});
    open();
    m_kitchen->pass(Second);
    auto *banner = part<AlarmBanner>();
    QTRY_VERIFY(banner->isVisible());
    QTRY_COMPARE(banner->words().face.look, Look::Late);
    QCOMPARE(banner->words().count, QStringLiteral("12 min ago"));
    QCOMPARE(chip(6)->drawing().tail, QStringLiteral("due 12 min ago"));
    QVERIFY(!m_window->alarm().sound().isRinging()); // softly
}

void TestUiWindow::addAMinuteFromTheBanner()
{
    fakes::OpMaker ana;
    m_kitchen->started(ana, QStringLiteral("Eggs"), Minute, Minute, 58 * Second);
    open();
    m_kitchen->pass(2 * Second);
    auto *banner = part<AlarmBanner>();
    QTRY_VERIFY(banner->isVisible());
    m_kitchen->pass(Second);
    const QList<FlatButton *> buttons = banner->findChildren<FlatButton *>();
    QVERIFY(!buttons.at(2)->isVisible()); // a free timer has no step
    click(buttons.at(1));
    QTRY_VERIFY(!banner->isVisible());
    QCOMPARE(column()->list().items().constFirst()->words().count, QStringLiteral("1:00"));
}

void TestUiWindow::stepOfTheBannerOpensTheRecipe()
{
    fakes::OpMaker ana;
    const RecipeId dal = m_samples.value(QStringLiteral("dal-tadka")).id;
    m_kitchen->started(ana, QStringLiteral("Simmer"), Minute, Minute, 59 * Second,
                       timers::Place{dal, 1, 0});
    open();
    m_kitchen->pass(Second);
    auto *banner = part<AlarmBanner>();
    QTRY_VERIFY(banner->isVisible());
    click(banner->findChildren<FlatButton *>().at(2));
    QCOMPARE(part<RecipePage>()->recipe(), dal);
    QTRY_VERIFY(chip(1)->hasFocus());
}

void TestUiWindow::passOrdersAndUndoes()
{
    open();
    click(chip(3)); // 45 min
    click(chip(4)); // 8 min
    const PassList &list = column()->list();
    QTRY_COMPARE(list.items().size(), 2);
    QTRY_COMPARE(list.items().at(0)->words().name, QStringLiteral("Boil the potatoes"));
    QCOMPARE(list.items().at(1)->words().place, QStringLiteral("Roast chicken · step 4"));
    QTRY_VERIFY(!list.items().at(0)->words().isPending);
    m_kitchen->pass(3 * Minute);
    click(list.items().at(0)->findChildren<FlatButton *>().at(2)); // Stop
    QTRY_COMPARE(list.items().size(), 1);
    QCOMPARE(look(4), Look::Ready);
    auto *undo = column()->findChild<NoticeBar *>();
    QCOMPARE(undo->text(), QStringLiteral("Stopped: Boil the potatoes"));
    click(undo->findChild<FlatButton *>());
    QTRY_COMPARE(list.items().size(), 2);
    QTRY_COMPARE(chip(4)->drawing().tail, QStringLiteral("5:00"));
}

void TestUiWindow::passKeys()
{
    fakes::OpMaker ana;
    m_kitchen->started(ana, QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, Minute);
    m_kitchen->started(ana, QStringLiteral("Stock"), 90 * Minute, 90 * Minute, Minute);
    open();
    const PassList &list = column()->list();
    QTRY_COMPARE(list.items().size(), 2);
    PassItem *eggs = list.items().at(0);
    eggs->setFocus();
    QTest::keyClick(eggs, Qt::Key_Plus);
    QTRY_COMPARE(eggs->words().count, QStringLiteral("7:00"));
    QTest::keyClick(eggs, Qt::Key_Minus);
    QTRY_COMPARE(eggs->words().count, QStringLiteral("6:00"));
    QTest::keyClick(eggs, Qt::Key_Space);
    QTRY_COMPARE(eggs->words().face.look, Look::Paused);
    QCOMPARE(list.items().at(0), eggs); // a new order waits while the focus is inside
    QTest::keyClick(eggs, Qt::Key_Down);
    QVERIFY(list.items().at(1)->hasFocus());
    QTest::keyClick(list.items().at(1), Qt::Key_S);
    QTRY_COMPARE(list.items().size(), 1);
}

void TestUiWindow::quickTimerFromTheField()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
    auto *field = column()->findChild<FieldEdit *>();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("eggs"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), QStringLiteral("eggs")); // kept, with a word on what to type
    QTest::keyClicks(field, QStringLiteral(" 7 min"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(field->text().isEmpty());
    QTRY_COMPARE(column()->list().items().size(), 1);
    const CardWords &words = column()->list().items().constFirst()->words();
    QCOMPARE(words.name, QStringLiteral("Eggs"));
    QCOMPARE(words.count, QStringLiteral("7:00"));
    QCOMPARE(words.who, QStringLiteral("Ana"));
}

void TestUiWindow::failedPressIsToldInWords()
{
    open();
    LiveTimers timers(m_kitchen->server());
    QSignalSpy failed(&timers, &LiveTimers::failed);
    timers.pause(TimerId::random());
    QTRY_COMPARE(failed.size(), 1);
    auto *notice = part<NoticeBar>();
    m_window->showTrouble(failed[0][0].value<Error>());
    QVERIFY(notice->text().startsWith(QStringLiteral("Not done: ")));
    m_window->showTrouble({ErrorCode::DiskFull, {}, {}});
    QVERIFY(notice->isVisible());
    QVERIFY(notice->text().startsWith(QStringLiteral("Not saved: disk full")));
    click(notice->findChild<FlatButton *>());
    QVERIFY(!notice->isVisible());
}

void TestUiWindow::refusedPressesAndDamageAreTold()
{
    open();
    auto *notice = part<NoticeBar>();
    m_window->showMended({3, 0, {}, false, false, {}});
    QVERIFY(notice->text().contains(QStringLiteral("damaged")));
    m_window->showTrouble({ErrorCode::DiskFull, {}, {}});
    QVERIFY(notice->text().startsWith(QStringLiteral("Not saved: disk full")));
    click(notice->findChild<FlatButton *>());
    QVERIFY(notice->text().contains(QStringLiteral("damaged"))); // until it is closed itself
    click(notice->findChild<FlatButton *>());
    QVERIFY(!notice->isVisible());
    timers::Op op;
    op.action = timers::Cancel{};
    m_window->setRefused({{op, QStringLiteral("Rice"), QStringLiteral("too many timers")}});
    QVERIFY(notice->text().contains(QStringLiteral("too many timers")));
    QAction *list = nullptr;
    for (QAction *action : m_window->actions())
        if (action->text().contains(QStringLiteral("Not taken by the server: 1")))
            list = action;
    QVERIFY(list && list->isVisible());
    list->trigger();
    auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box && box->informativeText().contains(QStringLiteral("Stopping Rice")));
    box->close();
}

void TestUiWindow::statusLineTellsTheLink()
{
    open();
    auto *line = part<StatusLine>();
    QTRY_COMPARE(line->linkText(), QStringLiteral("This device only"));
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Level;
    status.devices = {{DeviceId::random(), QStringLiteral("a"), true},
                      {DeviceId::random(), QStringLiteral("b"), true}};
    Q_EMIT m_kitchen->client().statusChanged(status);
    QCOMPARE(line->linkText(), QStringLiteral("2 devices in sync"));
    QVERIFY(!line->soundText().isEmpty());
}

void TestUiWindow::importsDroppedFiles()
{
    open();
    QTemporaryDir folder;
    const auto write = [&](const char *name, const QByteArray &bytes) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return QUrl::fromLocalFile(file.fileName());
    };
    QMimeData data;
    data.setUrls(
        {write("broken.html", "<html>no recipe here</html>"),
         write("tea.cook", "---\ntitle: Tea\n---\nSteep @tea{1%tsp} for ~{3%minutes}.\n")});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE(part<RecipePage>()->sheet()->recipe().title, QStringLiteral("Tea"));
    QCOMPARE(chip(0)->drawing().phrase, QStringLiteral("3 minutes"));
    QVERIFY(part<QDialog>()->isVisible()); // the broken one is listed
}

void TestUiWindow::fitsItsWidth()
{
    open();
    auto *library = part<LibraryPane>();
    const QList<PassPane *> panes = m_window->findChildren<PassPane *>();
    const auto visible = [&](int width) {
        m_window->resize(width, 860);
        return QList<bool>{library->isVisible(), panes.at(0)->isVisible(),
                           panes.at(1)->isVisible()};
    };
    const QList<bool> wide = visible(1440);
    QCOMPARE(visible(1180), wide);
    const QList<bool> middle = visible(960);
    QVERIFY(middle[0] && middle[1] != wide[1] && middle[2] != wide[2]);
    QVERIFY(!visible(800)[0]);
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QVERIFY(library->isVisible());
}

void TestUiWindow::keysReachTheirPlaces()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(part<LibraryPane>()->findChild<FieldEdit *>()->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QTRY_VERIFY(chip(0)->hasFocus());
    click(chip(4));
    QTRY_COMPARE(look(4), Look::Running);
    m_kitchen->pass(8 * Minute);
    QTRY_COMPARE(look(4), Look::Ringing);
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(look(4), Look::Done);
}

void TestUiWindow::everyControlHasAName()
{
    open();
    click(chip(3));
    QTRY_COMPARE(column()->list().items().size(), 1);
    const QList<QAbstractButton *> buttons = m_window->findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons)
        if (button->isVisible())
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     button->metaObject()->className());
    for (const QLineEdit *field : m_window->findChildren<QLineEdit *>())
        QVERIFY(!field->accessibleName().isEmpty());
}

QTEST_MAIN(TestUiWindow)
#include "tst_ui_window.moc"
