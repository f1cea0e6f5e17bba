// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/Endpoint.h"

#include "syncserver/net/HttpVisit.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <netinet/tcp.h>
#include <thread>
#include <vector>

namespace simmer::syncserver {

namespace {

constexpr std::chrono::milliseconds ShortestSweep(50);
constexpr std::chrono::milliseconds LongestSweep(1000);
constexpr std::chrono::milliseconds BackOff(100);    // when no descriptors are left
constexpr std::chrono::milliseconds LastWords(1500); // for all sockets together at the end

/// What the system takes beyond what the other side has room for. It would take megabytes for one
/// that does not read, and copying those costs the others their time.
using Unsent = net::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
constexpr int UnsentBytes = 32 * 1024;

using Acceptor = net::basic_socket_acceptor<Tcp, Executor>;

Error bad(const QString &what)
{
    return {ErrorCode::BadArgument, what, {}};
}

net::ip::address unmapped(const net::ip::address &address)
{
    const bool isMapped = address.is_v6() && address.to_v6().is_v4_mapped();
    return isMapped ? net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()) : address;
}

Neighbourhood neighbourhoodOf(const net::ip::address &address)
{
    Neighbourhood from{};
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        std::copy(bytes.begin(), bytes.end(), from.begin() + 4); // ::/64 is nobody's network
    } else {
        const auto bytes = address.to_v6().to_bytes();
        std::copy_n(bytes.begin(), from.size(), from.begin());
    }
    return from;
}

/// Where wrong codes are counted.
QByteArray networkOf(const net::ip::address &from, const EndpointOptions &options)
{
    if (options.behindProxy)
        return {};
    const bool isHere = from.is_loopback() && !options.countLoopback;
    const Neighbourhood network = isHere ? Neighbourhood{} : neighbourhoodOf(from);
    return QByteArray(reinterpret_cast<const char *>(network.data()), qsizetype(network.size()));
}

Outcome openAt(Acceptor &acceptor, const ListenAt &at)
{
    beast::error_code error;
    const auto address = net::ip::make_address(at.address.toStdString(), error);
    if (error)
        return bad(QStringLiteral("“%1” is no IP address").arg(at.address));
    const Tcp::endpoint endpoint(address, at.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(Acceptor::reuse_address(true), error);
    if (!error && address.is_v6()) // IPv4 has addresses of its own to listen at
        acceptor.set_option(net::ip::v6_only(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(Acceptor::max_listen_connections, error);
    if (!error)
        return done();
    return Error{ErrorCode::Refused,
                 QStringLiteral("cannot listen on %1 port %2: %3; take another by --listen")
                     .arg(at.address)
                     .arg(at.port)
                     .arg(QString::fromStdString(error.message())),
                 {}};
}

Outcome takeOver(Acceptor &acceptor, int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    int listens = 0;
    socklen_t listensSize = sizeof listens;
    const bool isListening =
        ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0 &&
        (address.ss_family == AF_INET || address.ss_family == AF_INET6) &&
        ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &listensSize) == 0 &&
        listens != 0;
    beast::error_code error;
    if (isListening)
        acceptor.assign(address.ss_family == AF_INET ? Tcp::v4() : Tcp::v6(), descriptor, error);
    if (!isListening || error)
        return bad(QStringLiteral("descriptor %1 is no listening TCP socket").arg(descriptor));
    return done();
}

PlaceRules rulesOf(const EndpointOptions &options)
{
    return {options.strangers, options.strangersNearby, options.guests, options.guestsNearby,
            options.sockets};
}

/// One of the sockets that listen.
struct Entrance {
    explicit Entrance(net::io_context &context)
        : acceptor(context)
    {
    }
    Acceptor acceptor;
    bool isAccepting = false;
};

} // namespace

class Endpoint::Inside
{
public:
    Inside() = default;
    ~Inside();
    Q_DISABLE_COPY_MOVE(Inside)

    Expected<QList<ListenAt>> open(const EndpointOptions &options, Greeter greeter,
                                   HttpResponder *responder);
    void run();
    void post(std::function<void()> task) { net::post(m_context, std::move(task)); }
    void dismissAll(const Text &lastWord);
    void quiesce();
    void stop();

private:
    Expected<ListenAt> openEntrance(const ListenAt &at);
    void accept();
    void accept(Entrance &entrance);
    void onAccepted(beast::error_code error, TcpSocket socket);
    void welcome(TcpSocket socket, const net::ip::address &from);
    void sweep();

    // Sockets that go with m_context still use what stands above it.
    std::optional<House> m_house;
    std::optional<Places> m_places;
    net::io_context m_context{1};
    std::vector<std::unique_ptr<Entrance>> m_entrances;
    Timer m_timer{m_context};
    Timer m_sweep{m_context};
    bool m_isBackingOff = false;
    std::thread m_thread;
};

Endpoint::Inside::~Inside()
{
    if (!m_house)
        return;
    m_house->isQuiet = true;
    m_house->mailbox->close();
    m_house->open.all.clear(); // before the context that they use
}

Expected<QList<ListenAt>> Endpoint::Inside::open(const EndpointOptions &options, Greeter greeter,
                                                 HttpResponder *responder)
{
    std::optional<TlsContext> tls;
    if (options.identity) {
        const Expected<TlsContext> made = TlsContext::make(*options.identity);
        if (!made)
            return made.error();
        tls = *made;
    }
    m_house.emplace(House{options, Door(options.hosts, options.origins, responder != nullptr), tls,
                          std::move(greeter), responder,
                          std::make_shared<Mailbox>([this](auto task) { post(std::move(task)); })});
    m_places.emplace(rulesOf(options), [this] { accept(); });
    QList<ListenAt> opened;
    for (const ListenAt &at : options.at) {
        const Expected<ListenAt> entrance = openEntrance(at);
        if (!entrance)
            return entrance.error();
        opened += *entrance;
    }
    return opened;
}

Expected<ListenAt> Endpoint::Inside::openEntrance(const ListenAt &at)
{
    m_entrances.push_back(std::make_unique<Entrance>(m_context));
    Acceptor &acceptor = m_entrances.back()->acceptor;
    const Outcome ready =
        at.descriptor >= 0 ? takeOver(acceptor, at.descriptor) : openAt(acceptor, at);
    if (!ready)
        return ready.error();
    const Tcp::endpoint local = acceptor.local_endpoint();
    const EndpointOptions &options = m_house->options;
    if (!options.identity && !options.behindProxy && !unmapped(local.address()).is_loopback())
        return bad(QStringLiteral("%1 is not of this machine alone, and nothing is encrypted")
                       .arg(textOf(local.address())));
    return ListenAt{textOf(local.address()), local.port(), at.descriptor};
}

void Endpoint::Inside::run()
{
    post([this] {
        accept();
        sweep();
    });
    m_thread = std::thread([this] {
        const auto work = net::make_work_guard(m_context);
        m_context.run();
    });
}

/// One timer for all sockets: one each would be set and cancelled for each message.
void Endpoint::Inside::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<BeastSocket>> stalled; // a talker may close its socket
    for (const auto &socket : m_house->open.all)
        if (socket->isStalled(now))
            stalled.push_back(socket);
    for (const auto &socket : stalled)
        socket->tellStalled();
    m_sweep.expires_after(std::clamp<std::chrono::milliseconds>(
        std::chrono::milliseconds(m_house->options.stalledMs) / 4, ShortestSweep, LongestSweep));
    m_sweep.async_wait([this](beast::error_code error) {
        if (!error && !m_house->isQuiet)
            sweep();
    });
}

void Endpoint::Inside::accept()
{
    if (m_house->isQuiet)
        return; // the entrances may be gone
    for (const auto &entrance : m_entrances)
        accept(*entrance);
}

/// Strangers beyond the limit wait in the system's queue: after a restart of the server all
/// devices come at once, and each gets its turn.
void Endpoint::Inside::accept(Entrance &entrance)
{
    if (entrance.isAccepting || m_isBackingOff || !m_places->hasRoom())
        return;
    entrance.isAccepting = true;
    entrance.acceptor.async_accept([this, &entrance](beast::error_code error, TcpSocket socket) {
        entrance.isAccepting = false;
        onAccepted(error, std::move(socket));
    });
}

void Endpoint::Inside::onAccepted(beast::error_code error, TcpSocket socket)
{
    if (m_house->isQuiet)
        return;
    if (error) { // most likely EMFILE: at once again would only spin
        m_isBackingOff = true;
        m_timer.expires_after(BackOff);
        m_timer.async_wait([this](beast::error_code) {
            m_isBackingOff = false;
            accept();
        });
        return;
    }
    beast::error_code gone;
    const auto from = socket.remote_endpoint(gone);
    if (!gone)
        welcome(std::move(socket), unmapped(from.address()));
    accept();
}

void Endpoint::Inside::welcome(TcpSocket socket, const net::ip::address &from)
{
    const EndpointOptions &options = m_house->options;
    const bool standsForMany =
        options.behindProxy || (from.is_loopback() && !options.countLoopback);
    const Neighbourhood nearby = neighbourhoodOf(from);
    std::unique_ptr<Place> place = m_places->enter(standsForMany ? nullptr : &nearby);
    if (!place)
        return; // too many from there: closed without a word, which costs the least
    beast::error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    socket.set_option(Unsent(UnsentBytes), ignored);
    Peer peer{textOf(from), from.is_loopback() && !options.behindProxy, false, {}};
    peer.network = networkOf(from, options);
    std::make_shared<HttpVisit>(std::move(socket), peer, *m_house, std::move(place))->begin();
}

void Endpoint::Inside::dismissAll(const Text &lastWord)
{
    const auto all = m_house->open.all; // they leave it meanwhile
    for (const auto &socket : all)
        socket->finish(lastWord);
}

void Endpoint::Inside::quiesce()
{
    m_house->isQuiet = true;
    beast::error_code ignored;
    for (const auto &entrance : m_entrances)
        entrance->acceptor.close(ignored);
    for (const auto &socket : m_house->open.all)
        socket->quiesce();
    for (HttpVisit *visit : m_house->visits)
        visit->quiesce();
}

void Endpoint::Inside::stop()
{
    if (!m_thread.joinable())
        return;
    post([this] {
        quiesce();
        m_house->open.onNone = [this] { m_context.stop(); };
        if (m_house->open.all.empty())
            m_context.stop();
        m_timer.expires_after(LastWords);
        m_timer.async_wait([this](beast::error_code) { m_context.stop(); });
    });
    m_thread.join();
    m_house->open.onNone = nullptr;
}

Endpoint::Endpoint()
    : m_inside(std::make_unique<Inside>())
{
}

Endpoint::~Endpoint()
{
    m_inside->stop();
}

Expected<QList<ListenAt>> Endpoint::listen(const EndpointOptions &options, Greeter greeter,
                                           HttpResponder *responder)
{
    Expected<QList<ListenAt>> at = m_inside->open(options, std::move(greeter), responder);
    if (at)
        m_inside->run();
    return at;
}

void Endpoint::post(std::function<void()> task)
{
    m_inside->post(std::move(task));
}

void Endpoint::dismissAll(Text lastWord)
{
    m_inside->post([this, lastWord = std::move(lastWord)] { m_inside->dismissAll(lastWord); });
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
