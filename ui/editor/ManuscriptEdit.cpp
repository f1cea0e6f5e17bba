// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/ManuscriptEdit.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QTextBlock>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

bool undoByKey(Manuscript &manuscript, const QKeyEvent &event)
{
    if (event.matches(QKeySequence::Undo))
        manuscript.undoStack().undo();
    else if (event.matches(QKeySequence::Redo))
        manuscript.undoStack().redo();
    else
        return false;
    return true;
}

ManuscriptEdit::ManuscriptEdit(Manuscript &manuscript, const TextPlace &place, const QFont &font,
                               int lineHeight, QWidget *parent)
    : QTextEdit(parent)
    , m_manuscript(manuscript)
    , m_place(place)
{
    setFont(font);
    setAcceptRichText(false);
    setUndoRedoEnabled(false); // the manuscript has one stack for all
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(4);
    document()->setDefaultFont(font);
    setPlainText(manuscript.text(place));
    QTextBlockFormat lines;
    lines.setLineHeight(lineHeight, QTextBlockFormat::FixedHeight);
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.setBlockFormat(lines);
    connect(document(), &QTextDocument::contentsChange, this,
            [this](int at, int, int) { m_near = m_near < 0 ? at : std::min(m_near, at); });
    connect(document(), &QTextDocument::contentsChanged, this, &ManuscriptEdit::takeTyped);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ManuscriptEdit::wholeHeightChanged);
    connect(&manuscript, &Manuscript::textChanged, this, &ManuscriptEdit::showChange);
}

int ManuscriptEdit::wholeHeight() const
{
    return int(std::ceil(document()->size().height())) + 2 * frameWidth();
}

/// A place in it is a place in the document: QTextDocument::toPlainText() would lose the spaces
/// that do not break.
QString ManuscriptEdit::plainText() const
{
    return recipes::plainLines(document()->toRawText());
}

void ManuscriptEdit::takeTyped()
{
    const int near = std::max(0, std::exchange(m_near, -1));
    if (m_isShowing)
        return;
    const QString typed = plainText();
    const recipes::TextChange change =
        recipes::changeBetween(m_manuscript.text(m_place), typed, near);
    const QScopedValueRollback typing(m_isTyping, true);
    m_manuscript.type(m_place, change, typed.mid(change.at, change.added));
}

void ManuscriptEdit::showChange(const TextPlace &place, const recipes::TextChange &change)
{
    if (m_isTyping || place != m_place)
        return;
    const QScopedValueRollback showing(m_isShowing, true);
    QTextCursor cursor(document());
    cursor.setPosition(change.at);
    cursor.setPosition(change.at + change.removed, QTextCursor::KeepAnchor);
    cursor.insertText(m_manuscript.text(m_place).mid(change.at, change.added));
    setTextCursor(cursor);
}

void ManuscriptEdit::keyPressEvent(QKeyEvent *event)
{
    if (!undoByKey(m_manuscript, *event))
        QTextEdit::keyPressEvent(event);
}

void ManuscriptEdit::focusInEvent(QFocusEvent *event)
{
    QTextEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void ManuscriptEdit::focusOutEvent(QFocusEvent *event)
{
    QTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

bool ManuscriptEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasImage() || source->hasText();
}

void ManuscriptEdit::insertFromMimeData(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    const bool hasFile =
        std::any_of(urls.cbegin(), urls.cend(), [](const QUrl &url) { return url.isLocalFile(); });
    if (hasFile || (source->hasImage() && !source->hasText()))
        Q_EMIT imagePasted(source);
    else
        QTextEdit::insertFromMimeData(source);
}

ManuscriptLine::ManuscriptLine(Manuscript &manuscript, const TextPlace &place, QWidget *parent)
    : QLineEdit(manuscript.text(place), parent)
    , m_manuscript(manuscript)
    , m_place(place)
{
    setCursorPosition(0);
    connect(this, &QLineEdit::textChanged, this, &ManuscriptLine::takeTyped);
    connect(&manuscript, &Manuscript::textChanged, this, &ManuscriptLine::showChange);
}

void ManuscriptLine::takeTyped()
{
    const QString typed = recipes::plainLines(text()).replace(u'\n', u' ');
    const QString &was = m_manuscript.text(m_place);
    // Behind what was typed stands the cursor.
    const auto grown = std::max<qsizetype>(0, typed.size() - was.size());
    const recipes::TextChange change =
        recipes::changeBetween(was, typed, int(cursorPosition() - grown));
    const QScopedValueRollback typing(m_isTyping, true);
    m_manuscript.type(m_place, change, typed.mid(change.at, change.added));
}

void ManuscriptLine::showChange(const TextPlace &place, const recipes::TextChange &change)
{
    if (m_isTyping || place != m_place)
        return;
    setText(m_manuscript.text(m_place));
    setCursorPosition(change.at + change.added);
}

void ManuscriptLine::keyPressEvent(QKeyEvent *event)
{
    if (!undoByKey(m_manuscript, *event))
        QLineEdit::keyPressEvent(event);
}

void ManuscriptLine::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void ManuscriptLine::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

} // namespace simmer::ui
