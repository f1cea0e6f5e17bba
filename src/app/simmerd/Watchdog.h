// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/Systemd.h"
#include "base/Clock.h"
#include "syncserver/SyncServer.h"

namespace simmer::app {

/// Tells systemd that the server lives, as long as all its threads answer: one that hangs is
/// started anew. Lives in the main thread.
class Watchdog : public QObject
{
public:
    /// All must outlive it. Silent when systemd does not want it.
    Watchdog(const Clock &clock, const Systemd &systemd, syncserver::SyncServer &server);

private:
    void look();

    const Systemd &m_systemd;
    syncserver::SyncServer &m_server;
    Alarm *m_alarm;
    bool m_waiting = false; ///< for the answer to the last question
};

} // namespace simmer::app
