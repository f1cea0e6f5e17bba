// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"
#include "recipes/RecipeBook.h"

namespace simmer::ui {

/// The way of the manuscript into the book and of others' edits into the manuscript. GUI thread;
/// owned by the editor.
class RecipeSaver : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    RecipeSaver(Manuscript &manuscript, recipes::RecipeBook &book, QObject *parent = nullptr);

    /// saved(), or notSaved() and nothing changed. Only what differs from the base is written, so
    /// that others' other fields stay.
    void save();
    bool isSaving() const { return m_saving.has_value(); }
    /// Fields that somebody else wrote since, and that read otherwise here.
    const QStringList &contested() const { return m_contested; }
    const recipes::Recipe &theirs() const { return m_theirs; }
    /// Who wrote last into one of these fields; empty when nobody knows.
    QString writerOf(const QStringList &fields) const;
    /// Looks again at what is contested.
    void review();

Q_SIGNALS:
    void saved();
    void notSaved(const QString &words);
    /// It has no title yet.
    void titleWished();
    void flowedIn(const QStringList &fields);
    void contestedChanged();
    void wasRemoved(const QString &by);

private:
    void receive(const recipes::Recipe &theirs);
    void setContested(const QStringList &fields);

    Manuscript &m_manuscript;
    recipes::RecipeBook &m_book;
    std::optional<recipes::Recipe> m_saving; ///< what is on its way
    recipes::Recipe m_theirs;                ///< as the book has it
    QStringList m_contested;
};

} // namespace simmer::ui
