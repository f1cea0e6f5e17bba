// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/RecipeSheet.h"

#include "models/LiveTimers.h"
#include "theme/Covers.h"
#include "theme/Type.h"
#include "widgets/HeroView.h"
#include "widgets/IngredientRow.h"
#include "widgets/MetaLine.h"
#include "widgets/Panel.h"
#include "widgets/StepRow.h"

#include <QGridLayout>
#include <QHBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

// Both columns fit beside each other from here on; with all of their margins from Roomy on.
constexpr int WideFrom = 520;
constexpr int Roomy = 660;
constexpr int Side = 32;
constexpr int NarrowSide = 20;

/// A column's heading with a count at its right.
QLayout *heading(const QString &text, InkLabel *count)
{
    auto *row = new QHBoxLayout;
    row->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full, text));
    row->addStretch();
    row->addWidget(count);
    return row;
}

} // namespace

RecipeSheet::RecipeSheet(const recipes::Recipe &recipe, QWidget *parent)
    : QWidget(parent)
    , m_recipe(recipe)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new HeroView(coverFor(recipe.title)));
    m_head = makeHead();
    column->addWidget(m_head);
    m_columns = new QGridLayout;
    m_columns->setSpacing(0);
    m_ingredientsColumn = makeIngredients();
    m_stepsColumn = makeSteps();
    column->addLayout(m_columns);
    column->addStretch(1);
    arrange();
    countTicks();
}

QWidget *RecipeSheet::makeHead()
{
    auto *head = new Panel(Panel::Ground::Page, Qt::BottomEdge);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(Side, 20, Side, 18);
    lines->setSpacing(6);
    auto *title = new InkLabel(displayFont(28), InkLabel::Ink::Full, m_recipe.title);
    title->setWordWrap(true);
    lines->addWidget(title);
    if (!m_recipe.summary.isEmpty()) {
        auto *summary = new InkLabel(textFont(14), InkLabel::Ink::Secondary, m_recipe.summary);
        summary->setWordWrap(true);
        lines->addWidget(summary);
    }
    lines->addWidget(new MetaLine(m_recipe));
    return head;
}

QWidget *RecipeSheet::makeIngredients()
{
    auto *column = new QWidget;
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(Side, 16, 20, 16);
    rows->setSpacing(2);
    m_ingredientCount = new InkLabel(textFont(13), InkLabel::Ink::Caption);
    rows->addLayout(heading(tr("Ingredients"), m_ingredientCount));
    rows->addSpacing(6);
    for (int i = 0; i < m_recipe.ingredients.size(); ++i) {
        auto *row = new IngredientRow(m_recipe.ingredients.at(i));
        connect(row, &QAbstractButton::clicked, this, [this, i, row] {
            Q_EMIT tickWished({timers::Box::Kind::Ingredient, i}, !row->isChecked());
        });
        m_ingredients += row;
        rows->addWidget(row);
    }
    rows->addStretch(1);
    return column;
}

QWidget *RecipeSheet::makeSteps()
{
    auto *column = new QWidget;
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(16, 16, Side, 24);
    rows->setSpacing(2);
    m_stepCount = new InkLabel(textFont(13), InkLabel::Ink::Caption);
    rows->addLayout(heading(tr("Steps"), m_stepCount));
    rows->addSpacing(4);
    QString section;
    for (int i = 0; i < m_recipe.steps.size(); ++i) {
        const recipes::Step &step = m_recipe.steps.at(i);
        if (step.section != section && !step.section.isEmpty())
            rows->addWidget(new InkLabel(displayFont(17), InkLabel::Ink::Full, step.section));
        section = step.section;
        auto *row = new StepRow(m_recipe.id, step, i);
        connect(row, &StepRow::tapped, this, [this, i](int slot) { Q_EMIT slotTapped(i, slot); });
        connect(row, &StepRow::tickWished, this, [this, i](bool on) {
            Q_EMIT tickWished({timers::Box::Kind::Step, i}, on);
        });
        m_steps += row;
        rows->addWidget(row);
    }
    rows->addStretch(1);
    return column;
}

void RecipeSheet::arrange()
{
    m_columns->removeWidget(m_ingredientsColumn);
    m_columns->removeWidget(m_stepsColumn);
    m_columns->addWidget(m_ingredientsColumn, 0, 0);
    m_columns->addWidget(m_stepsColumn, m_isWide ? 0 : 1, m_isWide ? 1 : 0);
    m_columns->setColumnStretch(0, m_isWide ? 0 : 1);
    m_columns->setColumnStretch(1, m_isWide ? 1 : 0);
    fitMargins();
}

void RecipeSheet::fitMargins()
{
    const int side = width() < Roomy ? NarrowSide : Side;
    const int ingredients = std::clamp(width() * 35 / 100, 218, 272);
    m_head->layout()->setContentsMargins(side, 20, side, 18);
    m_ingredientsColumn->layout()->setContentsMargins(side, 16, m_isWide ? 16 : side, 16);
    m_ingredientsColumn->setMinimumWidth(m_isWide ? ingredients : 0);
    m_ingredientsColumn->setMaximumWidth(m_isWide ? ingredients : QWIDGETSIZE_MAX);
    m_stepsColumn->layout()->setContentsMargins(m_isWide ? side / 2 - 4 : side - 4, 16, side, 24);
}

void RecipeSheet::resizeEvent(QResizeEvent *)
{
    const bool wide = width() >= WideFrom;
    if (wide == m_isWide)
        return fitMargins();
    m_isWide = wide;
    arrange();
}

void RecipeSheet::showTicks(const QSet<timers::Box> &ticked)
{
    if (ticked == m_ticked)
        return;
    m_ticked = ticked;
    for (int i = 0; i < m_ingredients.size(); ++i)
        m_ingredients.at(i)->setChecked(ticked.contains({timers::Box::Kind::Ingredient, i}));
    for (int i = 0; i < m_steps.size(); ++i)
        m_steps.at(i)->setTicked(ticked.contains({timers::Box::Kind::Step, i}));
    countTicks();
}

void RecipeSheet::countTicks()
{
    const auto ready = std::count_if(m_ingredients.cbegin(), m_ingredients.cend(),
                                     [](const IngredientRow *row) { return row->isChecked(); });
    m_ingredientCount->setText(tr("%1 of %2 ready").arg(ready).arg(m_ingredients.size()));
    const auto done = std::count_if(m_steps.cbegin(), m_steps.cend(),
                                    [](const StepRow *row) { return row->isDone(); });
    m_stepCount->setText(tr("%1 of %2 done").arg(done).arg(m_steps.size()));
}

void RecipeSheet::refresh(const LiveTimers &timers)
{
    for (StepRow *row : m_steps)
        row->refresh(timers);
    countTicks();
}

void RecipeSheet::refresh(const LiveTimers &timers, const TimerId &timer)
{
    for (StepRow *row : m_steps)
        if (row->has(timer))
            row->refresh(timers);
    countTicks();
}

} // namespace simmer::ui
