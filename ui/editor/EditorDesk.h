// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/RecipeEditor.h"

namespace simmer::ui {

/// The page of the window where a recipe is written, one at a time, and what was left unsaved in
/// earlier sittings. GUI thread; owned by the window.
class EditorDesk : public QWidget
{
    Q_OBJECT

public:
    /// `book` must outlive it.
    explicit EditorDesk(recipes::RecipeBook &book, QWidget *parent = nullptr);
    ~EditorDesk() override;

    /// Drafts are kept there from now on; what an earlier sitting left is offered once the book is
    /// read. All must outlive the desk.
    void useDrafts(recipes::DraftShelf &drafts);
    void usePhotos(recipes::PhotoStore &store, PhotoSource *photos);

    void create();
    /// Does nothing for a recipe that the book does not have.
    void edit(const RecipeId &recipe);
    bool isOpen() const { return m_editor != nullptr; }
    /// What is being written; null for nothing.
    RecipeId recipe() const;
    RecipeEditor *editor() const { return m_editor; }
    /// Closes what is open, after asking if need be; `then` runs unless they stay.
    void leave(const std::function<void()> &then);
    /// Notes that are typed on the recipe's page have a draft until the book has them.
    void keepNotes(const RecipeId &recipe, const QString &notes);
    void showHistory(const RecipeId &recipe, QWidget *window);
    void showRemoved(QWidget *window);
    /// The line with which drafts are offered; the window puts it where it is seen.
    NoticeBar *bar() const { return m_bar; }

Q_SIGNALS:
    /// Something is being written: the page wants to be seen.
    void opened();
    /// Nothing is any more; `recipe` was, and may not be in the book.
    void closed(const simmer::RecipeId &recipe);
    /// A recipe came back from those that were removed.
    void broughtBack(const simmer::RecipeId &recipe);

private:
    void open(std::unique_ptr<Manuscript> manuscript);
    void close();
    void take(const QList<recipes::RecipeDraft> &drafts);
    bool bringNotes(const recipes::RecipeDraft &draft);
    void settleNotes(const RecipeId &recipe);
    void offerNext();
    void resume(const recipes::RecipeDraft &draft);

    EditorMeans m_means;
    RecipeEditor *m_editor = nullptr;               ///< a child
    QHash<RecipeId, recipes::RecipeDraft> m_drafts; ///< of earlier sittings, and discarded ones
    QHash<RecipeId, QString> m_notes;               ///< those that have a draft
    bool m_knowsDrafts = false;                     ///< what was left is read
    std::function<void()> m_offered;
    NoticeBar *m_bar; ///< a child until the window takes it
};

} // namespace simmer::ui
