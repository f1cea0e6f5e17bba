// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/MinutesEdit.h"

#include "editor/ManuscriptEdit.h"
#include "recipes/times/TypedLength.h"
#include "theme/Tokens.h"
#include "words/Words.h"

#include <QKeyEvent>

namespace simmer::ui {

namespace {

constexpr qint64 MinuteSeconds = 60;

} // namespace

MinutesEdit::MinutesEdit(Manuscript &manuscript, std::optional<int> recipes::EditedRecipe::*field,
                         QWidget *parent)
    : QLineEdit(parent)
    , m_manuscript(manuscript)
    , m_field(field)
{
    setText(shown());
    setPlaceholderText(tr("min"));
    connect(this, &QLineEdit::editingFinished, this, &MinutesEdit::takeTyped);
    connect(&manuscript, &Manuscript::valuesChanged, this, [this] {
        if (text() != shown())
            setText(shown());
    });
}

QString MinutesEdit::shown() const
{
    const std::optional<int> minutes = m_manuscript.now().*m_field;
    return minutes ? Words::minutes(*minutes) : QString();
}

bool MinutesEdit::takeTyped()
{
    const QString typed = text().trimmed();
    if (typed == shown())
        return true;
    const auto seconds = recipes::typedLength(typed, m_manuscript.now().language);
    const bool isRead = typed.isEmpty() || seconds;
    QPalette marked = palette();
    marked.setColor(QPalette::Text, isRead ? tokensOf(*this).ink : tokensOf(*this).ringInk);
    setPalette(marked);
    setToolTip(isRead ? QString() : tr("Write it as 45, 1:30:00 or “1½ hours”."));
    if (!isRead)
        return false;
    m_manuscript.setMinutes(
        m_field, seconds ? std::optional(int((*seconds + MinuteSeconds - 1) / MinuteSeconds))
                         : std::nullopt);
    setText(shown());
    return true;
}

void MinutesEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isTyping = text() != shown();
    if (isTyping || !undoByKey(m_manuscript, *event))
        QLineEdit::keyPressEvent(event);
}

} // namespace simmer::ui
