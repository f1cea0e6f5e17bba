// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"

#include <QLineEdit>
#include <QMimeData>
#include <QTextEdit>

namespace simmer::ui {

/// Does what undo and redo keys mean in the editor; whether it was one of them.
bool undoByKey(Manuscript &manuscript, const QKeyEvent &event);

/// One of the manuscript's texts of several lines. Grows with its text. GUI thread.
class ManuscriptEdit : public QTextEdit
{
    Q_OBJECT

public:
    ManuscriptEdit(Manuscript &manuscript, const TextPlace &place, const QFont &font,
                   int lineHeight, QWidget *parent = nullptr);

    const TextPlace &place() const { return m_place; }
    /// How high it has to be to show all of its text, at its present width.
    int wholeHeight() const;

Q_SIGNALS:
    void wholeHeightChanged();
    void focusChanged(bool focused);
    /// An image was pasted.
    void imagePasted(const QMimeData *image);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    Manuscript &manuscript() const { return m_manuscript; }

private:
    QString plainText() const;
    void takeTyped();
    void showChange(const TextPlace &place, const recipes::TextChange &change);

    Manuscript &m_manuscript;
    const TextPlace m_place;
    int m_near = -1; ///< where the document changed last
    bool m_isTyping = false;
    bool m_isShowing = false;
};

/// The same for one line.
class ManuscriptLine : public QLineEdit
{
    Q_OBJECT

public:
    ManuscriptLine(Manuscript &manuscript, const TextPlace &place, QWidget *parent = nullptr);

Q_SIGNALS:
    void focusChanged(bool focused);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void takeTyped();
    void showChange(const TextPlace &place, const recipes::TextChange &change);

    Manuscript &m_manuscript;
    const TextPlace m_place;
    bool m_isTyping = false;
};

} // namespace simmer::ui
