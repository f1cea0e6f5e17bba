// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QListView>

namespace simmer::ui {

/// The recipes as a list or a grid: the keys of GUIDE.md "Keyboard, Library" and the menu of a
/// recipe. Tells what is wished; what nobody does is not offered. GUI thread.
class LibraryView : public QListView
{
    Q_OBJECT

public:
    explicit LibraryView(QWidget *parent = nullptr);

    /// Null when none is current.
    RecipeId current() const;
    /// What of its signals somebody acts upon, so that it stands in the menu.
    void setOffers(bool cooking, bool editing);
    bool offersCooking() const { return m_cooking; }
    /// How much at the right of each row, in its middle, shows its timer: all that is painted anew
    /// when that counts.
    void setTimerRoom(const QSize &room) { m_timerRoom = room; }
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles = {}) override;

Q_SIGNALS:
    void openWished(const simmer::RecipeId &recipe);
    void cookWished(const simmer::RecipeId &recipe);
    void editWished(const simmer::RecipeId &recipe);
    void favouriteWished(const simmer::RecipeId &recipe);
    void removeWished(const simmer::RecipeId &recipe);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void openMenu(const QModelIndex &index, const QPoint &at);

    bool m_cooking = false;
    bool m_editing = false;
    QSize m_timerRoom{0, 0};
};

} // namespace simmer::ui
