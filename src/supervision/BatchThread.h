// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "base/OwnedThread.h"

#include <atomic>
#include <functional>

namespace simmer::supervision {

/// The thread of a WriteBuffer: calls `write` some time after the first row came, when it is
/// roused, and again after a failure. All but the constructor and destructor from any thread but
/// its own.
class BatchThread
{
public:
    /// Writes what there is. Runs in the thread; must not throw.
    using Write = std::function<Outcome()>;

    /// `clock` must outlive it.
    BatchThread(const Clock &clock, const QString &name, qint64 everyMs, Write write);
    ~BatchThread();
    Q_DISABLE_COPY_MOVE(BatchThread)

    /// There is something to write, within `everyMs`.
    void announce();
    /// There is much: at once.
    void rouse();
    /// Writes at once and waits for it.
    Outcome flush();

private:
    class Writer;

    Writer *m_writer; ///< owned by m_thread
    std::atomic<bool> m_roused = false;
    OwnedThread m_thread;
};

} // namespace simmer::supervision
