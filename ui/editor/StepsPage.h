// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/StepColumn.h"

class QScrollArea;

namespace simmer::ui {

class InkLabel;

/// The page of the steps: the column, what can be added, and what was found in all of them. GUI
/// thread; owned by the editor.
class StepsPage : public QWidget
{
    Q_OBJECT

public:
    explicit StepsPage(Manuscript &manuscript, QWidget *parent = nullptr);

    StepColumn *column() const { return m_column; }
    /// Makes a timer of these words; asks for its length where it can't be read.
    void makeTimer(quint64 key, int start, int end);

private:
    void showFound();
    void askLength(quint64 key, const recipes::Correction &correction);

    Manuscript &m_manuscript;
    QScrollArea *m_scroll;
    StepColumn *m_column;
    InkLabel *m_found;
    QTimer m_soon;
};

} // namespace simmer::ui
