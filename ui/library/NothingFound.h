// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simmer::ui {

class FlatButton;
class InkLabel;
class LibraryModel;

/// What stands where the recipes would: that there are none, and the way to some. Shown only then.
/// GUI thread; `model` must outlive it.
class NothingFound : public QWidget
{
    Q_OBJECT

public:
    explicit NothingFound(LibraryModel &model, QWidget *parent = nullptr);

private:
    void refresh();

    LibraryModel &m_model;
    InkLabel *m_text;
    FlatButton *m_wayOut;
};

} // namespace simmer::ui
