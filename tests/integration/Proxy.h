// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"

#include <QObject>
#include <QUrl>

#include <atomic>
#include <limits>

namespace simmer::fakes {

/// A bad line between devices and server: delays what passes, stalls it, or cuts it. Works in a
/// thread of its own; its functions may be called from any.
class Proxy
{
public:
    static constexpr qint64 Unlimited = std::numeric_limits<qint64>::max(); ///< bytes

    /// Listens on a free port of loopback and passes everything on to `server`.
    explicit Proxy(const QUrl &server);
    ~Proxy();
    Q_DISABLE_COPY_MOVE(Proxy)

    /// For devices, instead of the server's own.
    QUrl url() const { return m_url; }
    /// Each way, ms: `delay`, and up to `jitter` more or less.
    void setDelay(int delay, int jitter);
    /// Nothing passes for so long; what was sent arrives afterwards.
    void stall(int ms);
    /// No more than so many bytes of devices, or of the server, pass in all (sentUp(), sentDown());
    /// the rest waits at its sender until more may.
    void setMostUp(qint64 bytes);
    void setMostDown(qint64 bytes);
    /// All connections end.
    void cut();
    /// Bytes that devices sent through it, and that the server sent.
    qint64 sentUp() const { return m_sentUp; }
    qint64 sentDown() const { return m_sentDown; }

private:
    class Line;
    class Worker;

    QUrl m_url;
    std::atomic<int> m_delay = 0;
    std::atomic<int> m_jitter = 0;
    std::atomic<qint64> m_stalledUntil = 0; ///< of the proxy's own clock
    std::atomic<qint64> m_sentUp = 0;
    std::atomic<qint64> m_sentDown = 0;
    std::atomic<qint64> m_mostUp = Unlimited;
    std::atomic<qint64> m_mostDown = Unlimited;
    Worker *m_worker = nullptr; ///< owned by m_thread
    OwnedThread m_thread;
};

} // namespace simmer::fakes
