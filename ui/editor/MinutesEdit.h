// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"

#include <QLineEdit>

namespace simmer::ui {

/// A number of minutes of the recipe, typed as people write lengths: "45", "1:30:00", "2 hours".
/// What is no length stays in the field, marked, and changes nothing. GUI thread.
class MinutesEdit : public QLineEdit
{
    Q_OBJECT

public:
    MinutesEdit(Manuscript &manuscript, std::optional<int> recipes::EditedRecipe::*field,
                QWidget *parent = nullptr);

    /// Takes what was typed; whether it could be read.
    bool takeTyped();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString shown() const;

    Manuscript &m_manuscript;
    std::optional<int> recipes::EditedRecipe::*const m_field;
};

} // namespace simmer::ui
