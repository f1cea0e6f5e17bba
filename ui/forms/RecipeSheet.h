// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "timers/Cooking.h"

#include <QWidget>

class QBoxLayout;
class QGridLayout;

namespace simmer::ui {

class IngredientRow;
class InkLabel;
class LiveTimers;
class Panel;
class StepRow;

/// One recipe, laid out: picture, title, ingredients, steps with chips. In wide windows the
/// ingredients stand beside the steps. Made anew for each recipe. GUI thread; owned by RecipePage.
class RecipeSheet : public QWidget
{
    Q_OBJECT

public:
    explicit RecipeSheet(const recipes::Recipe &recipe, QWidget *parent = nullptr);

    const recipes::Recipe &recipe() const { return m_recipe; }
    /// All chips as they are now.
    void refresh(const LiveTimers &timers);
    /// Only the step that has this timer.
    void refresh(const LiveTimers &timers, const TimerId &timer);
    /// The boxes as the cooks of the kitchen ticked them.
    void showTicks(const QSet<timers::Box> &ticked);
    StepRow *step(int index) const { return m_steps.at(index); }

Q_SIGNALS:
    void slotTapped(int step, int slot);
    void tickWished(const simmer::timers::Box &box, bool on);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeIngredients();
    QWidget *makeSteps();
    void arrange();
    void fitMargins();
    void countTicks();

    recipes::Recipe m_recipe;
    QSet<timers::Box> m_ticked;
    QList<IngredientRow *> m_ingredients;
    QList<StepRow *> m_steps;
    InkLabel *m_ingredientCount = nullptr;
    InkLabel *m_stepCount = nullptr;
    QWidget *m_head = nullptr;
    QGridLayout *m_columns = nullptr;
    QWidget *m_ingredientsColumn = nullptr;
    QWidget *m_stepsColumn = nullptr;
    bool m_isWide = false;
};

} // namespace simmer::ui
