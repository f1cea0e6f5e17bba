// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "WireDevice.h"
#include "fakes/ManualClock.h"
#include "syncserver/SyncServer.h"

#include <QTemporaryDir>
#include <QTest>

namespace simmer::tests {

/// A real server on a free port with a clock that the test holds, and devices that join it.
class ServerTest : public QObject
{
    Q_OBJECT

protected:
    void startFresh();
    void startServer();
    void stopServer() { m_server.reset(); }

    /// A new one-time code; empty when there was none.
    QString invite();
    /// Of a new program in the kitchen; empty when there was none.
    QByteArray token(Role role = Role::Cook);
    /// Joined and connected; `device.bye()` tells when that failed.
    void join(WireDevice &device);
    void reconnect(WireDevice &device);
    /// Pushes and waits for the ack.
    timers::Op pushed(WireDevice &device, const timers::Action &action = timers::Pause{});
    /// What the server goes by, unless a test has another.
    virtual const Clock &clock() const { return m_clock; }
    qint64 now() const { return clock().wallMs(); }
    /// The newest list of the kitchen's devices, which comes some time after the one before: asked
    /// again and again, it will come.
    QList<protocol::Device> listHeardBy(const WireDevice &device);

    fakes::ManualClock m_clock;
    syncserver::ServerOptions m_options;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<syncserver::SyncServer> m_server;
    QUrl m_url;
};

/// A recipe of about so many bytes.
timers::WriteRecipe bigRecipe(qsizetype bytes);

} // namespace simmer::tests
