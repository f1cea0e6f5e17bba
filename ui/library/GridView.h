// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "library/LibraryView.h"

namespace simmer::ui {

class FlatButton;
class LibraryModel;

/// The recipes as cards, as many side by side as fit; Cook and Open stand on the current one. GUI
/// thread; `model` must outlive it.
class GridView : public LibraryView
{
    Q_OBJECT

public:
    explicit GridView(LibraryModel &model, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void updateGeometries() override;

private:
    void fit();
    void placeButtons();

    QWidget *m_buttons;
    FlatButton *m_cook;
};

} // namespace simmer::ui
