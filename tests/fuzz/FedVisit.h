// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/HttpVisit.h"

#include <sys/socket.h>
#include <unistd.h>

namespace simmer::fuzz {

/// A connection to the server's own HTTP and WebSockets over a pair of sockets in this process: all
/// in one thread, without the network, so that tens of thousands a second go by.
class FedVisit
{
public:
    FedVisit(syncserver::HttpResponder *responder, syncserver::Endpoint::Greeter greeter)
        : m_places({64, 64, 64, 64, 64}, [] {})
        , m_house{options(),
                  syncserver::Door({}, {}, responder != nullptr),
                  {},
                  std::move(greeter),
                  responder,
                  std::make_shared<syncserver::Mailbox>(
                      [this](auto task) { syncserver::net::post(m_context, std::move(task)); })}
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
            qFatal("no sockets");
        m_client = ends[0];
        syncserver::TcpSocket socket(m_context.get_executor());
        socket.assign(syncserver::Tcp::v4(), ends[1]);
        std::make_shared<syncserver::HttpVisit>(std::move(socket), syncserver::Peer(), m_house,
                                                m_places.enter(nullptr))
            ->begin();
        settle();
    }
    ~FedVisit() { ::close(m_client); }
    Q_DISABLE_COPY_MOVE(FedVisit)

    /// False when the server takes no more.
    bool say(const QByteArray &bytes)
    {
        for (qsizetype done = 0; done < bytes.size();) {
            const ssize_t sent = ::send(m_client, bytes.constData() + done,
                                        size_t(bytes.size() - done), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            done += sent;
            settle();
        }
        return true;
    }
    /// The client is gone: nothing may be left of its visit. All that was heard of the server.
    QByteArray hangUp()
    {
        ::shutdown(m_client, SHUT_WR);
        settle();
        ::shutdown(m_client, SHUT_RDWR);
        settle();
        m_house.mailbox->close();
        if (!m_house.visits.empty() || !m_house.open.all.empty())
            qFatal("a connection outlives its end");
        return m_heard;
    }

private:
    static syncserver::EndpointOptions options()
    {
        syncserver::EndpointOptions options;
        options.handshakeMs = options.stalledMs = 600'000; // nothing here depends on time
        return options;
    }
    void settle()
    {
        char bytes[16384];
        bool more = true;
        while (more) {
            m_context.restart();
            more = m_context.poll() > 0;
            for (ssize_t got = 0; (got = ::recv(m_client, bytes, sizeof bytes, 0)) > 0; more = true)
                m_heard.append(bytes, qsizetype(got));
        }
    }

    // What waits in the context may use the others to its end.
    syncserver::Places m_places;
    syncserver::House m_house;
    syncserver::net::io_context m_context{1};
    int m_client = -1;
    QByteArray m_heard;
};

/// The rest in pieces as a network may cut it; the first byte says how long they are.
template<class Say>
void inPieces(const QByteArray &input, Say say)
{
    const qsizetype length = input.isEmpty() || input.front() == 0
                                 ? input.size()
                                 : qsizetype(static_cast<unsigned char>(input.front()));
    for (qsizetype at = 1; at < input.size(); at += length)
        if (!say(input.mid(at, length)))
            return;
}

} // namespace simmer::fuzz
