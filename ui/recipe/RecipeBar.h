// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/Panel.h"

class QMenu;

namespace simmer::ui {

class FlatButton;

/// The bar above a recipe: favourite, edit, more, Cook; without a recipe the way to get one. GUI
/// thread; owned by RecipePage.
class RecipeBar : public Bar
{
    Q_OBJECT

public:
    explicit RecipeBar(QWidget *parent = nullptr);

    /// What the open recipe is to its kitchen.
    struct State {
        bool isOpen = false;
        bool isFavourite = false;
        bool isCooked = false;

        bool operator==(const State &) const = default;
    };
    void show(const State &state);
    /// Shows the button for the editor, for a program that has one.
    void offerEditing();
    /// What the "more" button opens; owned by this.
    QMenu *menu() const { return m_menu; }

Q_SIGNALS:
    void sidebarWished();
    void importWished();
    void starWished();
    void editWished();
    void cookWished();

private:
    void dress();

    FlatButton *m_import;
    FlatButton *m_star;
    FlatButton *m_edit;
    FlatButton *m_more;
    FlatButton *m_cook;
    QMenu *m_menu;
    State m_state;
    bool m_isEditable = false;
};

} // namespace simmer::ui
