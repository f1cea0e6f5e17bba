// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/LinesEdit.h"

#include "theme/Type.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace simmer::ui {

namespace {

constexpr int TextPixels = 15;
constexpr int LineHeight = 32;

bool isMove(const QKeyEvent &event)
{
    return event.modifiers() == Qt::AltModifier &&
           (event.key() == Qt::Key_Up || event.key() == Qt::Key_Down);
}

} // namespace

LinesEdit::LinesEdit(Manuscript &manuscript, QWidget *parent)
    : ManuscriptEdit(manuscript, {TextPlace::Field::Ingredients}, textFont(TextPixels), LineHeight,
                     parent)
{
    setPlaceholderText(tr("One ingredient a line: 500 g minced beef"));
    setAccessibleName(tr("Ingredients, one a line"));
}

bool LinesEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isMove(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return ManuscriptEdit::event(event);
}

void LinesEdit::keyPressEvent(QKeyEvent *event)
{
    if (isMove(*event))
        return moveLines(event->key() == Qt::Key_Up ? -1 : 1);
    ManuscriptEdit::keyPressEvent(event);
}

void LinesEdit::moveLines(int by)
{
    const QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    const QTextBlock last = document()->findBlock(cursor.selectionEnd());
    const QTextBlock other = by < 0 ? first.previous() : last.next();
    if (!other.isValid())
        return;
    const QString text = manuscript().text(place());
    const int start = by < 0 ? other.position() : first.position();
    const int end = (by < 0 ? last : other).position() + (by < 0 ? last : other).length() - 1;
    const QString lines =
        text.mid(first.position(), last.position() + last.length() - 1 - first.position());
    const int shift = by * other.length();
    const QString moved = by < 0 ? lines + u'\n' + other.text() : other.text() + u'\n' + lines;
    const int anchor = cursor.anchor() + shift;
    const int position = cursor.position() + shift;
    QTextCursor whole(document());
    whole.setPosition(start);
    whole.setPosition(end, QTextCursor::KeepAnchor);
    whole.insertText(moved);
    QTextCursor after(document());
    after.setPosition(anchor);
    after.setPosition(position, QTextCursor::KeepAnchor);
    setTextCursor(after);
}

} // namespace simmer::ui
