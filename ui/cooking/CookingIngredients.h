// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "recipes/scaling/Fraction.h"
#include "timers/Cooking.h"

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace simmer::ui {

class IngredientRow;

/// The ingredients in cooking mode, those of the step first, with the kitchen's ticks. GUI thread.
class CookingIngredients : public QWidget
{
    Q_OBJECT

public:
    explicit CookingIngredients(QWidget *parent = nullptr);

    void show(const recipes::Recipe &recipe, int step, const recipes::Fraction &factor,
              const QSet<timers::Box> &ticked);
    void setUnit(qreal unit);

Q_SIGNALS:
    void tickWished(const simmer::timers::Box &box, bool on);

private:
    void fill();
    void addRows(QVBoxLayout &rows, const QString &heading, const QList<int> &indices);

    recipes::Recipe m_recipe;
    QList<int> m_ofStep;
    recipes::Fraction m_factor = recipes::Fraction::of(1);
    qreal m_unit = 1;
    QScrollArea *m_scroll;
    QHash<int, IngredientRow *> m_rows;
};

} // namespace simmer::ui
