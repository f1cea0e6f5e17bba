// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <memory>

namespace simmer {

/// Asks the thread to quit, waits for it, deletes it; so a thread pointer can never leak a
/// running thread. Workers inside are deleted by the thread's finished() signal.
struct QuitAndWait {
    void operator()(QThread *thread) const;
};

using OwnedThread = std::unique_ptr<QThread, QuitAndWait>;

/// Starts a named thread whose event loop drives `worker`; the thread deletes the worker at its
/// end. Called, and the returned pointer destroyed, by the thread that owns the façade.
OwnedThread startThread(const QString &name, QObject *worker);

} // namespace simmer
