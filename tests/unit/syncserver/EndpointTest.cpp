// SPDX-License-Identifier: GPL-3.0-or-later
#include "EndpointTest.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <thread>

namespace simmer::tests {

using namespace syncserver;

namespace {

/// Says for each message who its peer is and how long the message was.
class Echo final : public Talker
{
public:
    Echo(Socket &socket, QSemaphore &stalls)
        : m_socket(socket)
        , m_stalls(stalls)
    {
        m_socket.readNext(0);
    }
    void received(const QByteArray &message, bool) override
    {
        m_socket.trust();
        if (message == "flood")
            flood();
        else if (message.startsWith("burst"))
            sayAll(message);
        else
            m_socket.send(std::make_shared<const QByteArray>(
                message.startsWith("echo") ? message : introduction(message)));
        m_socket.readNext(0);
    }
    void tookOne(qsizetype) override {}
    void stalled() override
    {
        m_socket.cutOff(word("stalled"));
        m_stalls.release();
    }
    void silent() override { m_socket.finish(word("silent")); }

private:
    QByteArray introduction(const QByteArray &message) const
    {
        const Peer &peer = m_socket.peer();
        return peer.address.toLatin1() + (peer.isLocal ? " local" : " far") +
               (peer.isSecure ? " secure " : " plain ") +
               (peer.key ? peer.key->toText().toLatin1() : QByteArray("no key")) + ' ' +
               QByteArray::number(message.size()) + " of " + peer.network.toHex() + ';';
    }
    /// More than the buffers of the system hold.
    void flood()
    {
        const auto text = std::make_shared<const QByteArray>(FloodBytes / 400, 'x');
        for (int i = 0; i < 400; ++i)
            m_socket.send(text);
    }
    /// And ends as the message wants it.
    void sayAll(const QByteArray &message)
    {
        for (const QByteArray &text : burst())
            m_socket.send(std::make_shared<const QByteArray>(text));
        if (message.endsWith("finish"))
            m_socket.finish(word("finished"));
        if (message.endsWith("cut"))
            m_socket.cutOff(word("cut off"));
    }
    static Text word(const char *text) { return std::make_shared<const QByteArray>(text); }

    Socket &m_socket;
    QSemaphore &m_stalls;
};

/// A masked text frame (RFC 6455, section 5.2) of at most 125 bytes; the mask is zero.
QByteArray frame(const QByteArray &text)
{
    return QByteArray("\x81") + char(0x80 | text.size()) + QByteArray(4, 0) + text;
}

} // namespace

QList<QByteArray> burst()
{
    QList<QByteArray> texts;
    for (const int size : {300, 40, 0, 1, 5000, 125, 126, 60'000, 2000, 2000, 2000, 7, 4096, 90})
        texts += QByteArray(size, char('a' + texts.size()));
    return texts;
}

QByteArray framed(const QList<QByteArray> &texts)
{
    QByteArray bytes;
    for (const QByteArray &text : texts) {
        bytes += '\x81';
        if (text.size() < 126)
            bytes += char(text.size());
        else
            bytes += QByteArray("\x7e") + char(text.size() >> 8) + char(text.size());
        bytes += text;
    }
    return bytes;
}

void Answers::answer(HttpRequest request, Reply reply, Open open)
{
    const std::lock_guard lock(m_mutex);
    m_requests += request;
    const QByteArray echo = request.method + ' ' + request.path + '?' + request.query + ' ' +
                            request.contentType + ' ' + request.body;
    if (request.path == "/echo")
        reply({200, "text/plain", echo, {{"X-Simmer", "yes"}}});
    else if (request.path == "/elsewhere")
        std::thread([reply, echo] { reply({200, "text/plain", echo, {}}); }).detach();
    else if (request.path == "/held")
        m_held += reply;
    else if (request.path == "/twice") {
        reply({200, "text/plain", "first", {}});
        reply({200, "text/plain", "second", {}});
        open({200, "text/plain", {}, {}})->write("third");
    } else if (request.path == "/split")
        reply({200,
               "text/plain\r\nX-Bad: 1",
               "x",
               {{"X-Split", "a\r\nX-Bad: 1"},
                {"X-B\r\nad", "1"},
                {"Content-Length", "99"},
                {"Connection", "upgrade"},
                {"Set-Cookie", "a=1"},
                {"Set-Cookie", "b=2"},
                {"Content-Security-Policy", "default-src 'self'"}}});
    else if (request.path == "/empty")
        reply({204, {}, "not sent", {}});
    else if (request.path == "/status")
        reply({99, {}, {}, {}});
    else if (request.path == "/stream")
        m_stream = open({200, "text/event-stream", {}, {}});
    else
        reply({404, "text/plain", "no such thing\n", {}});
}

std::shared_ptr<HttpStream> Answers::stream() const
{
    const std::lock_guard lock(m_mutex);
    return m_stream;
}

QList<HttpRequest> Answers::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void Answers::forgetStream()
{
    const std::lock_guard lock(m_mutex);
    m_stream.reset();
}

void Answers::release()
{
    const std::lock_guard lock(m_mutex);
    for (const Reply &reply : std::as_const(m_held))
        reply({200, "text/plain", "released", {}});
    m_held.clear();
}

Caller::Caller(quint16 port, const QString &address)
    : socket(std::make_unique<QTcpSocket>())
{
    socket->connectToHost(address, port);
    socket->waitForConnected(PatienceMs);
}

Caller::Caller(quint16 port, const std::optional<identity::Identity> &device,
               QSsl::SslProtocol protocol)
{
    auto made = std::make_unique<QSslSocket>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(protocol);
    if (device) {
        configuration.setLocalCertificate(QSslCertificate(device->certificates));
        configuration.setPrivateKey(QSslKey(device->key, QSsl::Ec));
    }
    made->setSslConfiguration(configuration);
    made->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    socket = std::move(made);
}

const QByteArray &Caller::heard()
{
    m_heard += socket->readAll();
    return m_heard;
}

bool Caller::hears(const QByteArray &bytes, int ms)
{
    return QTest::qWaitFor([&] { return heard().contains(bytes); }, ms);
}

QByteArray Caller::untilClosed(int ms)
{
    return QTest::qWaitFor([this] { return isClosed(); }, ms) ? heard() : "never closed";
}

QByteArray Caller::answerTo(const QByteArray &request)
{
    say(request);
    return untilClosed();
}

void Caller::talk(const QList<QByteArray> &messages)
{
    say("GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    if (!hears("Sec-WebSocket-Accept") || !hears("\r\n\r\n"))
        return;
    for (const QByteArray &message : messages)
        say(frame(message));
}

EndpointTest::EndpointTest()
{
    m_kitchen = *identity::loadOrMake(m_folder.filePath(QStringLiteral("server.pem")));
    m_device = *identity::loadOrMake(m_folder.filePath(QStringLiteral("device.pem")));
}

void EndpointTest::startPlain()
{
    m_options = {};
    m_options.at = {{QStringLiteral("127.0.0.1")}};
    m_options.handshakeMs = 5000;
    m_options.stalledMs = 5000;
    m_options.strangers = 64;
    start();
}

void EndpointTest::startSecure()
{
    startPlain();
    m_options.identity = m_kitchen;
    start();
}

void EndpointTest::start()
{
    m_endpoint = std::make_unique<Endpoint>();
    const auto at = m_endpoint->listen(
        m_options, [this](Socket &socket) { return std::make_unique<Echo>(socket, m_stalls); },
        &m_answers);
    QVERIFY2(bool(at), at ? "" : qPrintable(describe(at.error())));
    m_port = at->first().port;
}

bool EndpointTest::isWell()
{
    const QByteArray request = "GET /healthz HTTP/1.1\r\n\r\n";
    if (m_options.identity)
        return Caller(m_port, std::nullopt).answerTo(request).contains("200 OK");
    return Caller(m_port).answerTo(request).contains("200 OK");
}

} // namespace simmer::tests
