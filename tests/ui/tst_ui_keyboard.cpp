// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "alarm/AlarmDesk.h"
#include "cooking/CookingScreen.h"
#include "editor/EditorDesk.h"
#include "editor/RecipeEditor.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "settings/KeysDialog.h"
#include "settings/SettingsDialog.h"
#include "storage/device/DraftFolder.h"
#include "theme/Theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr int MostTabs = 60;

} // namespace

/// An evening by keyboard alone: every key goes where the focus is, nothing is reached around it.
class TestUiKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evening();

private:
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(focus(), Qt::Key(key), modifiers);
    }
    void type(const char *text) { QTest::keyClicks(focus(), QString::fromUtf8(text)); }
    QWidget *focus() const
    {
        QWidget *window = QApplication::activeWindow();
        QWidget *at = QApplication::focusWidget();
        return at ? at : window;
    }
    QString heard() const { return focus()->accessibleName(); }
    /// As a window manager does when a dialog is gone.
    static void comeBackTo(QWidget &window)
    {
        QTRY_VERIFY(!QApplication::activeModalWidget());
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window, PatienceMs));
    }
    /// Tab by Tab, until what has the focus is called so.
    void tabTo(const char *name)
    {
        for (int i = 0; i < MostTabs; ++i, key(Qt::Key_Tab)) {
            auto *button = qobject_cast<QAbstractButton *>(focus());
            const QString words = heard() + (button ? button->text() : QString());
            if (words.contains(QString::fromUtf8(name)))
                return;
        }
        QFAIL(name);
    }
};

void TestUiKeyboard::evening()
{
    Theme theme(*qApp, ThemeChoice::Light);
    fakes::UiKitchen kitchen;
    storage::DraftFolder drafts(kitchen.clock(), kitchen.folder());
    Preferences preferences{QString()};
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(), theme);
    window.remember(preferences);
    window.offerSamples(fakes::sampleRecipes().values());
    window.offerCatalogue(kitchen.catalogue());
    window.editorDesk().useDrafts(drafts);
    kitchen.open();
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window, PatienceMs));
    const auto timers = [&] { return window.timers().onPass(); };

    // An empty book
    QSignalSpy indexed(&kitchen.catalogue(), &recipes::Catalogue::updated);
    tabTo("Add the 11 samples");
    key(Qt::Key_Space);
    QTRY_COMPARE(kitchen.book().recipes().size(), 11);
    auto *library = window.findChild<LibraryPane *>();
    QTRY_COMPARE(library->model().rowCount(), 11);
    QTRY_VERIFY(!indexed.isEmpty()); // else the list may be arranged anew between two keys

    // From the search to a recipe
    key(Qt::Key_F, Qt::ControlModifier);
    type("roast chick");
    QTRY_VERIFY(library->model().search() == QLatin1String("roast chick") && // not of fewer letters
                library->model().rowCount() == 1);
    key(Qt::Key_Return); // to the list
    key(Qt::Key_Return); // opens it
    QVERIFY(window.windowTitle().startsWith(QLatin1String("Roast chicken")));

    // A time of a step: started, paused, resumed
    key(Qt::Key_F6);
    tabTo("45 minutes, ready");
    key(Qt::Key_Space);
    QTRY_COMPARE(timers().size(), 1);
    QTRY_VERIFY(heard().contains(QLatin1String("running")));
    key(Qt::Key_Space);
    QTRY_VERIFY(heard().contains(QLatin1String("paused")));
    key(Qt::Key_Return);
    QTRY_VERIFY(heard().contains(QLatin1String("running")));

    // A quick timer, and its card on the Pass
    key(Qt::Key_T, Qt::ControlModifier);
    type("eggs 7 min");
    key(Qt::Key_Return);
    QTRY_COMPARE(timers().size(), 2);
    const TimerId eggs = timers().constFirst().id;
    tabTo("Eggs, running");
    key(Qt::Key_Plus);
    QTRY_COMPARE(window.timers().find(eggs)->totalMs, 8 * Minute);

    // It rings; a press stops it, wherever the focus was
    kitchen.pass(8 * Minute);
    QTRY_COMPARE(window.alarm().loud(), 1);
    key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(window.alarm().loud(), 0);

    // Cooking mode
    key(Qt::Key_F5);
    QTRY_VERIFY(qobject_cast<CookingScreen *>(QApplication::activeWindow()));
    key(Qt::Key_Right);
    QTRY_COMPARE(kitchen.cooking().all().cbegin()->step, 1);
    key(Qt::Key_Escape);
    QTRY_COMPARE(QApplication::activeWindow(), &window);

    // The editor
    key(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(window.editorDesk().isOpen());
    tabTo("Title");
    type("Toast");
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(kitchen.book().recipes().size(), 12);

    // Settings and the list of keys
    key(Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY(qobject_cast<SettingsDialog *>(QApplication::activeWindow()));
    key(Qt::Key_Escape);
    comeBackTo(window);
    key(Qt::Key_F1);
    QTRY_VERIFY(qobject_cast<KeysDialog *>(QApplication::activeWindow()));
    key(Qt::Key_Escape);
    comeBackTo(window);
}

QTEST_MAIN(TestUiKeyboard)
#include "tst_ui_keyboard.moc"
