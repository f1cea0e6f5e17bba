// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"

#include <QUndoCommand>

namespace simmer::ui {

/// Some of a text replaced by other text. Typing on in the same word is one command.
class TextCommand : public QUndoCommand
{
public:
    TextCommand(Manuscript &manuscript, const TextPlace &place, int at, const QString &removed,
                const QString &added);

    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override;
    void undo() override;
    void redo() override;

private:
    Manuscript &m_manuscript;
    TextPlace m_place;
    int m_at;
    QString m_removed;
    QString m_added;
    QList<recipes::Correction> m_corrections; ///< of the line, as they were
    bool m_isTyped;                           ///< letter by letter
};

/// Some lines replaced by others: came, went, moved.
class LinesCommand : public QUndoCommand
{
public:
    LinesCommand(Manuscript &manuscript, int index, const QList<recipes::EditedLine> &before,
                 const QList<recipes::EditedLine> &after, const QString &words);

    void undo() override;
    void redo() override;

private:
    Manuscript &m_manuscript;
    int m_index;
    QList<recipes::EditedLine> m_before;
    QList<recipes::EditedLine> m_after;
};

/// The corrections of one step.
class CorrectionsCommand : public QUndoCommand
{
public:
    CorrectionsCommand(Manuscript &manuscript, quint64 key, const QList<recipes::Correction> &after,
                       const QString &words);

    int id() const override { return 2; }
    bool mergeWith(const QUndoCommand *other) override;
    void undo() override;
    void redo() override;

private:
    Manuscript &m_manuscript;
    quint64 m_key;
    QList<recipes::Correction> m_before;
    QList<recipes::Correction> m_after;
};

/// All of the recipe, and what it began as: values, and what others wrote.
class WholeCommand : public QUndoCommand
{
public:
    WholeCommand(Manuscript &manuscript, const recipes::EditedRecipe &now,
                 const std::optional<recipes::Recipe> &base, const QString &words);

    void undo() override;
    void redo() override;

private:
    Manuscript &m_manuscript;
    recipes::EditedRecipe m_before;
    recipes::EditedRecipe m_after;
    std::optional<recipes::Recipe> m_baseBefore;
    std::optional<recipes::Recipe> m_baseAfter;
    int m_epoch;
};

} // namespace simmer::ui
