// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace simmer::app {

/// What systemd told this process by its environment when it started it: where to say how we are
/// (sd_notify(3)), how often (sd_watchdog_enabled(3)), and the sockets that it opened for us
/// (sd_listen_fds(3)). The protocols are small, so no library is needed. Without systemd it is
/// silent.
class Systemd
{
public:
    /// Reads the variables and takes them out of the environment; the sockets are closed on exec.
    static Systemd fromEnvironment();

    /// "READY=1", "STATUS=…", lines of that kind. What can't be said is lost.
    void say(const QByteArray &lines) const;
    /// Within which it wants to hear WATCHDOG=1, ms; 0: not at all.
    int watchdogMs() const { return m_watchdogMs; }
    /// Listening sockets, now ours.
    const QList<int> &descriptors() const { return m_descriptors; }

private:
    QByteArray m_address; ///< a path, or "@name" of an abstract socket
    int m_watchdogMs = 0;
    QList<int> m_descriptors;
};

} // namespace simmer::app
