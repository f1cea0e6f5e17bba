// SPDX-License-Identifier: GPL-3.0-or-later
#include "Attackers.h"

#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <arpa/inet.h>
#include <memory>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace simmer::tests {

namespace {

/// Connected to the server, from this address of the machine.
int connected(const QUrl &server, quint32 from)
{
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(from);
    ::bind(made, reinterpret_cast<sockaddr *>(&at), sizeof at);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(quint16(server.port()));
    if (::connect(made, reinterpret_cast<sockaddr *>(&at), sizeof at) == 0)
        return made;
    ::close(made);
    return -1;
}

/// A blocking TLS talk over `socket` that has shaken hands; null when it failed.
std::unique_ptr<SSL, decltype(&SSL_free)> shakenHands(int socket)
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()),
                                                                    SSL_CTX_free);
    std::unique_ptr<SSL, decltype(&SSL_free)> talk(SSL_new(context.get()), SSL_free);
    SSL_set_fd(talk.get(), socket);
    if (SSL_connect(talk.get()) != 1)
        talk.reset();
    return talk;
}

} // namespace

QByteArray clientHello()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    QSslSocket device;
    device.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.serverPort());
    QByteArray hello;
    QTcpSocket *socket = nullptr;
    const bool came = QTest::qWaitFor(
        [&] {
            if (!socket)
                socket = server.nextPendingConnection();
            if (socket)
                hello += socket->readAll();
            return hello.size() > 5 &&
                   hello.size() >= 5 + (quint8(hello[3]) << 8) + quint8(hello[4]);
        },
        PatienceMs);
    return came ? hello : QByteArray();
}

Crowd::Crowd(const QUrl &server, int count, const QByteArray &words)
{
    for (int i = 0; i < count; ++i) {
        const int socket = connected(server, Address);
        if (socket < 0)
            continue;
        [[maybe_unused]] const ssize_t said = // it may be closed already
            ::send(socket, words.constData(), size_t(words.size()), MSG_NOSIGNAL);
        m_sockets.push_back(socket);
    }
}

Crowd::~Crowd()
{
    std::for_each(m_sockets.begin(), m_sockets.end(), ::close);
}

int Crowd::open()
{
    return int(std::count_if(m_sockets.begin(), m_sockets.end(), [](int socket) {
        std::array<char, 4096> heard; // NOLINT: not looked at
        ssize_t size = 1;
        while (size > 0)
            size = ::recv(socket, heard.data(), heard.size(), MSG_DONTWAIT);
        return size < 0 && errno == EAGAIN;
    }));
}

KeyFlood::KeyFlood(const QUrl &server, int requests)
    : m_socket(connected(server, INADDR_LOOPBACK))
{
    const int small = 64 * 1024;
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    const auto talk = shakenHands(m_socket);
    if (!talk)
        return;
    BIO *kept = BIO_new(BIO_s_mem());
    SSL_set0_wbio(talk.get(), kept);
    for (int i = 0; i < requests; ++i) {
        SSL_key_update(talk.get(), SSL_KEY_UPDATE_REQUESTED);
        SSL_do_handshake(talk.get());
    }
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(kept, &bytes);
    m_requests = QByteArray(bytes, qsizetype(size));
}

KeyFlood::~KeyFlood()
{
    ::shutdown(m_socket, SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
    ::close(m_socket);
}

void KeyFlood::begin()
{
    m_sending = !m_requests.isEmpty();
    m_thread = std::thread([this] {
        while (m_sent < m_requests.size()) {
            const size_t part = size_t(std::min<qint64>(32'768, m_requests.size() - m_sent));
            const ssize_t taken =
                ::send(m_socket, m_requests.constData() + m_sent, part, MSG_NOSIGNAL);
            if (taken <= 0)
                break;
            m_sent += taken;
        }
        m_sending = false;
    });
}

} // namespace simmer::tests
