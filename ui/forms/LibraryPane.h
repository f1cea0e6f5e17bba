// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LibraryModel.h"
#include "widgets/Panel.h"

class QMenu;
class QVBoxLayout;

namespace simmer::ui {

class FieldEdit;
class FilterRow;
class FlatButton;
class LibraryActs;
class LibraryView;
class NoticeBar;
class NothingFound;
class SortButton;
class TagChips;

/// The left column: search, shelves, tags, and the recipes; beside the grid, which shows them
/// itself, only shelves and tags. Tells which recipe was chosen. GUI thread; owned by the window.
class LibraryPane : public Panel
{
    Q_OBJECT

public:
    LibraryPane(recipes::RecipeBook &book, const LiveTimers &timers, QWidget *parent = nullptr);

    LibraryModel &model() { return m_model; }
    LibraryActs &acts() { return *m_acts; }
    LibraryView *view() const { return m_list; }

    /// The window's menu, opened by the button at the top left.
    void setMenu(QMenu *menu);
    void openMenu();
    void select(const RecipeId &recipe);
    void focusSearch();
    void focusList();
    /// Whether recipes and search stand in the grid.
    void setBesideGrid(bool beside);

Q_SIGNALS:
    void chosen(const simmer::RecipeId &recipe);
    void importWished();
    void gridWished(bool on);

private:
    void makeBar(QLayout *column);
    void makeSearch(QVBoxLayout *column);
    QLayout *makeShelves();
    void makeList();
    void makeUndo(QVBoxLayout *column);
    void reviewStock();
    void reviewChoice();

    LibraryModel m_model;
    LibraryActs *m_acts;
    FlatButton *m_menuButton;
    FlatButton *m_gridButton;
    FieldEdit *m_search;
    QList<FilterRow *> m_shelves;
    TagChips *m_tags;
    QWidget *m_below; ///< sort button, list, or that there is nothing
    SortButton *m_sort;
    LibraryView *m_list;
    NothingFound *m_nothing;
    NoticeBar *m_undo;
    QMenu *m_menu = nullptr;
    RecipeId m_selected;
};

} // namespace simmer::ui
