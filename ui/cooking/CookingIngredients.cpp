// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingIngredients.h"

#include "recipes/StepIngredients.h"
#include "recipes/scaling/Scaling.h"
#include "theme/Type.h"
#include "widgets/IngredientRow.h"
#include "widgets/Panel.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

CookingIngredients::CookingIngredients(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    column->addWidget(m_scroll);
}

void CookingIngredients::setUnit(qreal unit)
{
    if (unit == m_unit)
        return;
    m_unit = unit;
    fill();
}

void CookingIngredients::show(const recipes::Recipe &recipe, int step,
                              const recipes::Fraction &factor, const QSet<timers::Box> &ticked)
{
    const QList<int> ofStep = recipes::ingredientsOf(recipe, step);
    if (recipe.id != m_recipe.id || recipe.ingredients != m_recipe.ingredients ||
        ofStep != m_ofStep || factor != m_factor) {
        m_recipe = recipe;
        m_ofStep = ofStep;
        m_factor = factor;
        fill();
    }
    for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
        (*row)->setChecked(ticked.contains({timers::Box::Kind::Ingredient, row.key()}));
}

void CookingIngredients::fill()
{
    QHash<int, bool> checked;
    for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
        checked.insert(row.key(), (*row)->isChecked());
    m_rows.clear();
    auto *list = new QWidget;
    auto *rows = new QVBoxLayout(list);
    rows->setContentsMargins(4, 0, 12, 0);
    rows->setSpacing(0);
    QList<int> rest;
    for (int i = 0; i < m_recipe.ingredients.size(); ++i)
        if (!m_ofStep.contains(i))
            rest += i;
    if (!m_ofStep.isEmpty())
        addRows(*rows, tr("For this step"), m_ofStep);
    if (!rest.isEmpty())
        addRows(*rows, m_ofStep.isEmpty() ? tr("Ingredients") : tr("Everything else"), rest);
    rows->addStretch(1);
    m_scroll->setWidget(list);
    list->setAutoFillBackground(false);
    for (auto was = checked.cbegin(); was != checked.cend(); ++was)
        if (IngredientRow *row = m_rows.value(was.key()))
            row->setChecked(*was);
}

void CookingIngredients::addRows(QVBoxLayout &rows, const QString &heading,
                                 const QList<int> &indices)
{
    const qreal zoom = std::max(1.4, 1.5 * m_unit); // 44 px high at the least
    auto *title =
        new InkLabel(displayFont(std::max(18, int(22 * m_unit))), InkLabel::Ink::Full, heading);
    title->setContentsMargins(0, m_rows.isEmpty() ? 0 : 16, 0, 6);
    rows.addWidget(title);
    for (const int index : indices) {
        auto *row = new IngredientRow(
            recipes::scaledLine(m_recipe.ingredients.at(index), m_factor, m_recipe.language),
            m_recipe.language);
        row->setZoom(zoom);
        row->setFocusPolicy(Qt::TabFocus);
        connect(row, &QAbstractButton::clicked, this, [this, index, row] {
            Q_EMIT tickWished({timers::Box::Kind::Ingredient, index}, !row->isChecked());
        });
        m_rows.insert(index, row);
        rows.addWidget(row);
    }
}

} // namespace simmer::ui
