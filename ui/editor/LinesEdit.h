// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/ManuscriptEdit.h"

namespace simmer::ui {

/// The ingredients, a line each; Alt+Up and Alt+Down move the lines that are selected. GUI thread.
class LinesEdit : public ManuscriptEdit
{
    Q_OBJECT

public:
    explicit LinesEdit(Manuscript &manuscript, QWidget *parent = nullptr);

    /// By one line.
    void moveLines(int by);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace simmer::ui
