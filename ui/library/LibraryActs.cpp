// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/LibraryActs.h"

#include "library/LibraryView.h"

#include <utility>

namespace simmer::ui {

LibraryActs::LibraryActs(recipes::RecipeBook &book, QObject *parent)
    : QObject(parent)
    , m_book(book)
{
}

void LibraryActs::serve(LibraryView &view)
{
    connect(&view, &LibraryView::favouriteWished, this, &LibraryActs::toggleFavourite);
    connect(&view, &LibraryView::removeWished, this, &LibraryActs::remove);
    connect(&view, &LibraryView::cookWished, this, &LibraryActs::cookWished);
    connect(&view, &LibraryView::editWished, this, &LibraryActs::editWished);
    m_views += &view;
    tellViews();
}

void LibraryActs::offerCooking()
{
    m_cooking = true;
    tellViews();
}

void LibraryActs::offerEditing()
{
    m_editing = true;
    tellViews();
}

void LibraryActs::tellViews()
{
    for (LibraryView *view : std::as_const(m_views))
        view->setOffers(m_cooking, m_editing);
}

void LibraryActs::toggleFavourite(const RecipeId &recipe)
{
    const auto found = m_book.recipes().constFind(recipe);
    if (found == m_book.recipes().cend())
        return;
    const recipes::Recipe was = *found;
    recipes::Recipe now = was;
    now.isFavourite = !was.isFavourite;
    m_book.edit(was, now);
}

void LibraryActs::remove(const RecipeId &recipe)
{
    const auto found = m_book.recipes().constFind(recipe);
    if (found == m_book.recipes().cend())
        return;
    m_removed = *found;
    m_book.remove(recipe);
    Q_EMIT removed(m_removed->title);
}

void LibraryActs::undoRemove()
{
    if (const auto recipe = std::exchange(m_removed, std::nullopt))
        m_book.save(*recipe);
}

} // namespace simmer::ui
