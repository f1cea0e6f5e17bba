// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/ManuscriptCommands.h"

namespace simmer::ui {

TextCommand::TextCommand(Manuscript &manuscript, const TextPlace &place, int at,
                         const QString &removed, const QString &added)
    : QUndoCommand(Manuscript::tr("Typing"))
    , m_manuscript(manuscript)
    , m_place(place)
    , m_at(at)
    , m_removed(removed)
    , m_added(added)
    , m_isTyped(removed.size() + added.size() == 1)
{
    if (place.field == TextPlace::Field::Line)
        m_corrections = manuscript.line(place.key).corrections;
}

void TextCommand::redo()
{
    m_manuscript.applyText(m_place, {m_at, int(m_removed.size()), int(m_added.size())}, m_added);
}

void TextCommand::undo()
{
    m_manuscript.applyText(m_place, {m_at, int(m_added.size()), int(m_removed.size())}, m_removed);
    if (m_place.field == TextPlace::Field::Line)
        m_manuscript.applyCorrections(m_place.key, m_corrections);
}

/// A word's letters, and the space that ends it; or letters that are taken back one by one.
bool TextCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const TextCommand *>(other);
    if (!m_isTyped || !next->m_isTyped || !(m_place == next->m_place))
        return false;
    if (m_removed.isEmpty() && next->m_removed.isEmpty() &&
        next->m_at == m_at + int(m_added.size())) {
        if (m_added.back().isSpace() && !next->m_added.front().isSpace())
            return false;
        m_added += next->m_added;
        return true;
    }
    if (!m_added.isEmpty() || !next->m_added.isEmpty())
        return false;
    if (next->m_at == m_at) { // Delete
        m_removed += next->m_removed;
        return true;
    }
    if (next->m_at != m_at - 1) // Backspace
        return false;
    m_removed.prepend(next->m_removed);
    m_at = next->m_at;
    return true;
}

LinesCommand::LinesCommand(Manuscript &manuscript, int index,
                           const QList<recipes::EditedLine> &before,
                           const QList<recipes::EditedLine> &after, const QString &words)
    : QUndoCommand(words)
    , m_manuscript(manuscript)
    , m_index(index)
    , m_before(before)
    , m_after(after)
{
}

void LinesCommand::redo()
{
    m_manuscript.applyLines(m_index, int(m_before.size()), m_after);
}

void LinesCommand::undo()
{
    m_manuscript.applyLines(m_index, int(m_after.size()), m_before);
}

CorrectionsCommand::CorrectionsCommand(Manuscript &manuscript, quint64 key,
                                       const QList<recipes::Correction> &after,
                                       const QString &words)
    : QUndoCommand(words)
    , m_manuscript(manuscript)
    , m_key(key)
    , m_before(manuscript.line(key).corrections)
    , m_after(after)
{
}

/// A name that is typed, or a length.
bool CorrectionsCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const CorrectionsCommand *>(other);
    if (m_key != next->m_key || m_after.size() != next->m_after.size())
        return false;
    qsizetype named = -1;
    for (qsizetype i = 0; i < m_after.size(); ++i) {
        if (m_after[i] == next->m_after[i])
            continue;
        recipes::Correction unnamed = m_after[i];
        unnamed.name = next->m_after[i].name;
        if (named >= 0 || unnamed != next->m_after[i])
            return false;
        named = i;
    }
    m_after = next->m_after;
    return true;
}

void CorrectionsCommand::redo()
{
    m_manuscript.applyCorrections(m_key, m_after);
}

void CorrectionsCommand::undo()
{
    m_manuscript.applyCorrections(m_key, m_before);
}

WholeCommand::WholeCommand(Manuscript &manuscript, const recipes::EditedRecipe &now,
                           const std::optional<recipes::Recipe> &base, const QString &words)
    : QUndoCommand(words)
    , m_manuscript(manuscript)
    , m_before(manuscript.m_now)
    , m_after(now)
    , m_baseBefore(manuscript.m_base)
    , m_baseAfter(base)
    , m_epoch(manuscript.m_epoch)
{
}

void WholeCommand::redo()
{
    m_manuscript.applyWhole(m_after, m_baseAfter, m_epoch);
}

void WholeCommand::undo()
{
    m_manuscript.applyWhole(m_before, m_baseBefore, m_epoch);
}

} // namespace simmer::ui
