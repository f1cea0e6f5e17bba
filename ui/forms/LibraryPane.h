// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LibraryFilter.h"
#include "models/LibraryModel.h"
#include "widgets/Panel.h"

class QListView;
class QMenu;

namespace simmer::ui {

class FieldEdit;
class FilterRow;
class FlatButton;

/// The left column: search, filters, all recipes. Tells which recipe was chosen. GUI thread; owned
/// by the window.
class LibraryPane : public Panel
{
    Q_OBJECT

public:
    LibraryPane(const recipes::RecipeBook &book, const LiveTimers &timers,
                QWidget *parent = nullptr);

    /// The window's menu, opened by the button at the top left.
    void setMenu(QMenu *menu);
    void openMenu();
    void select(const RecipeId &recipe);
    void focusSearch();
    void focusList();

Q_SIGNALS:
    void chosen(const simmer::RecipeId &recipe);
    void importWished();

private:
    QLayout *makeFilters();
    void makeList();
    void searchChanged(const QString &text);
    void filterBy(int mostMinutes);
    void showMatches();

    LibraryModel m_model;
    LibraryFilter m_filter;
    FlatButton *m_menuButton;
    FieldEdit *m_search;
    QList<FilterRow *> m_filters;
    QListView *m_list;
    InkLabel *m_nothing;
    QMenu *m_menu = nullptr;
};

} // namespace simmer::ui
