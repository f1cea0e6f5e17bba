// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/HttpVisit.h"

#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace simmer::syncserver {

namespace {

constexpr std::uint32_t HeaderBytes = 8 * 1024;
constexpr size_t BodyBytes = 64 * 1024;     // the contract of HttpRequest
constexpr size_t KeptBuffer = 4 * 1024;     // what may stay between two requests
constexpr size_t DrainedBytes = 256 * 1024; // read from one who was answered before it was done
constexpr int AnswerMs = 30'000;            // the contract of HttpResponder
constexpr int LeaveMs = 1000;               // for the other side to take the answer and close
constexpr unsigned char TlsHandshake = 22;  // RFC 8446, section 5.1: the first byte of TLS

const std::string_view Continue = "HTTP/1.1 100 Continue\r\n\r\n";

bool isContinueAwaited(const RequestHead &head)
{
    return beast::iequals(head[http::field::expect], "100-continue");
}

} // namespace

HttpVisit::HttpVisit(TcpSocket socket, const Peer &peer, House &house, std::unique_ptr<Place> place)
    : m_house(house)
    , m_line(std::move(socket))
    , m_peer(peer)
    , m_place(std::move(place))
    , m_timer(m_line.get_executor())
    , m_in(HeaderBytes + BodyBytes)
{
    beast::error_code gone;
    const auto local = m_line.socket().local_endpoint(gone);
    if (!gone)
        m_address = textOf(local.address());
    m_house.visits.insert(this);
}

HttpVisit::~HttpVisit()
{
    m_house.visits.erase(this);
    if (m_gauge)
        m_gauge->isOpen = false;
}

void HttpVisit::begin()
{
    m_due =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(m_house.options.handshakeMs);
    within(m_house.options.handshakeMs);
    if (m_house.tls)
        listenForTls();
    else
        readHead();
}

void HttpVisit::within(int ms)
{
    m_timer.expires_after(std::chrono::milliseconds(ms));
    m_timer.async_wait([self = shared_from_this(), wait = ++m_wait](beast::error_code error) {
        if (!error && wait == self->m_wait)
            self->onLate();
    });
}

void HttpVisit::onLate()
{
    switch (m_stage) {
    case Stage::Reading:
        if (!m_hasHead)
            return close();
        m_line.socket().cancel();
        return refuse(408);
    case Stage::Asking:
        return refuse(503);
    case Stage::Answering:
    case Stage::Streaming:
    case Stage::Leaving:
        return close();
    }
}

/// What is under way ends by it, and this object with that.
void HttpVisit::close()
{
    m_stage = Stage::Leaving;
    ++m_wait;
    m_timer.cancel();
    m_line.close();
    if (m_gauge)
        m_gauge->isOpen = false;
}

void HttpVisit::quiesce()
{
    if (m_stage == Stage::Reading)
        close();
    else if (m_stage == Stage::Streaming)
        takeEnd();
}

/// Who speaks plain HTTP to this port is told so, instead of waiting for an end that is no answer.
void HttpVisit::listenForTls()
{
    m_line.socket().async_wait(TcpSocket::wait_read,
                               [self = shared_from_this()](beast::error_code error) {
                                   if (error)
                                       self->close();
                                   else
                                       self->onTlsOrNot();
                               });
}

void HttpVisit::onTlsOrNot()
{
    unsigned char first = 0;
    beast::error_code error;
    m_line.socket().receive(net::buffer(&first, 1), TcpSocket::message_peek, error);
    if (error)
        return close();
    if (first != TlsHandshake)
        return send({400, "text/plain", "this port speaks TLS: https:// or wss://\n", {}}, false);
    m_line.secure(*m_house.tls);
    m_line.async_handshake([self = shared_from_this()](beast::error_code failed) {
        if (failed)
            return self->leave(); // OpenSSL has said why
        self->m_peer.isSecure = true;
        self->m_peer.key = self->m_line.key();
        self->readHead();
    });
}

void HttpVisit::readHead()
{
    m_stage = Stage::Reading;
    m_hasHead = false;
    m_parser.emplace();
    m_parser->header_limit(HeaderBytes);
    m_parser->body_limit(BodyBytes);
    http::async_read_header(
        m_line, m_in, *m_parser,
        [self = shared_from_this()](beast::error_code error, size_t) { self->onHead(error); });
}

void HttpVisit::onHead(beast::error_code error)
{
    if (m_stage != Stage::Reading)
        return;
    if (error) {
        const bool isTls = m_in.size() > 0 &&
                           *static_cast<const unsigned char *>(m_in.data().data()) == TlsHandshake;
        const int status = statusOf(error);
        return isTls ? leave() : status > 0 ? refuse(status) : close();
    }
    m_hasHead = true;
    if (m_place->isBeyond())
        return refuse(503);
    switch (m_house.door.answer(visitorOf(m_parser->get()), m_address)) {
    case Answer::Sync: // nobody may say more before the answer (RFC 6455, section 4.1)
        return m_in.size() > 0 ? refuse(400) : upgrade();
    case Answer::Healthy:
        return send({200, "text/plain", "ok\n", {}}, false);
    case Answer::Ask:
        return readBody();
    case Answer::Unknown:
        return refuse(404);
    case Answer::Forbidden:
        return refuse(403);
    }
}

/// The body's own deadline begins.
void HttpVisit::readBody()
{
    within(m_house.options.handshakeMs);
    if (m_parser->is_done())
        return ask();
    const auto read = [self = shared_from_this()](beast::error_code, size_t) {
        if (self->m_stage != Stage::Reading)
            return; // it took no Continue in time, and was told so: the buffer is another's
        http::async_read(self->m_line, self->m_in, *self->m_parser,
                         [self](beast::error_code error, size_t) { self->onBody(error); });
    };
    if (isContinueAwaited(m_parser->get()))
        net::async_write(m_line, net::buffer(Continue), read);
    else
        read({}, 0);
}

void HttpVisit::onBody(beast::error_code error)
{
    if (m_stage != Stage::Reading)
        return;
    if (!error)
        return ask();
    const int status = statusOf(error);
    return status > 0 ? refuse(status) : close();
}

/// From here the WebSocket has its own deadlines, and this object ends.
void HttpVisit::upgrade()
{
    m_stage = Stage::Leaving;
    ++m_wait;
    m_timer.cancel();
    Request request;
    request.base() = m_parser->get().base();
    std::make_shared<BeastSocket>(std::move(m_line), std::move(m_peer), m_house.options,
                                  m_house.open, std::move(m_place))
        ->accept(request, m_house.greeter, m_due);
}

void HttpVisit::ask()
{
    m_stage = Stage::Asking;
    within(AnswerMs);
    const std::weak_ptr<HttpVisit> weak = weak_from_this();
    const auto mailbox = m_house.mailbox;
    const int number = ++m_request;
    m_house.responder->answer(
        requestOf(m_parser->get(), m_peer),
        [weak, mailbox, number](HttpAnswer answer) {
            mailbox->put([weak, number, answer = std::move(answer)] {
                if (const auto self = weak.lock())
                    self->answered(number, answer);
            });
        },
        [weak, mailbox, number](HttpAnswer head) -> std::shared_ptr<HttpStream> {
            const auto gauge = std::make_shared<HttpFlow::Gauge>();
            gauge->isOpen = mailbox->put([weak, number, gauge, head = std::move(head)] {
                if (const auto self = weak.lock())
                    self->opened(number, head, gauge);
                else
                    gauge->isOpen = false;
            });
            return std::make_shared<HttpFlow>(mailbox, weak, gauge);
        });
}

void HttpVisit::answered(int request, const HttpAnswer &answer)
{
    if (m_stage == Stage::Asking && request == m_request)
        send(answer, true);
}

void HttpVisit::refuse(int status)
{
    send(plainAnswer(status), false);
}

bool HttpVisit::isHead() const
{
    return m_parser && m_parser->get().method() == http::verb::head;
}

void HttpVisit::send(const HttpAnswer &answer, bool mayStay)
{
    m_stage = Stage::Answering;
    within(m_house.options.stalledMs);
    m_answer = answer;
    m_response = responseOf(m_answer, mayStay ? m_parser->get().version() : 11);
    if (isHead())
        m_response.body() = {};
    m_response.keep_alive(mayStay && !m_house.isQuiet && answer.status < 400 &&
                          m_parser->keep_alive() && m_place->becomeGuest());
    http::async_write(m_line, m_response,
                      [self = shared_from_this()](beast::error_code error, size_t) {
                          self->onSent(bool(error));
                      });
}

void HttpVisit::onSent(bool failed)
{
    if (m_stage != Stage::Answering)
        return;
    if (failed)
        return close();
    if (!m_response.keep_alive() || m_house.isQuiet)
        return leave();
    m_answer = {};
    if (m_in.capacity() > KeptBuffer)
        m_in.shrink_to_fit();
    m_due = std::chrono::steady_clock::now() +
            std::chrono::milliseconds(m_house.options.idleMs + m_house.options.handshakeMs);
    within(m_house.options.idleMs);
    readHead();
}

void HttpVisit::opened(int request, const HttpAnswer &head, std::shared_ptr<HttpFlow::Gauge> gauge)
{
    if (m_stage != Stage::Asking || request != m_request || isHead() || m_house.isQuiet) {
        gauge->isOpen = false;
        return answered(request, head);
    }
    m_place->becomeKnown();
    m_stage = Stage::Streaming;
    m_gauge = std::move(gauge);
    m_response = responseOf({head.status, head.type, {}, head.headers}, m_parser->get().version());
    m_response.content_length(boost::none);
    m_response.chunked(m_response.version() >= 11);
    m_response.keep_alive(false);
    m_serializer.emplace(m_response);
    m_pouring = "head";
    within(m_house.options.stalledMs);
    http::async_write_header(m_line, *m_serializer,
                             [self = shared_from_this()](beast::error_code error, size_t) {
                                 self->onPoured(bool(error), 0);
                             });
    watchReader();
}

/// Notices that the reader left, also when nothing is written.
void HttpVisit::watchReader()
{
    m_line.async_read_some(net::buffer(m_unasked),
                           [self = shared_from_this()](beast::error_code error, size_t) {
                               if (self->m_stage != Stage::Streaming)
                                   return;
                               if (error)
                                   self->close();
                               else
                                   self->watchReader();
                           });
}

void HttpVisit::takeMore(const QByteArray &bytes)
{
    if (m_stage != Stage::Streaming)
        return;
    m_waiting += bytes;
    pour();
}

void HttpVisit::takeEnd()
{
    if (m_stage != Stage::Streaming)
        return;
    m_gauge->isOpen = false;
    m_isEnding = true;
    pour();
}

void HttpVisit::drop()
{
    close();
}

/// All that waits goes out as one chunk (RFC 9112, section 7.1), the end as an empty one.
void HttpVisit::pour()
{
    if (!m_pouring.isEmpty() || (m_waiting.isEmpty() && !m_isEnding))
        return;
    const qsizetype bytes = m_waiting.size();
    const bool isChunked = m_response.chunked();
    if (bytes == 0 && !isChunked)
        return leave();
    m_pouring = isChunked ? QByteArray::number(bytes, 16) + "\r\n" + m_waiting + "\r\n" : m_waiting;
    m_waiting.clear();
    within(m_house.options.stalledMs);
    net::async_write(m_line, net::buffer(m_pouring.constData(), size_t(m_pouring.size())),
                     [self = shared_from_this(), bytes](beast::error_code error, size_t) {
                         self->onPoured(bool(error), bytes);
                     });
}

void HttpVisit::onPoured(bool failed, qsizetype bytes)
{
    if (m_stage != Stage::Streaming)
        return;
    if (failed)
        return close();
    const bool wasEnd = bytes == 0 && m_pouring.startsWith('0');
    m_pouring.clear();
    m_gauge->queued -= bytes;
    ++m_wait;
    m_timer.cancel();
    if (wasEnd)
        leave();
    else
        pour();
}

/// Closing at once would make the system forget what is on its way, if anything came unread.
void HttpVisit::leave()
{
    m_stage = Stage::Leaving;
    m_line.sayEnd();
    within(LeaveMs);
    m_in.clear();
    m_drained = 0;
    drain();
}

void HttpVisit::drain()
{
    m_line.socket().async_read_some(
        m_in.prepare(KeptBuffer),
        [self = shared_from_this()](beast::error_code error, size_t bytes) {
            self->m_drained += bytes;
            if (error || self->m_drained > DrainedBytes)
                self->close();
            else
                self->drain();
        });
}

} // namespace simmer::syncserver
