// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/RecipeSheet.h"
#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"
#include "timerserver/CookingSessions.h"
#include "widgets/Panel.h"

#include <QPointer>

class QScrollArea;

namespace simmer::ui {

/// The middle column: the open recipe. A tap on one of its times starts, pauses, resumes or
/// silences the timer of that place; a tick of a box is a tick for the whole kitchen. GUI thread;
/// owned by the window.
class RecipePage : public Panel
{
    Q_OBJECT

public:
    RecipePage(const recipes::RecipeBook &book, LiveTimers &timers,
               timerserver::CookingSessions &cooking, QWidget *parent = nullptr);

    /// Opens a recipe, or nothing for an unknown one.
    void open(const RecipeId &recipe);
    /// Opens it with this step in sight and in focus.
    void openStep(const RecipeId &recipe, int step);
    /// Puts the focus on the first time of the recipe.
    void focusFirst();
    RecipeId recipe() const { return m_recipe; }
    RecipeSheet *sheet() const { return m_sheet; }

Q_SIGNALS:
    void sidebarWished();
    void importWished();
    void opened(const simmer::RecipeId &recipe);

private:
    void makeBar();
    void fill(const recipes::Recipe &recipe);
    void showNothing();
    void showTicks();
    void tap(int step, int slot);

    const recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    timerserver::CookingSessions &m_cooking;
    RecipeId m_recipe;
    Bar *m_bar;
    QScrollArea *m_scroll;
    QPointer<RecipeSheet> m_sheet; ///< owned by m_scroll
};

} // namespace simmer::ui
