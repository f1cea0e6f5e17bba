// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "recipes/Recipe.h"
#include "supervision/TaskRunner.h"

#include <QHash>
#include <QObject>
#include <QStringList>

namespace simmer::ui {

/// Reads recipe files one after another in a thread of their own, so that a hostile file neither
/// holds the window nor ends the program: what its reading throws is that file's trouble. Lives in
/// its owner's thread; signals arrive there. Deleting it cancels it, and waits for the file that is
/// being read.
class ImportJob : public QObject
{
    Q_OBJECT

public:
    explicit ImportJob(const QStringList &files, QObject *parent = nullptr);
    ~ImportJob() override;

    /// Begins; called when everybody has connected.
    void start();
    /// No further file is read; finished() follows.
    void cancel();

Q_SIGNALS:
    /// The n-th file (from 1) is begun.
    void reading(int number, const QString &file);
    void fileRead(const QString &file, const QList<simmer::recipes::Recipe> &recipes);
    void fileFailed(const QString &file, const simmer::Error &error);
    void finished();

private:
    void over(const supervision::TaskId &task);

    const QStringList m_files;
    QHash<supervision::TaskId, QString> m_open; ///< files that are not read yet
    int m_begun = 0;
    supervision::TaskRunner m_runner; ///< last: its jobs use what stands above
};

} // namespace simmer::ui
