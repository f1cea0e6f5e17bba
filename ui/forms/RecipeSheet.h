// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "recipes/scaling/Servings.h"
#include "timers/Cooking.h"

#include <QWidget>

class QBoxLayout;
class QGridLayout;

namespace simmer::ui {

class HeroView;
class IngredientRow;
class InkLabel;
class LiveTimers;
class NotesField;
class Panel;
class ServingsStepper;
class StepRow;

/// One recipe, laid out: picture, title, servings, ingredients, notes, steps with chips. In wide
/// windows the ingredients stand beside the steps. Made anew for each recipe. GUI thread; owned by
/// RecipePage.
class RecipeSheet : public QWidget
{
    Q_OBJECT

public:
    explicit RecipeSheet(const recipes::Recipe &recipe, QWidget *parent = nullptr);

    const recipes::Recipe &recipe() const { return m_recipe; }
    /// Takes a newer state of the recipe where only notes, photos or favourite differ; false where
    /// a new sheet is needed.
    [[nodiscard]] bool take(const recipes::Recipe &recipe);
    /// Its face; null without one.
    BlobHash photo() const;
    /// For how many it is written, if it says so.
    const std::optional<recipes::Servings> &servings() const { return m_servings; }
    /// The amounts for so many times as much.
    void showScale(const recipes::Fraction &factor);
    /// All chips as they are now.
    void refresh(const LiveTimers &timers);
    /// Only the step that has this timer.
    void refresh(const LiveTimers &timers, const TimerId &timer);
    /// The boxes as the cooks of the kitchen ticked them.
    void showTicks(const QSet<timers::Box> &ticked);
    StepRow *step(int index) const { return m_steps.at(index); }
    NotesField *notes() const { return m_notes; }
    HeroView *hero() const { return m_hero; }

Q_SIGNALS:
    void slotTapped(int step, int slot);
    void servingsStepped(bool more);
    void tickWished(const simmer::timers::Box &box, bool on);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHead();
    QLayout *makeServings();
    QWidget *makeIngredients();
    QWidget *makeNotes();
    QWidget *makeSteps();
    void arrange();
    void fitMargins();
    void countTicks();

    recipes::Recipe m_recipe;
    std::optional<recipes::Servings> m_servings;
    recipes::Fraction m_factor = recipes::Fraction::of(1);
    QSet<timers::Box> m_ticked;
    QList<IngredientRow *> m_ingredients;
    QList<StepRow *> m_steps;
    InkLabel *m_ingredientCount = nullptr;
    InkLabel *m_stepCount = nullptr;
    HeroView *m_hero = nullptr;
    ServingsStepper *m_stepper = nullptr;
    InkLabel *m_writtenFor = nullptr;
    NotesField *m_notes = nullptr;
    QWidget *m_head = nullptr;
    QBoxLayout *m_headRow = nullptr;
    QBoxLayout *m_servingsLines = nullptr;
    QGridLayout *m_columns = nullptr;
    QWidget *m_ingredientsColumn = nullptr;
    QWidget *m_notesColumn = nullptr;
    QWidget *m_stepsColumn = nullptr;
    bool m_isWide = false;
};

} // namespace simmer::ui
