// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace simmer::ui {

class LibraryModel;

/// How the library is sorted, and a menu to choose otherwise. GUI thread; `model` must outlive it.
class SortButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SortButton(LibraryModel &model, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void openMenu();

    LibraryModel &m_model;
};

} // namespace simmer::ui
