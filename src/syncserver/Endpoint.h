// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "syncserver/Socket.h"

#include <QString>

#include <functional>
#include <memory>

namespace simmer::syncserver {

/// Where to listen, and how patient to be. Times in ms.
struct EndpointOptions {
    QString address;  ///< an IP address
    quint16 port = 0; ///< 0: any free one
    int handshakeMs = 0;
    int stalledMs = 0;
    int strangers = 0; ///< sockets that may be open without having shown a token
};

/// The network thread: accepts, answers HTTP, and runs the WebSockets, all of them in this one
/// thread. May be called from any thread.
class Endpoint
{
public:
    /// Makes the talker of a new WebSocket, in the network thread.
    using Greeter = std::function<std::unique_ptr<Talker>(Socket &)>;

    Endpoint();
    ~Endpoint();
    Q_DISABLE_COPY_MOVE(Endpoint)

    /// Listens and starts the thread; gives the port. Called once. Errors: BadArgument for a
    /// text that is no address, Refused when the system denies it.
    Expected<quint16> listen(const EndpointOptions &options, Greeter greeter);

    /// Runs `task` in the network thread, in the order of posting.
    void post(std::function<void()> task);
    /// No new visitors from now on, and nothing more is read.
    void quiesce();
    /// Waits for the sockets that were told to finish, then ends the thread.
    void stop();

private:
    class Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace simmer::syncserver
