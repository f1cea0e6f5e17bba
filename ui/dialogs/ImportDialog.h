// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialogs/ImportJob.h"
#include "recipes/RecipeBook.h"

#include <QDialog>
#include <QSet>

class QListWidget;
class QProgressBar;
class QPushButton;

namespace simmer::ui {

class InkLabel;

/// Imports files with progress and cancel. Each file that fails is listed with its reason, the
/// others still come; without any trouble it closes by itself. GUI thread.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(const QStringList &files, recipes::RecipeBook &book, QWidget *parent = nullptr);

Q_SIGNALS:
    /// All that was read is durable; `first` is a recipe to open, null when none came in.
    void imported(const simmer::RecipeId &first, int count);

private:
    void showProgress(int number, const QString &file);
    void take(const QList<recipes::Recipe> &recipes);
    void list(const QString &name, const QString &trouble);
    void settled(const RecipeId &recipe);
    void concludeIfDone();

    recipes::RecipeBook &m_book;
    ImportJob m_job;
    bool m_allRead = false;
    bool m_concluded = false;
    QSet<RecipeId> m_saving;
    RecipeId m_first;
    int m_saved = 0;
    int m_failed = 0;
    InkLabel *m_headline;
    InkLabel *m_current;
    QProgressBar *m_progress;
    QListWidget *m_troubles;
    QPushButton *m_button;
};

} // namespace simmer::ui
