// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Tls.h"

#include <algorithm>
#include <array>
#include <boost/asio/compose.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <vector>

namespace simmer::syncserver {

namespace net = boost::asio;
namespace beast = boost::beast;

using Tcp = net::ip::tcp;
using Executor = net::io_context::executor_type;
using TcpSocket = net::basic_stream_socket<Tcp, Executor>;

/// One connection, plain or TLS: what Beast reads from and writes to (an AsyncStream), so that
/// there is one kind of WebSocket for both. Asio's own TLS stream keeps 68 KiB a connection.
/// Network thread only.
class Line
{
public:
    using executor_type = Executor;

    explicit Line(TcpSocket socket)
        : m_inside(std::make_shared<Inside>(std::move(socket)))
    {
    }

    executor_type get_executor() noexcept { return m_inside->socket.get_executor(); }
    TcpSocket &socket() const { return m_inside->socket; }

    /// Speaks TLS from now on, which async_handshake begins.
    void secure(const TlsContext &context)
    {
        m_inside->tls.emplace(context, socket().native_handle());
    }
    bool isSecure() const { return m_inside->tls.has_value(); }
    std::optional<identity::Fingerprint> key() const
    {
        return isSecure() ? m_inside->tls->key() : std::nullopt;
    }

    /// `handler(error)`
    template<class Handler>
    void async_handshake(Handler &&handler)
    {
        start([](TlsTalk &tls, size_t &) { return tls.shakeHands(); },
              [handler = std::forward<Handler>(handler)](beast::error_code error, size_t) mutable {
                  handler(error);
              });
    }

    template<class Buffers, class Handler>
    void async_read_some(const Buffers &buffers, Handler &&handler)
    {
        if (!isSecure()) {
            socket().async_read_some(buffers, std::forward<Handler>(handler));
            return;
        }
        const net::mutable_buffer room = firstOf<net::mutable_buffer>(buffers);
        start(
            [room](TlsTalk &tls, size_t &done) {
                return room.size() == 0 ? TlsStep::Done : tls.read(room.data(), room.size(), done);
            },
            std::forward<Handler>(handler));
    }

    /// What is written while this is set waits for the next write without, which has to follow:
    /// small messages go out together, as a packet costs more than they do.
    void hold(bool holds) { m_inside->holds = holds; }
    /// Bytes that wait.
    size_t held() const { return m_inside->held ? m_inside->held->size() : 0; }

    template<class Buffers, class Handler>
    void async_write_some(const Buffers &buffers, Handler &&handler)
    {
        if (!m_inside->holds && !m_inside->held) {
            writeSome(buffers, std::forward<Handler>(handler));
            return;
        }
        keep(buffers);
        net::async_compose<Handler, void(beast::error_code, size_t)>(
            Held{m_inside, net::buffer_size(buffers)}, handler, socket());
    }

    /// Nothing more will be written.
    void sayEnd()
    {
        beast::error_code ignored;
        if (isSecure() && socket().is_open())
            m_inside->tls->sayEnd();
        socket().shutdown(TcpSocket::shutdown_send, ignored);
    }
    void close()
    {
        beast::error_code ignored;
        socket().close(ignored);
    }

private:
    struct Inside;

    explicit Line(std::shared_ptr<Inside> inside)
        : m_inside(std::move(inside))
    {
    }

    static constexpr size_t RecordBytes = 16 * 1024; // the most that a TLS record holds

    /// Small parts, such as a frame's head and its text, go out as one record.
    template<class Buffers, class Handler>
    void writeSome(const Buffers &buffers, Handler &&handler) const
    {
        if (!isSecure()) {
            socket().async_write_some(buffers, std::forward<Handler>(handler));
            return;
        }
        start(
            [buffers](TlsTalk &tls, size_t &done) {
                std::array<char, RecordBytes> record; // NOLINT: filled by the next line
                const size_t size = net::buffer_copy(net::buffer(record), buffers);
                return size == 0 ? TlsStep::Done : tls.write(record.data(), size, done);
            },
            std::forward<Handler>(handler));
    }

    template<class Buffer, class Buffers>
    static Buffer firstOf(const Buffers &buffers)
    {
        const auto end = net::buffer_sequence_end(buffers);
        const auto first = std::find_if(net::buffer_sequence_begin(buffers), end,
                                        [](const Buffer &buffer) { return buffer.size() > 0; });
        return first == end ? Buffer() : Buffer(*first);
    }

    /// Tries a step of TLS until it is through, waiting for the socket in between. As Asio wants
    /// it, `handler` is never called before this returns.
    template<class Step, class Handler>
    void start(Step step, Handler &&handler) const
    {
        net::async_compose<Handler, void(beast::error_code, size_t)>(
            Attempt<Step>{m_inside, std::move(step)}, handler, socket());
    }

    /// Lives as long as a step under way: Beast may end a stream before its pings.
    struct Inside {
        explicit Inside(TcpSocket itsSocket)
            : socket(std::move(itsSocket))
        {
        }
        TcpSocket socket;
        std::optional<TlsTalk> tls;
        std::unique_ptr<std::vector<char>> held; ///< null nearly always
        bool holds = false;
    };

    template<class Buffers>
    void keep(const Buffers &buffers) const
    {
        if (!m_inside->held)
            m_inside->held = std::make_unique<std::vector<char>>();
        const size_t before = held();
        m_inside->held->resize(before + net::buffer_size(buffers));
        net::buffer_copy(net::buffer(*m_inside->held) + before, buffers);
    }

    /// The end of a write whose bytes were kept: at once, or when all that was held is written.
    struct Held {
        std::shared_ptr<Inside> line;
        size_t size;
        std::unique_ptr<std::vector<char>> out = {};
        size_t written = 0;
        bool isFirst = true;

        template<class Self>
        void operator()(Self &self, beast::error_code error = {}, size_t some = 0)
        {
            written += some;
            if (std::exchange(isFirst, false)) {
                if (line->holds)
                    return net::post(line->socket.get_executor(), std::move(self));
                out = std::move(line->held);
            }
            const size_t whole = out ? out->size() : 0;
            if (error || written >= whole)
                return self.complete(error, error ? 0 : size);
            Line(line).writeSome(net::buffer(*out) + written, std::move(self));
        }
    };

    template<class Step>
    struct Attempt {
        std::shared_ptr<Inside> line;
        Step step;
        size_t done = 0;
        beast::error_code result = {};
        bool isFirst = true;
        bool isOver = false;

        template<class Self>
        void operator()(Self &self, beast::error_code error = {})
        {
            if (isOver)
                return self.complete(result, done);
            const TlsStep came =
                error || !line->socket.is_open() ? TlsStep::Failed : step(*line->tls, done);
            const bool wasFirst = std::exchange(isFirst, false);
            if (came == TlsStep::WaitToRead)
                return line->socket.async_wait(TcpSocket::wait_read, std::move(self));
            if (came == TlsStep::WaitToWrite)
                return line->socket.async_wait(TcpSocket::wait_write, std::move(self));
            isOver = true;
            if (came == TlsStep::Ended)
                result = net::error::eof;
            else if (came == TlsStep::Failed)
                result = error ? error : beast::error_code(net::error::connection_reset);
            if (wasFirst)
                return net::post(line->socket.get_executor(), std::move(self));
            self.complete(result, done);
        }
    };

    friend void beast_close_socket(Line &line) { line.close(); }

    std::shared_ptr<Inside> m_inside;
};

/// How a WebSocket over a Line ends: Beast finds it by its name.
template<class Handler>
void async_teardown(beast::role_type role, Line &line, Handler &&handler)
{
    line.sayEnd();
    beast::websocket::async_teardown(role, line.socket(), std::forward<Handler>(handler));
}

} // namespace simmer::syncserver
