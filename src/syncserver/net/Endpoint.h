// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "identity/Identity.h"
#include "syncserver/net/Socket.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace simmer::syncserver {

class HttpResponder;

/// A place to listen at: an address and port, or a socket that listens already (systemd's socket
/// activation), which then is the endpoint's.
struct ListenAt {
    QString address;     ///< an IP address
    quint16 port = 0;    ///< 0: any free one
    int descriptor = -1; ///< used when ≥ 0

    bool operator==(const ListenAt &) const = default;
};

/// Where to listen, whom to let in, and how patient to be. Times in ms.
struct EndpointOptions {
    QList<ListenAt> at;
    std::optional<identity::Identity> identity; ///< with one: HTTPS and WSS only; else plain
    bool behindProxy = false; ///< a proxy with TLS stands before it: plain beyond loopback is well
    QStringList hosts;        ///< names beside localhost and the addresses listened at
    QStringList origins;      ///< web pages that may come: "https://kitchen.example"
    int handshakeMs = 0;      ///< from the first byte to a hello, or to a whole request
    int stalledMs = 0;
    int idleMs = 30'000;        ///< of a connection between two requests
    int strangers = 0;          ///< sockets that may be open without having shown a token
    int strangersNearby = 16;   ///< of these from one address (IPv6: one /64)
    int guests = 1024;          ///< connections kept open between requests
    int guestsNearby = 32;      ///< of these from one address
    int sockets = 20'000;       ///< all together; above it is answered 503
    bool countLoopback = false; ///< addresses of this machine too; for tests
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

    /// Listens and starts the thread; gives what it listens at, in the order of `options.at`.
    /// Called once. `responder`, which may be null, must outlive this. Errors: BadArgument for a
    /// text that is no address, a descriptor that is no listening TCP socket, a plain one beyond
    /// loopback without a proxy, and an unfit certificate; Refused when the system denies it.
    Expected<QList<ListenAt>> listen(const EndpointOptions &options, Greeter greeter,
                                     HttpResponder *responder = nullptr);

    /// Runs `task` in the network thread, in the order of posting.
    void post(std::function<void()> task);
    /// Says this to all WebSockets that are open now, and closes them.
    void dismissAll(Text lastWord);
    /// No new visitors from now on, and nothing more is read.
    void quiesce();
    /// Waits for the sockets that were told to finish, then ends the thread.
    void stop();

private:
    class Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace simmer::syncserver
