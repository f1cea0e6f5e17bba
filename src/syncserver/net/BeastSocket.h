// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Endpoint.h"
#include "syncserver/net/Line.h"
#include "syncserver/net/Places.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <set>

namespace simmer::syncserver {

namespace http = beast::http;
namespace websocket = beast::websocket;

using Timer = net::basic_waitable_timer<std::chrono::steady_clock,
                                        net::wait_traits<std::chrono::steady_clock>, Executor>;
using Request = http::request<http::empty_body>;

class BeastSocket;

/// All open WebSockets, and what happens when the last one is gone. Network thread only.
struct OpenSockets {
    std::set<std::shared_ptr<BeastSocket>> all;
    std::function<void()> onNone;
};

/// An address as people write it; IPv4 also where it came as IPv6 (::ffff:192.0.2.1).
QString textOf(const net::ip::address &address);

/// One WebSocket: queues what is to be sent, keeps the deadlines, owns its session. Lives as long
/// as it is among the open sockets. Network thread only.
class BeastSocket final : public Socket, public std::enable_shared_from_this<BeastSocket>
{
public:
    /// `options` and `open` must outlive it.
    BeastSocket(Line line, Peer peer, const EndpointOptions &options, OpenSockets &open,
                std::unique_ptr<Place> place);

    /// Answers the upgrade; the session begins when that is through, and has to trust it before
    /// `due`.
    void accept(const Request &request, const Endpoint::Greeter &greeter,
                std::chrono::steady_clock::time_point due);
    /// Whether the other side took nothing for too long; looked at now and then. The talker is told
    /// once.
    bool isStalled(std::chrono::steady_clock::time_point now) const;
    void tellStalled();
    /// Reads nothing more.
    void quiesce() { m_deaf = true; }

    const Peer &peer() const override { return m_peer; }
    void send(Text message) override;
    qsizetype queuedBytes() const override { return m_queued; }
    void readNext(qint64 waitMs) override;
    void trust() override;
    void finish(Text lastWord) override;
    void cutOff(Text lastWord) override;

private:
    void begin(const Endpoint::Greeter &greeter, std::chrono::steady_clock::time_point due);
    void read();
    void onRead(bool failed);
    void write();
    void writeFirst();
    void onWritten(bool failed, Text message);
    void close();
    void after(std::unique_ptr<Timer> &timer, qint64 ms, void (BeastSocket::*then)());
    size_t room() const;
    void onSilent();
    void abandon();

    websocket::stream<Line, false> m_stream; // without compression
    const EndpointOptions &m_options;
    OpenSockets &m_open;
    std::unique_ptr<Place> m_place;
    Peer m_peer;
    std::unique_ptr<Timer> m_deadline; ///< for the Hello, later for the other side's goodbye
    std::chrono::steady_clock::time_point m_writingSince; ///< while m_writing
    bool m_toldStalled = false;
    std::unique_ptr<Timer> m_pause; ///< few ever push too much
    beast::flat_buffer m_in;
    QList<Text> m_out; ///< the first is being written while m_writing
    qsizetype m_queued = 0;
    bool m_writing = false;
    bool m_finishing = false;
    bool m_deaf = false;
    std::unique_ptr<Talker> m_talker;
};

} // namespace simmer::syncserver
