// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/RecipeBook.h"

#include <QDialog>

class QListWidget;

namespace simmer::ui {

class DiffView;
class FlatButton;
class InkLabel;

/// A recipe as its history has it, also one that was removed: the newest value of each field.
Expected<recipes::Recipe> lastKnown(const RecipeId &id, const QList<recipes::Edit> &history);

/// Who wrote what when into a recipe, the newest first; each beside what stood there before, and a
/// way to bring it back as a new edit. GUI thread.
class HistoryDialog : public QDialog
{
    Q_OBJECT

public:
    /// `book` must outlive it.
    HistoryDialog(recipes::RecipeBook &book, const RecipeId &recipe, QWidget *parent = nullptr);

private:
    void fill();
    void showEdit(int row);
    void bringBack();
    /// What stood in the field before edit `at`.
    QJsonValue before(qsizetype at) const;
    /// Whose value stands in the field.
    QString standing(const QString &field) const;

    recipes::RecipeBook &m_book;
    const RecipeId m_recipe;
    QList<recipes::Edit> m_edits; ///< the newest first
    QListWidget *m_list;
    InkLabel *m_headline;
    InkLabel *m_fate;
    DiffView *m_diff;
    FlatButton *m_back;
};

/// The recipes that were removed, to be brought back. GUI thread.
class RemovedDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RemovedDialog(recipes::RecipeBook &book, QWidget *parent = nullptr);

Q_SIGNALS:
    void broughtBack(const simmer::RecipeId &recipe);

private:
    void fill();

    recipes::RecipeBook &m_book;
    QListWidget *m_list;
    InkLabel *m_nothing;
    FlatButton *m_back;
    FlatButton *m_history;
};

} // namespace simmer::ui
