// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/RecipeSheet.h"

#include "models/LiveTimers.h"
#include "recipe/NotesField.h"
#include "recipe/RecipeWords.h"
#include "recipe/ServingsStepper.h"
#include "recipes/scaling/Scaling.h"
#include "theme/Covers.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/HeroView.h"
#include "widgets/IngredientRow.h"
#include "widgets/MetaLine.h"
#include "widgets/Panel.h"
#include "widgets/StepRow.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>

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
    , m_servings(recipes::servingsIn(recipe.yields, recipe.language))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_hero = new HeroView(coverFor(recipe.title));
    column->addWidget(m_hero);
    m_head = makeHead();
    column->addWidget(m_head);
    m_columns = new QGridLayout;
    m_columns->setSpacing(0);
    m_ingredientsColumn = makeIngredients();
    m_notesColumn = makeNotes();
    m_stepsColumn = makeSteps();
    column->addLayout(m_columns);
    column->addStretch(1);
    arrange();
    countTicks();
}

QWidget *RecipeSheet::makeHead()
{
    auto *head = new Panel(Panel::Ground::Page, Qt::BottomEdge);
    m_headRow = new QBoxLayout(QBoxLayout::LeftToRight, head);
    m_headRow->setContentsMargins(Side, 20, Side, 18);
    m_headRow->setSpacing(16);
    auto *lines = new QVBoxLayout;
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
    lines->addStretch(1);
    m_headRow->addLayout(lines, 1);
    m_headRow->addLayout(makeServings());
    return head;
}

QLayout *RecipeSheet::makeServings()
{
    m_servingsLines = new QVBoxLayout;
    auto *lines = m_servingsLines;
    lines->setSpacing(6);
    m_stepper = new ServingsStepper;
    connect(m_stepper, &ServingsStepper::stepped, this, &RecipeSheet::servingsStepped);
    m_writtenFor = new InkLabel(textFont(13), InkLabel::Ink::Caption);
    lines->addWidget(m_stepper, 0, Qt::AlignRight);
    lines->addWidget(m_writtenFor, 0, Qt::AlignRight);
    lines->addStretch(1);
    m_stepper->show(m_servings, m_factor);
    return lines;
}

bool RecipeSheet::take(const recipes::Recipe &recipe)
{
    recipes::Recipe same = recipe;
    same.notes = m_recipe.notes;
    same.photos = m_recipe.photos;
    same.isFavourite = m_recipe.isFavourite;
    if (same != m_recipe)
        return false;
    m_recipe = recipe;
    m_notes->show(recipe.notes);
    return true;
}

BlobHash RecipeSheet::photo() const
{
    return m_recipe.photos.isEmpty() ? BlobHash() : m_recipe.photos.constFirst();
}

void RecipeSheet::showScale(const recipes::Fraction &factor)
{
    if (factor == m_factor)
        return;
    m_factor = factor;
    m_stepper->show(m_servings, factor);
    m_writtenFor->setText(RecipeWords::writtenFor(m_recipe, factor));
    for (int i = 0; i < m_ingredients.size(); ++i)
        m_ingredients.at(i)->setLine(
            recipes::scaledLine(m_recipe.ingredients.at(i), factor, m_recipe.language));
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
        auto *row = new IngredientRow(m_recipe.ingredients.at(i), m_recipe.language);
        connect(row, &QAbstractButton::clicked, this, [this, i, row] {
            Q_EMIT tickWished({timers::Box::Kind::Ingredient, i}, !row->isChecked());
        });
        m_ingredients += row;
        rows->addWidget(row);
    }
    rows->addStretch(1);
    return column;
}

QWidget *RecipeSheet::makeNotes()
{
    auto *column = new QWidget;
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(Side, 0, 20, 24);
    rows->setSpacing(8);
    m_notes = new NotesField;
    auto *title = new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("Notes"));
    title->setBuddy(m_notes);
    rows->addWidget(title);
    m_notes->show(m_recipe.notes);
    rows->addWidget(m_notes);
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
        auto *row = new StepRow(m_recipe, i);
        connect(row, &StepRow::tapped, this, [this, i](int slot) { Q_EMIT slotTapped(i, slot); });
        connect(row, &StepRow::tickWished, this, [this, i](bool on) {
            Q_EMIT tickWished({timers::Box::Kind::Step, i}, on);
        });
        m_steps += row;
        rows->addWidget(row);
        row->setVisible(!step.isHeading());
    }
    rows->addStretch(1);
    return column;
}

void RecipeSheet::arrange()
{
    for (QWidget *part : {m_ingredientsColumn, m_notesColumn, m_stepsColumn})
        m_columns->removeWidget(part);
    m_columns->addWidget(m_ingredientsColumn, 0, 0);
    m_columns->addWidget(m_stepsColumn, m_isWide ? 0 : 1, m_isWide ? 1 : 0, m_isWide ? 2 : 1, 1);
    m_columns->addWidget(m_notesColumn, m_isWide ? 1 : 2, 0);
    m_columns->setRowStretch(1, m_isWide ? 1 : 0);
    m_columns->setColumnStretch(0, m_isWide ? 0 : 1);
    m_columns->setColumnStretch(1, m_isWide ? 1 : 0);
    m_headRow->setDirection(m_isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const Qt::Alignment edge = m_isWide ? Qt::AlignRight : Qt::AlignLeft;
    for (QWidget *part : {static_cast<QWidget *>(m_stepper), static_cast<QWidget *>(m_writtenFor)})
        m_servingsLines->setAlignment(part, edge);
    fitMargins();
}

void RecipeSheet::fitMargins()
{
    const int side = width() < Roomy ? NarrowSide : Side;
    const int left = std::clamp(width() * 35 / 100, 218, 272);
    m_headRow->setContentsMargins(side, 20, side, 18);
    for (QWidget *part : {m_ingredientsColumn, m_notesColumn}) {
        const bool isNotes = part == m_notesColumn;
        part->layout()->setContentsMargins(side, isNotes ? 0 : 16, m_isWide ? 16 : side,
                                           isNotes ? 24 : 16);
        part->setMinimumWidth(m_isWide ? left : 0);
        part->setMaximumWidth(m_isWide ? left : QWIDGETSIZE_MAX);
    }
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

/// The hairline between ingredients and steps.
void RecipeSheet::paintEvent(QPaintEvent *)
{
    const int top = m_head->geometry().bottom() + 1;
    if (m_isWide)
        QPainter(this).fillRect(m_stepsColumn->x(), top, 1, height() - top, tokensOf(*this).line);
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
    int done = 0;
    for (int i = 0; i < m_steps.size(); ++i)
        done += int(!m_recipe.steps.at(i).isHeading() && m_steps.at(i)->isDone());
    m_stepCount->setText(tr("%1 of %2 done").arg(done).arg(recipes::countedSteps(m_recipe)));
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
