// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "models/Sharing.h"
#include "recipes/RecipeBook.h"
#include "syncclient/SyncClient.h"
#include "theme/Theme.h"
#include "timerserver/CookingSessions.h"
#include "words/Words.h"

#include <QMainWindow>

#include <optional>

class QMenu;
class QSplitter;

namespace simmer::ui {

class AlarmBanner;
class AlarmSound;
class LibraryPane;
class NoticeBar;
class PassPane;
class RecipePage;
class StatusLine;

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
    /// Says in the window what failed.
    void showTrouble(const Error &error);
    /// Says that the profile was damaged, until somebody closes it.
    void showMended(const MendedProfile &profile);
    void showBackupFailed(const Error &error);
    /// Offers to share this device's kitchen from the menu; `sharing` outlives the window.
    void offerSharing(Sharing &sharing);
    /// How many presses the server would not take, and which; says so when they are more.
    void setRefused(const QList<RefusedPress> &presses);

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
    void fitToWidth();
    void toggleSidebar();
    void nextPane();
    void askForFiles();
    void join();
    void share();
    void reviewSharing();
    syncclient::LinkStatus seenWith(const syncclient::LinkStatus &status) const;
    QString goodbye() const;
    void showRefused();
    void setLink(const syncclient::LinkStatus &status);
    void tick(qint64 nowMs);
    void reviewAlarm();
    void openStepOf(const TimerId &timer);
    PassPane &pass() const;

    recipes::RecipeBook &m_book;
    timerserver::CookingSessions &m_cooking;
    syncclient::SyncClient &m_client;
    Theme &m_theme;
    Sharing *m_sharing = nullptr; ///< once it is offered
    LiveTimers m_timers;
    syncclient::LinkStatus m_status;
    std::optional<bool> m_sidebarWished; ///< by F9; absent: as the width allows
    bool m_closeAgreed = false;          ///< although timers would not ring here then
    int m_ringing = 0;                   ///< how many rang at the last look

    QList<RefusedPress> m_refused;

    QMenu *m_menu;
    QAction *m_refusedAction = nullptr;
    QAction *m_joinAction = nullptr;
    QAction *m_shareAction = nullptr;
    AlarmBanner *m_banner;
    NoticeBar *m_notice;
    QSplitter *m_splitter;
    LibraryPane *m_library;
    RecipePage *m_page;
    PassPane *m_column;
    PassPane *m_strip;
    StatusLine *m_statusLine;
    AlarmSound *m_sound;
};

} // namespace simmer::ui
