// SPDX-License-Identifier: GPL-3.0-or-later
#include "Line.h"

#include <cstring>

namespace simmer::load {

namespace {

constexpr size_t LeastRoom = 1024;

} // namespace

Line::Line(Loop &loop, std::string name)
    : m_socket(loop.context())
    , m_name(std::move(name))
{
}

void Line::fail(const std::string &why) const
{
    throw Failure(m_name + ": " + why);
}

void Line::connect(std::uint16_t port, std::function<void()> connected, int receiveBytes)
{
    m_socket.open(net::ip::tcp::v4());
    if (receiveBytes > 0)
        m_socket.set_option(net::socket_base::receive_buffer_size(receiveBytes));
    m_socket.set_option(net::ip::tcp::no_delay(true));
    m_socket.async_connect(
        {net::ip::address_v4::loopback(), port},
        [weak = weak_from_this(), then = std::move(connected)](boost::system::error_code error) {
            const auto self = weak.lock();
            if (!self || error == net::error::operation_aborted)
                return;
            if (error) {
                self->lost(error.message());
                return;
            }
            self->m_socket.non_blocking(true);
            self->begin(then);
        });
}

void Line::begin(const std::function<void()> &connected)
{
    if (m_usesTls) {
        m_tls = std::make_unique<TlsClient>(m_socket.native_handle());
        shakeHands(connected);
        return;
    }
    connected();
    read();
}

void Line::shakeHands(const std::function<void()> &connected)
{
    const TlsClient::Wants wants = m_tls->shakeHands();
    if (wants == TlsClient::Wants::Nothing) {
        connected();
        readTls();
        return;
    }
    m_socket.async_wait(wants == TlsClient::Wants::ToRead ? net::ip::tcp::socket::wait_read
                                                          : net::ip::tcp::socket::wait_write,
                        [weak = weak_from_this(), connected](boost::system::error_code error) {
                            if (const auto self = weak.lock(); self && !error)
                                self->shakeHands(connected);
                        });
}

/// All that is there, for the socket does not tell again of what OpenSSL has taken already.
void Line::readTls()
{
    while (m_reads && m_socket.is_open()) {
        makeRoom();
        const auto size = m_tls->read(m_in.data() + m_filled, m_in.size() - m_filled);
        if (!size)
            return lost("TLS is over");
        if (*size == 0)
            break;
        gather(*size);
    }
    if (!m_reads || !m_socket.is_open())
        return;
    m_socket.async_wait(net::ip::tcp::socket::wait_read,
                        [weak = weak_from_this()](boost::system::error_code error) {
                            if (const auto self = weak.lock(); self && !error)
                                self->readTls();
                        });
}

void Line::read()
{
    if (!m_reads || !m_socket.is_open())
        return;
    makeRoom();
    m_socket.async_read_some(
        net::buffer(m_in.data() + m_filled, m_in.size() - m_filled),
        [weak = weak_from_this()](boost::system::error_code error, size_t size) {
            const auto self = weak.lock();
            if (!self || error == net::error::operation_aborted)
                return;
            if (error) {
                self->lost(error.message());
                return;
            }
            self->gather(size);
            self->read();
        });
}

void Line::makeRoom()
{
    if (m_in.size() - m_filled < LeastRoom)
        m_in.resize(m_filled + std::max(LeastRoom, m_in.size()));
}

void Line::gather(size_t size)
{
    m_filled += size;
    std::string_view bytes(m_in.data(), m_filled);
    take(bytes);
    if (bytes.size() < m_filled && !bytes.empty())
        std::memmove(m_in.data(), bytes.data(), bytes.size());
    m_filled = bytes.size();
}

/// What the system takes at once needs no queue.
void Line::send(std::string_view bytes)
{
    if (!m_out.empty()) {
        m_out.append(bytes);
        return;
    }
    const std::optional<size_t> sent = put(bytes);
    if (!sent)
        return;
    m_out.append(bytes.substr(*sent));
    write();
}

/// As much as the system takes; nothing when the connection is over, which was told.
std::optional<size_t> Line::put(std::string_view bytes)
{
    if (m_tls) {
        const std::optional<size_t> sent = m_tls->write(bytes);
        if (!sent)
            lost("TLS is over");
        return sent;
    }
    boost::system::error_code error;
    const size_t sent = m_socket.write_some(net::buffer(bytes.data(), bytes.size()), error);
    if (error && error != net::error::would_block) {
        lost(error.message());
        return std::nullopt;
    }
    return error ? 0 : sent;
}

void Line::write()
{
    if (m_writing || m_out.empty())
        return;
    m_writing = true;
    m_socket.async_wait(net::ip::tcp::socket::wait_write,
                        [weak = weak_from_this()](boost::system::error_code error) {
                            const auto self = weak.lock();
                            if (!self || error)
                                return;
                            self->m_writing = false;
                            const std::string waiting = std::exchange(self->m_out, {});
                            self->send(waiting);
                        });
}

void Line::close()
{
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

} // namespace simmer::load
