// SPDX-License-Identifier: GPL-3.0-or-later
// What an idle screen costs the server in memory, plain and over TLS: the transport alone (DESIGN,
// section 6, allows 8 and 40 KiB). The devices are a process of their own; each shows its key,
// opens a WebSocket, says a message and hears one, and is quiet then.
#include "identity/Identity.h"
#include "identity/OpenSsl.h"
#include "syncserver/net/Endpoint.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <arpa/inet.h>
#include <cstdio>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <semaphore>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace simmer;
using namespace simmer::syncserver;

namespace {

namespace openssl = identity::openssl;

constexpr double PlainLimitKiB = 8;
constexpr double TlsLimitKiB = 40;
constexpr int FirstDevices = 200; // before the first look: what all share is there then
constexpr int MostDevices = 10'000;
constexpr size_t RecipeBytes = 60'000; // so that the buffers were used in earnest once

const QByteArray Upgrade = "GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                           "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// Takes one message, answers it, and goes on to listen.
class Screen final : public Talker
{
public:
    Screen(Socket &socket, std::counting_semaphore<> &arrived)
        : m_socket(socket)
        , m_arrived(arrived)
    {
        m_socket.readNext(0);
    }
    void received(const QByteArray &, bool) override
    {
        m_socket.trust();
        m_socket.send(std::make_shared<const QByteArray>(RecipeBytes, 'x'));
        m_socket.readNext(0);
    }
    void tookOne(qsizetype) override { m_arrived.release(); }
    void stalled() override {}
    void silent() override {}

private:
    Socket &m_socket;
    std::counting_semaphore<> &m_arrived;
};

/// A device's end, blocking.
class Device
{
public:
    Device(quint16 port, SSL_CTX *tls)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        const int on = 1; // a handshake's last word and the request must not wait for each other
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&at), sizeof at) != 0)
            qFatal("no connection");
        if (!tls)
            return;
        m_tls = SSL_new(tls);
        SSL_set_fd(m_tls, m_socket);
        if (SSL_connect(m_tls) != 1)
            qFatal("no TLS");
    }
    void write(const QByteArray &bytes)
    {
        const auto size = m_tls ? SSL_write(m_tls, bytes.constData(), int(bytes.size()))
                                : ::write(m_socket, bytes.constData(), size_t(bytes.size()));
        if (size != bytes.size())
            qFatal("nothing is taken");
    }
    size_t read()
    {
        const auto size = m_tls ? SSL_read(m_tls, m_bytes, sizeof m_bytes)
                                : ::read(m_socket, m_bytes, sizeof m_bytes);
        if (size <= 0)
            qFatal("nothing comes");
        return size_t(size);
    }

private:
    static inline char m_bytes[65'536];
    int m_socket;
    SSL *m_tls = nullptr;
};

void beDevice(quint16 port, SSL_CTX *tls)
{
    Device device(port, tls); // its socket stays open as long as the process
    device.write(Upgrade);
    device.read();
    device.write(QByteArray("\x81\x85\0\0\0\0hello", 11));
    for (size_t heard = 0; heard < RecipeBytes;)
        heard += device.read();
}

/// The process with the devices: makes so many as it is told.
void runDevices(int orders, const identity::Identity *device)
{
    SSL_CTX *tls = nullptr;
    if (device) {
        tls = SSL_CTX_new(TLS_client_method());
        const openssl::Bio text = openssl::reader(device->certificates);
        SSL_CTX_use_certificate(tls, openssl::readCertificate(text.get()).get());
        SSL_CTX_use_PrivateKey(tls, openssl::readKey(device->key).get());
    }
    int order[2] = {0, 0}; // port, how many
    while (::read(orders, order, sizeof order) == sizeof order)
        for (int i = 0; i < order[1]; ++i)
            beDevice(quint16(order[0]), tls);
}

double residentKiB()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        qFatal("no /proc");
    return statm.readAll().split(' ').at(1).toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1024;
}

void measure(const char *name, int count, double limit, const identity::Identity *server,
             const identity::Identity *device)
{
    int orders[2];
    if (::pipe(orders) != 0)
        qFatal("no pipe");
    const pid_t devices = ::fork(); // before there are threads
    if (devices == 0) {
        ::close(orders[1]);
        runDevices(orders[0], device);
        ::_exit(0);
    }
    ::close(orders[0]);
    EndpointOptions options;
    options.at = {{QStringLiteral("127.0.0.1")}};
    if (server)
        options.identity = *server;
    options.handshakeMs = options.stalledMs = 60'000;
    options.strangers = 64;
    std::counting_semaphore<> arrived(0);
    Endpoint endpoint;
    const auto at = endpoint.listen(
        options, [&](Socket &socket) { return std::make_unique<Screen>(socket, arrived); });
    if (!at)
        qFatal("%s", qUtf8Printable(describe(at.error())));
    const auto connectSome = [&](int some) {
        const int order[2] = {at->first().port, some};
        if (::write(orders[1], order, sizeof order) != sizeof order)
            qFatal("no devices");
        for (int i = 0; i < some; ++i)
            arrived.acquire();
    };
    connectSome(FirstDevices);
    const double before = residentKiB();
    QElapsedTimer watch;
    watch.start();
    connectSome(count);
    const double each = (residentKiB() - before) / count;
    std::printf("%s: %d sockets, %.1f KiB each, connected in %lld ms, one after the other\n", name,
                count, each, static_cast<long long>(watch.elapsed()));
    std::printf("ratio sockets-%s-memory %.3f (ours %.1f KiB, limit %.0f KiB)\n", name,
                each / limit, each, limit);
    ::close(orders[1]);
    ::waitpid(devices, nullptr, 0);
}

} // namespace

int main()
{
    rlimit descriptors{};
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    const int most = int(std::min<rlim_t>(MostDevices, descriptors.rlim_max - FirstDevices - 100));
    const QTemporaryDir folder;
    const auto server = identity::loadOrMake(folder.filePath(QStringLiteral("server.pem")));
    const auto device = identity::loadOrMake(folder.filePath(QStringLiteral("device.pem")));
    if (!server || !device)
        qFatal("no keys");
    if (const pid_t plain = ::fork(); plain == 0) { // what it frees must not serve the other
        measure("plain", most, PlainLimitKiB, nullptr, nullptr);
        std::fflush(stdout);
        ::_exit(0);
    } else {
        ::waitpid(plain, nullptr, 0);
    }
    measure("tls", most, TlsLimitKiB, &*server, &*device);
    return 0;
}
