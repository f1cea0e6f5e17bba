// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <functional>
#include <memory>

namespace simmer {

/// Lets the worker finish what was asked of it, then ends its thread, waits, and deletes both; so
/// a thread pointer can never leak a running thread nor lose a command already given.
struct QuitAndWait {
    void operator()(QThread *thread) const;
};

using OwnedThread = std::unique_ptr<QThread, QuitAndWait>;

/// Starts a named thread whose event loop drives `worker`; the thread deletes the worker at its
/// end. When this returns the loop has its file descriptors: a process that runs out of them later
/// ends no thread of ours. `first` runs in the thread before anything else. Called, and the
/// returned pointer destroyed, by the thread that owns the façade.
OwnedThread startThread(const QString &name, QObject *worker, std::function<void()> first = {});

} // namespace simmer
