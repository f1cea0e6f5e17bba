// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/RecipeBar.h"

#include "widgets/FlatButton.h"

#include <QHBoxLayout>
#include <QMenu>

namespace simmer::ui {

namespace {

FlatButton *toolButton(const char *icon, const QString &name, const QString &toolTip)
{
    auto *button = new FlatButton(QLatin1String(icon), {});
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    return button;
}

} // namespace

RecipeBar::RecipeBar(QWidget *parent)
    : Bar(Ground::Page, parent)
    , m_import(new FlatButton(QLatin1String("import"), tr("Import…")))
    , m_star(toolButton("star", {}, {}))
    , m_edit(toolButton("edit", tr("Edit recipe"), tr("Edit recipe (Ctrl+E)")))
    , m_more(toolButton("more", tr("More"), tr("Copy, print, save as PDF")))
    , m_cook(new FlatButton(QLatin1String("fullscreen"), tr("Cook")))
    , m_menu(new QMenu(this))
{
    auto *sidebar =
        toolButton("sidebar", tr("Show or hide the library"), tr("Show or hide the library (F9)"));
    m_import->setRole(FlatButton::Role::Outlined);
    m_import->setToolTip(tr("Import recipes from web pages or .cook files (Ctrl+O)"));
    m_cook->setRole(FlatButton::Role::Filled);
    m_cook->setToolTip(tr("One step at a time, full screen (F5)"));
    row()->addWidget(sidebar);
    row()->addStretch();
    for (FlatButton *button : {m_import, m_star, m_edit, m_more})
        row()->addWidget(button);
    row()->addSpacing(8);
    row()->addWidget(m_cook);
    connect(sidebar, &QAbstractButton::clicked, this, &RecipeBar::sidebarWished);
    connect(m_import, &QAbstractButton::clicked, this, &RecipeBar::importWished);
    connect(m_star, &QAbstractButton::clicked, this, &RecipeBar::starWished);
    connect(m_edit, &QAbstractButton::clicked, this, &RecipeBar::editWished);
    connect(m_cook, &QAbstractButton::clicked, this, &RecipeBar::cookWished);
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 4))); });
    dress();
}

void RecipeBar::show(const State &state)
{
    if (state == m_state)
        return;
    m_state = state;
    dress();
}

void RecipeBar::dress()
{
    const auto [isOpen, isFavourite, isCooked] = m_state;
    m_import->setVisible(!isOpen);
    for (FlatButton *button : {m_star, m_more, m_cook})
        button->setVisible(isOpen);
    m_edit->setVisible(isOpen && m_isEditable);
    m_star->set(QLatin1String(isFavourite ? "star-filled" : "star"), {});
    m_star->setRole(isFavourite ? FlatButton::Role::Starred : FlatButton::Role::Plain);
    const QString star = isFavourite ? tr("No favourite any more") : tr("Make it a favourite");
    m_star->setAccessibleName(star);
    m_star->setToolTip(star + QStringLiteral(" (Ctrl+D)"));
    m_cook->set(QLatin1String("fullscreen"), isCooked ? tr("Go on cooking") : tr("Cook"));
}

void RecipeBar::offerEditing()
{
    m_isEditable = true;
    dress();
}

} // namespace simmer::ui
