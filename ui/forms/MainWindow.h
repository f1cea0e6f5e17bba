// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "models/PhotoSource.h"
#include "models/Preferences.h"
#include "models/Sharing.h"
#include "recipes/Catalogue.h"
#include "syncclient/SyncClient.h"
#include "theme/Theme.h"
#include "timerserver/CookingSessions.h"
#include "words/Words.h"

#include <QMainWindow>

#include <memory>
#include <optional>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace simmer::ui {

class AlarmDesk;
class AlarmBanner;
class AlarmScreen;
class CookingDoor;
class EditorDesk;
class GridPane;
class KitchenDesk;
class LibraryPane;
class MiniWindow;
class NoticeBar;
class PassPane;
class RecipePage;
class StatusLine;
class WelcomePage;

/// The window of Simmer: library, recipe, the Pass, and the alarm across all of them. GUI thread;
/// made on the stack of main after Theme. What it is given must outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(timerserver::TimerServer &server, recipes::RecipeBook &book,
               timerserver::CookingSessions &cooking, syncclient::SyncClient &client, Theme &theme,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    void openRecipe(const RecipeId &recipe);
    void openStep(const RecipeId &recipe, int step);
    /// Reads the files in the background and opens the first new recipe.
    void importFiles(const QStringList &files);
    /// The page where recipes are written; whoever wires the program gives it drafts and photos.
    EditorDesk &editorDesk() { return *m_editorDesk; }
    /// Says in the window what failed.
    void showTrouble(const Error &error);
    /// Says that the profile was damaged, until somebody closes it.
    void showMended(const MendedProfile &profile);
    void showBackupFailed(const Error &error);
    /// Comes up as it was left, and keeps what is chosen; `preferences` outlives the window.
    void remember(Preferences &preferences);
    /// What an empty book offers to begin with.
    void offerSamples(const QList<recipes::Recipe> &samples);
    /// Offers to share this device's kitchen from the menu; `sharing` outlives the window.
    void offerSharing(Sharing &sharing);
    /// Makes the library searchable, and full before the book is read; `catalogue` outlives the
    /// window.
    void offerCatalogue(recipes::Catalogue &catalogue);
    /// How many presses the server would not take, and which; says so when they are more.
    void setRefused(const QList<RefusedPress> &presses);
    /// What rings, for whoever tells it outside of the window.
    AlarmDesk &alarm() { return *m_alarm; }
    AlarmScreen &alarmScreen() { return *m_alarmScreen; }
    LiveTimers &timers() { return m_timers; }
    /// Out of the tray, the task bar or from below other windows.
    void comeForward();
    /// Starts what was typed, or shows it with a word on what to type.
    void startQuick(const QString &typed);
    void focusQuickTimer();
    /// The small window with timers only; made when it is first wanted.
    MiniWindow &mini();
    void showMini();
    /// Says it in the window for a while.
    void say(const QString &text);
    /// Whether a closed window leaves Simmer in the desktop's panel while timers run.
    void setStaysBehind(bool stays) { m_staysBehind = stays; }
    /// Whether it was closed and rings on.
    bool isLeftBehind() const { return m_isLeftBehind; }
    /// Ends the program, after the question when timers run.
    void quit();
    /// Whoever wires the program answers its wishes.
    PhotoSource &photos() { return m_photos; }

Q_SIGNALS:
    /// The window was closed, Simmer rings on in the panel.
    void leftBehind();
    /// There is a small window now.
    void miniMade(simmer::ui::MiniWindow *mini);

Q_SIGNALS:
    /// The program is to end and start again.
    void restartWished();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void arrange();
    void wire();
    void makeMenu();
    QMenu *makeViewMenu();
    void makeKeys();
    void settings();
    void chooseSoundOf(const RecipeId &recipe);
    void followChoices(const Choices &was);
    void keepShape();
    void rememberLibrary();
    void reviewWelcome();
    void fitToWidth();
    void toggleSidebar();
    void showGrid(bool on);
    void nextPane();
    void askForFiles();
    QString goodbye() const;
    void askWhetherToClose();
    void setLink(const syncclient::LinkStatus &link);
    void wireEditor();
    void wireLibrary();
    void fillRecipeMenu(QMenu &menu);
    void tick(qint64 nowMs);
    void openStepOf(const TimerId &timer);
    PassPane &pass() const;

    recipes::RecipeBook &m_book;
    timerserver::CookingSessions &m_cooking;
    Theme &m_theme;
    Preferences *m_preferences = nullptr; ///< once it remembers
    LiveTimers m_timers;
    PhotoSource m_photos;
    std::optional<bool> m_sidebarWished; ///< by F9; absent: as the width allows
    bool m_closeAgreed = false;          ///< although timers would not ring here then
    bool m_quits = false;                ///< closing is meant to end the program
    bool m_staysBehind = false;
    bool m_isLeftBehind = false;

    KitchenDesk *m_kitchen;
    CookingDoor *m_cook;
    QMenu *m_menu;
    AlarmBanner *m_banner;
    NoticeBar *m_notice;
    QSplitter *m_splitter;
    LibraryPane *m_library;
    GridPane *m_grid;
    RecipePage *m_page;
    QStackedWidget *m_middle;         ///< welcome, grid or recipe
    WelcomePage *m_welcome = nullptr; ///< while the book was empty
    EditorDesk *m_editorDesk;
    PassPane *m_column;
    PassPane *m_strip;
    StatusLine *m_statusLine;
    AlarmDesk *m_alarm;
    AlarmScreen *m_alarmScreen;
    std::unique_ptr<MiniWindow> m_mini;
};

} // namespace simmer::ui
