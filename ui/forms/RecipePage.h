// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/RecipeSheet.h"
#include "models/LiveTimers.h"
#include "models/PhotoSource.h"
#include "recipes/RecipeBook.h"
#include "timerserver/CookingSessions.h"
#include "widgets/Panel.h"

#include <QPointer>
#include <QThreadPool>

class QScrollArea;

namespace simmer::ui {

class RecipeBar;

/// The middle column: the open recipe. A tap on one of its times starts, pauses, resumes or
/// silences the timer of that place; a tick of a box and the number of servings are the whole
/// kitchen's. GUI thread; owned by the window.
class RecipePage : public Panel
{
    Q_OBJECT

public:
    RecipePage(recipes::RecipeBook &book, LiveTimers &timers, timerserver::CookingSessions &cooking,
               QWidget *parent = nullptr);
    /// Keeps what was typed.
    ~RecipePage() override;

    /// Where photos come from; outlives the page.
    void setPhotos(PhotoSource &photos);
    /// Shows the button for the editor: editWished() follows its press.
    void offerEditing();
    /// Shows the entry for a sound of its own: soundWished() follows.
    void offerSounds();
    /// Opens a recipe, or nothing for an unknown one.
    void open(const RecipeId &recipe);
    /// Opens it with this step in sight and in focus.
    void openStep(const RecipeId &recipe, int step);
    /// Puts the focus on the first time of the recipe.
    void focusFirst();
    RecipeId recipe() const { return m_recipe; }
    RecipeSheet *sheet() const { return m_sheet; }
    /// How much of the recipe the kitchen cooks.
    recipes::Fraction factor() const;

    /// Keeps notes that were typed and not kept yet.
    void keepNotes();
    void toggleFavourite();
    void copyAsText() const;
    void savePdf(const QString &file);

Q_SIGNALS:
    /// Notes stand there that may not be in the book yet.
    void notesTyped(const simmer::RecipeId &recipe, const QString &notes);
    void sidebarWished();
    void importWished();
    void editWished(const simmer::RecipeId &recipe);
    void cookWished(const simmer::RecipeId &recipe);
    void soundWished(const simmer::RecipeId &recipe);
    void opened(const simmer::RecipeId &recipe);
    /// Something to tell: what was saved, or why it was not.
    void told(const QString &sentence);

private:
    void makeBar();
    void makeMenu();
    void listen(const recipes::RecipeBook &book);
    void fill(const recipes::Recipe &recipe);
    void showNothing();
    void showCooking();
    void showBar();
    void showPhoto();
    void tap(int step, int slot);
    void stepServings(bool more);
    void askForPdf();
    void print();
    bool isOpen() const { return m_sheet && !m_recipe.isNull(); }

    recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    timerserver::CookingSessions &m_cooking;
    PhotoSource *m_photos = nullptr;
    RecipeId m_recipe;
    std::optional<recipes::Fraction> m_wished; ///< asked for, and not durable yet
    RecipeBar *m_bar;
    QScrollArea *m_scroll;
    QPointer<RecipeSheet> m_sheet; ///< owned by m_scroll
    QThreadPool m_writer;          ///< last: writes PDF files
};

} // namespace simmer::ui
