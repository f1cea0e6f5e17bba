// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"

#include <QObject>

namespace simmer::ui {

class LibraryView;

/// What can be done to a recipe without opening it. GUI thread; `book` must outlive it.
class LibraryActs : public QObject
{
    Q_OBJECT

public:
    explicit LibraryActs(recipes::RecipeBook &book, QObject *parent = nullptr);

    /// Does what this view's keys and menu wish, as far as it is done here.
    void serve(LibraryView &view);
    /// Somebody hears cookWished(), or editWished().
    void offerCooking();
    void offerEditing();
    void toggleFavourite(const RecipeId &recipe);
    void remove(const RecipeId &recipe);
    /// Writes again what was removed last.
    void undoRemove();

Q_SIGNALS:
    /// It can be undone.
    void removed(const QString &title);
    void cookWished(const simmer::RecipeId &recipe);
    void editWished(const simmer::RecipeId &recipe);

private:
    void tellViews();

    recipes::RecipeBook &m_book;
    std::optional<recipes::Recipe> m_removed;
    QList<LibraryView *> m_views; ///< of the window
    bool m_cooking = false;
    bool m_editing = false;
};

} // namespace simmer::ui
