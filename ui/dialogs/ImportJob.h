// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "base/OwnedThread.h"
#include "recipes/Recipe.h"

#include <QObject>
#include <QStringList>

#include <atomic>
#include <memory>

namespace simmer::ui {

/// Reads recipe files one after another in a thread of its own, so that a hostile file never holds
/// the window. Lives in its owner's thread; signals arrive there. Deleting it cancels it, and waits
/// for the file that is being read.
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
    QStringList m_files;
    std::shared_ptr<std::atomic_bool> m_cancelled;
    QObject *m_reader; ///< owned by m_thread
    OwnedThread m_thread;
};

} // namespace simmer::ui
