// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/Endpoint.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <deque>
#include <set>

namespace simmer::syncserver {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

using Tcp = net::ip::tcp;
using Executor = net::io_context::executor_type;
using TcpStream = beast::basic_stream<Tcp, Executor>;
using Timer = net::basic_waitable_timer<std::chrono::steady_clock,
                                        net::wait_traits<std::chrono::steady_clock>, Executor>;
using Request = http::request<http::empty_body>;

class BeastSocket;

/// All open WebSockets, and what happens when the last one is gone. Network thread only.
struct OpenSockets {
    std::set<std::shared_ptr<BeastSocket>> all;
    std::function<void()> onNone;
};

/// Held by a connection that has not shown a token yet; released, it makes room for the next.
using StrangersPlace = std::shared_ptr<void>;

/// One WebSocket: queues what is to be sent, keeps the deadlines, owns its session. Lives as long
/// as it is among the open sockets. Network thread only.
class BeastSocket final : public Socket, public std::enable_shared_from_this<BeastSocket>
{
public:
    BeastSocket(TcpStream stream, const EndpointOptions &options, OpenSockets &open,
                StrangersPlace place);

    /// Answers the upgrade; the session begins when that is through.
    void accept(const Request &request, const Endpoint::Greeter &greeter);
    /// Reads nothing more.
    void quiesce() { m_deaf = true; }

    void send(Text message) override;
    qsizetype queuedBytes() const override { return m_queued; }
    void readNext(qint64 waitMs) override;
    void trust() override;
    void finish(Text lastWord) override;
    void cutOff(Text lastWord) override;

private:
    void begin(const Endpoint::Greeter &greeter);
    void read();
    void onRead(bool failed);
    void write();
    void onWritten(bool failed, Text message);
    void close();
    void after(Timer &timer, qint64 ms, void (BeastSocket::*then)());
    void onSilent();
    void onStalled();
    void abandon();

    websocket::stream<TcpStream> m_stream;
    EndpointOptions m_options;
    OpenSockets &m_open;
    StrangersPlace m_place;
    Timer m_deadline; ///< for the Hello, later for the other side's goodbye
    Timer m_stall;
    Timer m_pause;
    beast::flat_buffer m_in;
    std::deque<Text> m_out; ///< the first is being written while m_writing
    qsizetype m_queued = 0;
    bool m_writing = false;
    bool m_finishing = false;
    bool m_deaf = false;
    std::unique_ptr<Talker> m_talker;
};

} // namespace simmer::syncserver
