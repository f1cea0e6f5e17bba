// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "widgets/Panel.h"

namespace simmer::ui {

class FieldEdit;
class GridView;
class LibraryActs;
class LibraryModel;
class NoticeBar;
class NothingFound;
class Segments;
class TagChip;
class TagChips;

/// The library in the middle of the window, as cards. It shows what the left column's list would.
/// GUI thread; owned by the window; what it is given must outlive it.
class GridPane : public Panel
{
    Q_OBJECT

public:
    GridPane(LibraryModel &model, LibraryActs &acts, QWidget *parent = nullptr);

    void select(const RecipeId &recipe);
    void focusSearch();
    void focusFirst();

Q_SIGNALS:
    void chosen(const simmer::RecipeId &recipe);
    void listWished();
    void sidebarWished();

private:
    Bar *makeBar();
    QLayout *makeHead();
    void reviewChoice();
    void reviewShown();

    LibraryModel &m_model;
    FieldEdit *m_search;
    TagChip *m_shelf; ///< the chosen one; a press takes it away
    InkLabel *m_heading;
    TagChips *m_facets;
    GridView *m_grid;
    NothingFound *m_nothing;
    NoticeBar *m_undo;
};

} // namespace simmer::ui
