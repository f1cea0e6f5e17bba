// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmDesk.h"
#include "alarm/AlarmScreen.h"
#include "cooking/CookingDoor.h"
#include "editor/EditorDesk.h"
#include "forms/KitchenDesk.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "forms/PassPane.h"
#include "forms/RecipePage.h"
#include "forms/StatusLine.h"
#include "library/GridPane.h"
#include "library/LibraryActs.h"
#include "widgets/NoticeBar.h"

#include <QStackedWidget>

namespace simmer::ui {

void MainWindow::wire()
{
    connect(m_library, &LibraryPane::chosen, this, &MainWindow::openRecipe);
    m_library->model().offer(m_cooking);
    connect(m_library, &LibraryPane::gridWished, this, &MainWindow::showGrid);
    connect(m_grid, &GridPane::chosen, this, &MainWindow::openRecipe);
    connect(m_grid, &GridPane::listWished, this, [this] { showGrid(false); });
    connect(m_grid, &GridPane::sidebarWished, this, &MainWindow::toggleSidebar);
    connect(m_library, &LibraryPane::importWished, this, &MainWindow::askForFiles);
    connect(m_page, &RecipePage::importWished, this, &MainWindow::askForFiles);
    m_page->setPhotos(m_photos);
    connect(m_page, &RecipePage::told, this, [this](const QString &text) { m_notice->say(text); });
    connect(m_page, &RecipePage::cookWished, m_cook, &CookingDoor::open);
    connect(m_cook, &CookingDoor::left, this, &MainWindow::openStep);
    connect(
        m_cook, &CookingDoor::left, this, [this] { activateWindow(); }, Qt::QueuedConnection);
    connect(m_page, &RecipePage::sidebarWished, this, &MainWindow::toggleSidebar);
    connect(m_page, &RecipePage::opened, this, [this](const RecipeId &recipe) {
        setWindowTitle(tr("%1 — Simmer").arg(m_book.recipes().value(recipe).title));
    });
    for (PassPane *pane : {m_column, m_strip})
        connect(pane, &PassPane::stepWished, this, &MainWindow::openStep);
    connect(&m_timers, &LiveTimers::ticked, this, &MainWindow::tick);
    connect(&m_timers, &LiveTimers::failed, this, &MainWindow::showTrouble);
    connect(&m_book, &recipes::RecipeBook::notSaved, this,
            [this](const RecipeId &recipe, const Error &error) {
                if (recipe != m_editorDesk->recipe()) // who says so itself
                    showTrouble(error);
            });
    connect(&m_cooking, &timerserver::CookingSessions::notKept, this,
            [this](const OpId &, const Error &error) { showTrouble(error); });
    connect(m_kitchen, &KitchenDesk::linkChanged, this, &MainWindow::setLink);
    connect(m_kitchen, &KitchenDesk::noticed, m_notice,
            [this](const QString &text) { m_notice->say(text); });
    connect(&m_alarm->sound(), &AlarmSound::deviceChanged, m_statusLine, &StatusLine::setSound);
    m_statusLine->setSound(m_alarm->sound().hasDevice());
    connect(m_alarm, &AlarmDesk::stepWished, this, &MainWindow::openStepOf);
    connect(m_cook, &CookingDoor::entered, m_alarmScreen, &AlarmScreen::addRinger);
    connect(m_alarm, &AlarmDesk::answeredElsewhere, m_cook,
            [this](const TimerId &, const QString &words) { m_cook->say(words); });
}

void MainWindow::wireEditor()
{
    connect(m_editorDesk, &EditorDesk::opened, this, [this] {
        m_middle->setCurrentWidget(m_editorDesk);
        fitToWidth();
    });
    connect(m_editorDesk, &EditorDesk::closed, this, [this](const RecipeId &recipe) {
        showGrid(false);
        openRecipe(recipe);
        if (m_welcome)
            reviewWelcome();
    });
    m_page->offerEditing();
    connect(m_page, &RecipePage::notesTyped, m_editorDesk, &EditorDesk::keepNotes);
    connect(m_page, &RecipePage::editWished, m_editorDesk, &EditorDesk::edit);
    connect(m_editorDesk, &EditorDesk::broughtBack, this, &MainWindow::openRecipe);
}

void MainWindow::wireLibrary()
{
    LibraryActs &acts = m_library->acts();
    acts.offerEditing();
    acts.offerCooking();
    connect(&acts, &LibraryActs::editWished, m_editorDesk, &EditorDesk::edit);
    connect(&acts, &LibraryActs::cookWished, m_cook, &CookingDoor::open);
    LibraryModel &model = m_library->model();
    model.offer([this](const BlobHash &photo) {
        const QImage picture = m_photos.atHand(photo, PhotoSize::Small);
        if (picture.isNull())
            m_photos.ask(photo, PhotoSize::Small);
        return picture;
    });
    connect(&m_photos, &PhotoSource::came, &model, &LibraryModel::photoCame);
}

} // namespace simmer::ui
