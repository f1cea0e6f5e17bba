// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/Endpoint.h"

#include "syncserver/BeastSocket.h"
#include "syncserver/Door.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>
#include <thread>

namespace simmer::syncserver {

namespace {

constexpr std::uint32_t HeaderBytes = 8 * 1024;
constexpr std::chrono::milliseconds BackOff(100);    // when no descriptors are left
constexpr std::chrono::milliseconds LastWords(1500); // for all sockets together at the end

std::string_view view(beast::string_view text)
{
    return {text.data(), text.size()};
}

Visitor visitorOf(const Request &request)
{
    return {view(request.method_string()), view(request.target()), view(request[http::field::host]),
            request.count(http::field::origin) > 0, websocket::is_upgrade(request)};
}

/// One HTTP request: answered, or turned into a WebSocket. Keeps itself alive.
class Visit : public std::enable_shared_from_this<Visit>
{
public:
    Visit(TcpStream stream, const EndpointOptions &options, OpenSockets &open, StrangersPlace place)
        : m_stream(std::move(stream))
        , m_options(options)
        , m_open(open)
        , m_place(std::move(place))
    {
    }

    void begin(const Endpoint::Greeter &greeter)
    {
        m_parser.header_limit(HeaderBytes);
        m_stream.expires_after(std::chrono::milliseconds(m_options.handshakeMs));
        http::async_read_header(
            m_stream, m_in, m_parser,
            [self = shared_from_this(), &greeter](beast::error_code error, size_t) {
                if (!error)
                    self->decide(greeter);
            });
    }

private:
    void decide(const Endpoint::Greeter &greeter)
    {
        const Request request = m_parser.release();
        switch (answer(visitorOf(request), m_options.address)) {
        case Answer::Sync:
            upgrade(request, greeter);
            return;
        case Answer::Healthy:
            reply(http::status::ok, "ok\n");
            return;
        case Answer::Unknown:
            reply(http::status::not_found, "not found\n");
            return;
        case Answer::Forbidden:
            reply(http::status::forbidden, "forbidden\n");
            return;
        }
    }

    void upgrade(const Request &request, const Endpoint::Greeter &greeter)
    {
        m_stream.expires_never(); // from here the WebSocket has its own deadlines
        std::make_shared<BeastSocket>(std::move(m_stream), m_options, m_open, std::move(m_place))
            ->accept(request, greeter);
    }

    void reply(http::status status, const char *text)
    {
        m_response.result(status);
        m_response.set(http::field::content_type, "text/plain");
        m_response.keep_alive(false);
        m_response.body() = text;
        m_response.prepare_payload();
        http::async_write(m_stream, m_response,
                          [self = shared_from_this()](beast::error_code, size_t) {
                              beast::error_code ignored;
                              self->m_stream.socket().shutdown(Tcp::socket::shutdown_send, ignored);
                          });
    }

    TcpStream m_stream;
    const EndpointOptions &m_options;
    OpenSockets &m_open;
    StrangersPlace m_place;
    beast::flat_buffer m_in;
    http::request_parser<http::empty_body> m_parser;
    http::response<http::string_body> m_response;
};

} // namespace

class Endpoint::Inside
{
public:
    Inside() = default;
    ~Inside() { m_open.all.clear(); } // before the context that they use
    Q_DISABLE_COPY_MOVE(Inside)

    Expected<quint16> open(const EndpointOptions &options, Greeter greeter);
    void run();
    void post(std::function<void()> task) { net::post(m_context, std::move(task)); }
    void quiesce();
    void stop();

private:
    using Acceptor = net::basic_socket_acceptor<Tcp, Executor>;

    void accept();
    void onAccepted(beast::error_code error, TcpStream::socket_type socket);
    void onPlaceFree();

    // Sockets that go with m_context still use what stands above it.
    EndpointOptions m_options;
    Greeter m_greeter;
    OpenSockets m_open;
    int m_strangers = 0;
    bool m_accepting = false;
    bool m_quiet = false;
    net::io_context m_context{1};
    Acceptor m_acceptor{m_context};
    Timer m_timer{m_context};
    std::thread m_thread;
};

Expected<quint16> Endpoint::Inside::open(const EndpointOptions &options, Greeter greeter)
{
    m_options = options;
    m_greeter = std::move(greeter);
    beast::error_code error;
    const auto address = net::ip::make_address(options.address.toStdString(), error);
    if (error)
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("“%1” is no IP address").arg(options.address),
                     {}};
    const Tcp::endpoint endpoint(address, options.port);
    m_acceptor.open(endpoint.protocol(), error);
    if (!error)
        m_acceptor.set_option(Acceptor::reuse_address(true), error);
    if (!error)
        m_acceptor.bind(endpoint, error);
    if (!error)
        m_acceptor.listen(Acceptor::max_listen_connections, error);
    if (error)
        return Error{ErrorCode::Refused,
                     QStringLiteral("cannot listen on %1 port %2: %3; take another by --listen")
                         .arg(options.address)
                         .arg(options.port)
                         .arg(QString::fromStdString(error.message())),
                     {}};
    return m_acceptor.local_endpoint().port();
}

void Endpoint::Inside::run()
{
    post([this] { accept(); });
    m_thread = std::thread([this] {
        const auto work = net::make_work_guard(m_context);
        m_context.run();
    });
}

/// Strangers beyond the limit wait in the system's queue: after a restart of the server all
/// devices come at once, and each gets its turn.
void Endpoint::Inside::accept()
{
    if (m_accepting || m_quiet || m_strangers >= m_options.strangers)
        return;
    m_accepting = true;
    m_acceptor.async_accept([this](beast::error_code error, TcpStream::socket_type socket) {
        m_accepting = false;
        onAccepted(error, std::move(socket));
    });
}

void Endpoint::Inside::onAccepted(beast::error_code error, TcpStream::socket_type socket)
{
    if (m_quiet)
        return;
    if (error) { // most likely EMFILE: at once again would only spin
        m_timer.expires_after(BackOff);
        m_timer.async_wait([this](beast::error_code) { accept(); });
        return;
    }
    beast::error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    ++m_strangers;
    StrangersPlace place(this, [](Inside *inside) { inside->onPlaceFree(); });
    std::make_shared<Visit>(TcpStream(std::move(socket)), m_options, m_open, std::move(place))
        ->begin(m_greeter);
    accept();
}

void Endpoint::Inside::onPlaceFree()
{
    --m_strangers;
    if (!m_quiet)
        accept();
}

void Endpoint::Inside::quiesce()
{
    m_quiet = true;
    beast::error_code ignored;
    m_acceptor.close(ignored);
    for (const auto &socket : m_open.all)
        socket->quiesce();
}

void Endpoint::Inside::stop()
{
    if (!m_thread.joinable())
        return;
    post([this] {
        quiesce();
        m_open.onNone = [this] { m_context.stop(); };
        if (m_open.all.empty())
            m_context.stop();
        m_timer.expires_after(LastWords);
        m_timer.async_wait([this](beast::error_code) { m_context.stop(); });
    });
    m_thread.join();
    m_open.onNone = nullptr;
}

Endpoint::Endpoint()
    : m_inside(std::make_unique<Inside>())
{
}

Endpoint::~Endpoint()
{
    m_inside->stop();
}

Expected<quint16> Endpoint::listen(const EndpointOptions &options, Greeter greeter)
{
    Expected<quint16> port = m_inside->open(options, std::move(greeter));
    if (port)
        m_inside->run();
    return port;
}

void Endpoint::post(std::function<void()> task)
{
    m_inside->post(std::move(task));
}

void Endpoint::quiesce()
{
    m_inside->post([this] { m_inside->quiesce(); });
}

void Endpoint::stop()
{
    m_inside->stop();
}

} // namespace simmer::syncserver
