// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Watchdog.h"

#include <QPointer>

namespace simmer::app {

Watchdog::Watchdog(const Clock &clock, const Systemd &systemd, syncserver::SyncServer &server)
    : m_systemd(systemd)
    , m_server(server)
    , m_alarm(clock.makeAlarm(this))
{
    connect(m_alarm, &Alarm::rang, this, &Watchdog::look);
    if (systemd.watchdogMs() > 0)
        look();
}

void Watchdog::look()
{
    m_alarm->set(m_systemd.watchdogMs() / 3);
    if (std::exchange(m_waiting, true))
        return;
    m_server.probe([self = QPointer<Watchdog>(this)] {
        if (!self)
            return;
        self->m_waiting = false;
        self->m_systemd.say("WATCHDOG=1");
    });
}

} // namespace simmer::app
