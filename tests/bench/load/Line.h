// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Loop.h"
#include "TlsClient.h"

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace simmer::load {

/// A TCP connection to loopback, the same for our server and its peers. Held by a shared_ptr.
class Line : public std::enable_shared_from_this<Line>
{
public:
    Line(Loop &loop, std::string name);
    virtual ~Line() = default;
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;

    /// By TLS, when it connects.
    void useTls() { m_usesTls = true; }
    /// `connected` follows. With `receiveBytes` the system keeps no more than about that much.
    void connect(std::uint16_t port, std::function<void()> connected, int receiveBytes = 0);
    void send(std::string_view bytes);
    /// From now on nothing is read any more.
    void stopReading() { m_reads = false; }
    void close();
    bool isOpen() const { return m_socket.is_open(); }

protected:
    /// Takes whole messages from the front of `bytes` and leaves the rest.
    virtual void take(std::string_view &bytes) = 0;
    /// The other side ended it, or an error did. Failure unless something else is said here.
    virtual void lost(const std::string &why) { fail(why); }
    [[noreturn]] void fail(const std::string &why) const;

private:
    void begin(const std::function<void()> &connected);
    void shakeHands(const std::function<void()> &connected);
    void read();
    void readTls();
    void makeRoom();
    void gather(size_t size);
    std::optional<size_t> put(std::string_view bytes);
    void write();

    net::ip::tcp::socket m_socket;
    std::string m_name;
    std::string m_in; ///< its first m_filled bytes wait to be taken
    size_t m_filled = 0;
    std::string m_out; ///< what the system did not take at once
    bool m_writing = false;
    bool m_reads = true;
    bool m_usesTls = false;
    std::unique_ptr<TlsClient> m_tls;
};

} // namespace simmer::load
