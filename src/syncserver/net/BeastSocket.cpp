// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/BeastSocket.h"

#include "protocol/Limits.h"
#include "syncserver/net/HttpMessage.h"

namespace simmer::syncserver {

namespace {

constexpr size_t FrameBytes = 64 * 1024; // DESIGN, section 6
constexpr size_t KeptBuffer = 1024;      // what a quiet socket may keep in memory
constexpr size_t QuietBytes = 64;        // of a message: a ping
constexpr size_t FirstBytes = 640;       // of a message: a press; who pressed keeps room for it
constexpr size_t HeldBytes = 4096;       // of messages that go out together
constexpr int ClosingMs = 1000;          // for the other side's goodbye
constexpr std::chrono::seconds IdleTimeout(30); // a vanished device is pinged, then dropped

} // namespace

QString textOf(const net::ip::address &address)
{
    const bool isMapped = address.is_v6() && address.to_v6().is_v4_mapped();
    const std::string text =
        isMapped ? net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string()
                 : address.to_string();
    return QString::fromStdString(text);
}

BeastSocket::BeastSocket(Line line, Peer peer, const EndpointOptions &options, OpenSockets &open,
                         std::unique_ptr<Place> place)
    : m_stream(std::move(line))
    , m_options(options)
    , m_open(open)
    , m_place(std::move(place))
    , m_peer(std::move(peer))
{
}

void BeastSocket::accept(const Request &request, const Endpoint::Greeter &greeter,
                         std::chrono::steady_clock::time_point due)
{
    m_open.all.insert(shared_from_this());
    websocket::stream_base::timeout limits;
    limits.handshake_timeout = std::chrono::milliseconds(m_options.handshakeMs);
    limits.idle_timeout = IdleTimeout;
    limits.keep_alive_pings = true;
    m_stream.set_option(limits);
    m_stream.set_option(websocket::stream_base::decorator([](websocket::response_type &answer) {
        secureHeaders(answer);
        answer.set(http::field::server, "Simmer"); // or Beast names itself
    }));
    m_stream.read_message_max(size_t(protocol::limits::MessageBytes));
    m_stream.write_buffer_bytes(FrameBytes);
    m_stream.text(true);
    m_stream.async_accept(request,
                          [self = shared_from_this(), &greeter, due](beast::error_code error) {
                              if (error || self->m_deaf)
                                  self->abandon();
                              else
                                  self->begin(greeter, due);
                          });
}

void BeastSocket::begin(const Endpoint::Greeter &greeter, std::chrono::steady_clock::time_point due)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        due - std::chrono::steady_clock::now());
    after(m_deadline, std::clamp<qint64>(left.count(), 0, m_options.handshakeMs),
          &BeastSocket::onSilent);
    m_talker = greeter(*this);
}

void BeastSocket::after(std::unique_ptr<Timer> &timer, qint64 ms, void (BeastSocket::*then)())
{
    if (!timer)
        timer = std::make_unique<Timer>(m_stream.get_executor());
    timer->expires_after(std::chrono::milliseconds(ms));
    timer->async_wait([weak = weak_from_this(), then](beast::error_code error) {
        const auto self = weak.lock();
        if (self && !error)
            ((*self).*then)();
    });
}

void BeastSocket::trust()
{
    m_deadline.reset();
    m_in.shrink_to_fit(); // the hello's room
    m_place->becomeKnown();
}

void BeastSocket::onSilent()
{
    m_talker->silent();
}

bool BeastSocket::isStalled(std::chrono::steady_clock::time_point now) const
{
    return m_writing && !m_finishing && !m_toldStalled &&
           now - m_writingSince >= std::chrono::milliseconds(m_options.stalledMs);
}

void BeastSocket::tellStalled()
{
    m_toldStalled = true;
    m_talker->stalled();
}

void BeastSocket::readNext(qint64 waitMs)
{
    if (waitMs <= 0)
        return read();
    after(m_pause, waitMs, &BeastSocket::read);
}

/// Kept for what may come: many a screen says nothing after its hello.
size_t BeastSocket::room() const
{
    if (m_in.size() > 0)
        return FrameBytes;
    return m_deadline || m_in.capacity() > QuietBytes ? FirstBytes : QuietBytes;
}

void BeastSocket::read()
{
    if (m_deaf || m_finishing)
        return;
    m_stream.async_read_some(m_in, room(),
                             [self = shared_from_this()](beast::error_code error, size_t) {
                                 self->onRead(bool(error));
                             });
}

void BeastSocket::onRead(bool failed)
{
    if (failed) {
        abandon();
        return;
    }
    if (!m_stream.is_message_done()) {
        read();
        return;
    }
    const QByteArray message(static_cast<const char *>(m_in.cdata().data()),
                             qsizetype(m_in.size()));
    m_in.consume(m_in.size());
    if (m_in.capacity() > KeptBuffer)
        m_in.shrink_to_fit();
    if (!m_deaf && !m_finishing)
        m_talker->received(message, m_stream.got_text());
}

void BeastSocket::send(Text message)
{
    if (m_finishing)
        return;
    m_queued += message->size();
    m_out += std::move(message);
    write();
}

/// Soon: what else is said in this moment goes out together with it.
void BeastSocket::write()
{
    if (m_writing)
        return;
    m_writing = true;
    m_writingSince = std::chrono::steady_clock::now();
    net::post(m_stream.get_executor(), [self = shared_from_this()] { self->writeFirst(); });
}

void BeastSocket::writeFirst()
{
    const Text message = m_out.first();
    Line &line = m_stream.next_layer();
    line.hold(m_out.size() > 1 && line.held() + size_t(message->size()) <= HeldBytes);
    m_stream.async_write(net::buffer(message->constData(), size_t(message->size())),
                         [self = shared_from_this(), message](beast::error_code error, size_t) {
                             self->onWritten(bool(error), message);
                         });
}

void BeastSocket::onWritten(bool failed, Text message)
{
    m_writing = false;
    if (failed) {
        abandon();
        return;
    }
    m_out.removeFirst();
    m_queued -= message->size();
    if (m_finishing && m_out.isEmpty()) {
        close();
        return;
    }
    if (m_out.isEmpty()) {
        m_out = {}; // also its room, which may be that of a thousand
    } else {
        m_writing = true;
        m_writingSince = std::chrono::steady_clock::now();
        writeFirst();
    }
    if (!m_finishing)
        m_talker->tookOne(message->size());
}

void BeastSocket::finish(Text lastWord)
{
    send(std::move(lastWord));
    m_finishing = true;
    after(m_deadline, ClosingMs, &BeastSocket::abandon);
}

void BeastSocket::cutOff(Text lastWord)
{
    while (m_out.size() > (m_writing ? 1 : 0)) {
        m_queued -= m_out.last()->size();
        m_out.removeLast();
    }
    finish(std::move(lastWord));
}

void BeastSocket::close()
{
    m_stream.async_close(websocket::close_code::normal,
                         [self = shared_from_this()](beast::error_code) { self->abandon(); });
}

/// Ends the connection; this object goes with the last of its pending operations.
void BeastSocket::abandon()
{
    m_finishing = true;
    m_deadline.reset();
    m_pause.reset();
    beast::get_lowest_layer(m_stream).close();
    if (m_open.all.erase(shared_from_this()) > 0 && m_open.all.empty() && m_open.onNone)
        m_open.onNone();
}

} // namespace simmer::syncserver
