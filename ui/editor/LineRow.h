// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/StepEdit.h"

#include <QWidget>

namespace simmer::ui {

class FlatButton;

/// One line of the steps while they are written: a step with grip, number, text and bin, or a
/// heading. Places its parts itself, since hundreds of rows stand in one column. GUI thread.
class LineRow : public QWidget
{
    Q_OBJECT

public:
    LineRow(Manuscript &manuscript, const recipes::EditedLine &line, QWidget *parent = nullptr);

    quint64 key() const { return m_key; }
    StepEdit *step() const { return m_step; }
    bool isFocused() const;
    /// Of a step, from 1; for a heading of no meaning.
    void setNumber(int number);
    int wholeHeight() const;
    void focusText(bool atEnd = false);
    /// Tab comes from `before`, if any, and goes on from what is returned.
    QWidget *joinTabOrder(QWidget *before);
    void selectTime(int start, int end);

Q_SIGNALS:
    void focused();
    void wholeHeightChanged();
    void removeWished();
    void moveWished(int by);
    /// The grip is drawn along, the pointer there in the window's coordinates; at the end
    /// `dropped`.
    void dragged(const QPoint &global, bool dropped);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeStep(Manuscript &manuscript);
    void makeHeading(Manuscript &manuscript);
    void showBin();

    const quint64 m_key;
    int m_number = 1;
    StepEdit *m_step = nullptr;
    ManuscriptLine *m_heading = nullptr;
    FlatButton *m_grip;
    FlatButton *m_bin;
};

} // namespace simmer::ui
