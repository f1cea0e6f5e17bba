// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"

#include <QTcpSocket>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace simmer;
using namespace simmer::tests;
using protocol::ByeReason;

namespace {

const QByteArray Upgrade = "GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                           "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A client that writes bytes as it likes.
class RawClient
{
public:
    explicit RawClient(const QUrl &server)
    {
        socket.connectToHost(server.host(), quint16(server.port()));
        connected = socket.waitForConnected(PatienceMs);
    }
    /// Everything that came until the other side closed, or nothing when it never did.
    std::optional<QByteArray> untilClosed(int ms = 5000)
    {
        const bool closed = QTest::qWaitFor(
            [this] { return socket.state() == QAbstractSocket::UnconnectedState; }, ms);
        return closed ? std::optional(socket.readAll()) : std::nullopt;
    }
    QByteArray answerTo(const QByteArray &request)
    {
        socket.write(request);
        return untilClosed().value_or("never closed");
    }

    QTcpSocket socket;
    bool connected = false;
};

/// A masked text frame (RFC 6455, section 5.2) of 126 to 65,535 bytes; the mask is zero.
QByteArray frame(const QByteArray &text)
{
    return QByteArray("\x81\xfe") + char(text.size() >> 8) + char(text.size() & 0xff) +
           QByteArray(4, 0) + text;
}

/// A plain blocking socket with a tiny buffer, which reads only when it is told to.
class SlowSocket
{
public:
    explicit SlowSocket(bool blocking = true)
        : m_socket(::socket(AF_INET, SOCK_STREAM | (blocking ? 0 : SOCK_NONBLOCK), 0))
    {
        const int small = 4096;
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    }
    ~SlowSocket() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(SlowSocket)

    void connectTo(const QUrl &server)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(quint16(server.port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address);
    }
    bool write(const QByteArray &bytes)
    {
        return ::write(m_socket, bytes.constData(), size_t(bytes.size())) == bytes.size();
    }
    bool hasAnswer(int ms)
    {
        pollfd waiting{m_socket, POLLIN, 0};
        return ::poll(&waiting, 1, ms) == 1;
    }
    QByteArray read()
    {
        QByteArray bytes(1024, 0);
        bytes.resize(std::max<qsizetype>(0, ::read(m_socket, bytes.data(), size_t(bytes.size()))));
        return bytes;
    }

private:
    int m_socket;
};

} // namespace

/// What those get who are no device of this kitchen, or a broken one.
class TestStrangers : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { startFresh(); }
    void cleanup() { stopServer(); }

    void healthCheckIsAnswered();
    void otherPagesAreNotFound();
    void browsersAndForeignHostsAreRefused_data();
    void browsersAndForeignHostsAreRefused();
    void garbageInsteadOfHttpIsDropped();
    void endlessHeaderIsDropped();
    void halfHandshakeIsDropped();
    void silenceAfterTheHandshakeEnds();
    void badMessagesEndTheTalk_data();
    void badMessagesEndTheTalk();
    void binaryMessageEndsTheTalk();
    void oversizedMessageEndsTheTalk();
    void messagesOutOfTurnEndTheTalk();
    void abruptEndsLeaveTheServerWell();
    void strangersWaitForAPlace();
    void stalledReaderIsDroppedOthersGoOn();
    void lackOfDescriptorsPasses();

private:
    void restartImpatient(int handshakeMs)
    {
        stopServer();
        m_options.handshakeMs = handshakeMs;
        startServer();
    }
    bool isWell()
    {
        RawClient client(m_url);
        return client.answerTo("GET /healthz HTTP/1.1\r\n\r\n").contains("200 OK");
    }
};

void TestStrangers::healthCheckIsAnswered()
{
    RawClient client(m_url);
    const QByteArray answer = client.answerTo("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY(answer.endsWith("\r\n\r\nok\n"));
}

void TestStrangers::otherPagesAreNotFound()
{
    for (const char *request : {"GET / HTTP/1.1", "GET /sync HTTP/1.1", "POST /healthz HTTP/1.1",
                                "GET /../kitchen.db HTTP/1.1", "HEAD /healthz?x HTTP/1.0"}) {
        RawClient client(m_url);
        const QByteArray answer =
            client.answerTo(QByteArray(request) + "\r\nHost: localhost\r\n\r\n");
        QVERIFY2(answer.contains(" 404 "), answer.constData());
    }
}

void TestStrangers::browsersAndForeignHostsAreRefused_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("status");
    const QByteArray foreign = QByteArray(Upgrade).replace("localhost", "evil.example:7464");
    const QByteArray nameless = QByteArray(Upgrade).replace("Host: localhost\r\n", "");
    QTest::newRow("own") << Upgrade << QByteArray(" 101 ");
    QTest::newRow("origin") << Upgrade + "Origin: http://localhost\r\n" << QByteArray(" 403 ");
    QTest::newRow("null origin") << Upgrade + "Origin: null\r\n" << QByteArray(" 403 ");
    QTest::newRow("foreign host") << foreign << QByteArray(" 403 ");
    QTest::newRow("no host") << nameless << QByteArray(" 403 ");
}

void TestStrangers::browsersAndForeignHostsAreRefused()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QByteArray, status);
    RawClient client(m_url);
    client.socket.write(head + "\r\n");
    QTRY_VERIFY(client.socket.bytesAvailable() > 0);
    const QByteArray answer = client.socket.readAll();
    QVERIFY2(answer.left(20).contains(status), answer.constData());
}

void TestStrangers::garbageInsteadOfHttpIsDropped()
{
    RawClient client(m_url);
    QCOMPARE(client.answerTo(QByteArray("\x16\x03\x01\x00\xff\r\n\r\n", 9)), QByteArray());
    QVERIFY(isWell());
}

void TestStrangers::endlessHeaderIsDropped()
{
    RawClient client(m_url);
    client.socket.write("GET / HTTP/1.1\r\nX: " + QByteArray(100'000, 'x'));
    QVERIFY(client.untilClosed());
    QVERIFY(isWell());
}

void TestStrangers::halfHandshakeIsDropped()
{
    restartImpatient(300);
    RawClient client(m_url);
    client.socket.write(Upgrade);
    QCOMPARE(client.untilClosed(), QByteArray());
}

void TestStrangers::silenceAfterTheHandshakeEnds()
{
    restartImpatient(300);
    WireDevice device;
    device.connectTo(m_url);
    QTRY_COMPARE(device.bye(), ByeReason::TooSlow);
    QTRY_VERIFY(device.isClosed());
}

void TestStrangers::badMessagesEndTheTalk_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no JSON") << QStringLiteral("hello");
    QTest::newRow("array") << QStringLiteral("[]");
    QTest::newRow("unknown type") << QStringLiteral("{\"type\":\"sudo\"}");
    QTest::newRow("unknown field") << QStringLiteral("{\"type\":\"ping\",\"sent\":1,\"x\":1}");
    QTest::newRow("key twice") << QStringLiteral("{\"type\":\"ping\",\"sent\":1,\"sent\":2}");
    QTest::newRow("deep") << QString(100'000, QLatin1Char('['));
    QTest::newRow("null device")
        << QStringLiteral(
               "{\"type\":\"pair\",\"v\":3,\"device\":\"%1\",\"name\":\"\",\"code\":\"\"}")
               .arg(QString(32, QLatin1Char('0')));
}

void TestStrangers::badMessagesEndTheTalk()
{
    QFETCH(const QString, text);
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.sayText(text);
    QTRY_COMPARE(device.bye(), ByeReason::BadMessage);
    QTRY_VERIFY(device.isClosed());
}

void TestStrangers::binaryMessageEndsTheTalk()
{
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.socket().sendBinaryMessage("{\"type\":\"ping\",\"sent\":1}");
    QTRY_COMPARE(device.bye(), ByeReason::BadMessage);
}

void TestStrangers::oversizedMessageEndsTheTalk()
{
    WireDevice device;
    join(device);
    device.sayText(QString(protocol::limits::MessageBytes + 1, QLatin1Char(' ')));
    QTRY_VERIFY(device.isClosed());
    QCOMPARE(device.socket().closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
    QVERIFY(isWell());
}

void TestStrangers::messagesOutOfTurnEndTheTalk()
{
    WireDevice early;
    early.connectTo(m_url);
    QTRY_VERIFY(early.isOpen());
    early.say(protocol::Ping{1});
    QTRY_COMPARE(early.bye(), ByeReason::BadMessage);
    WireDevice late;
    join(late);
    late.hello();
    QTRY_COMPARE(late.bye(), ByeReason::BadMessage);
}

void TestStrangers::abruptEndsLeaveTheServerWell()
{
    for (int i = 0; i < 50; ++i) {
        WireDevice device;
        device.connectTo(m_url);
        QTRY_VERIFY(device.isOpen());
        if (i % 2)
            device.pair(QStringLiteral("half"));
        device.socket().flush();
        device.socket().abort(); // while the store is being asked
    }
    WireDevice device;
    join(device);
    pushed(device);
    QTRY_COMPARE(device.log.size(), 1);
}

void TestStrangers::strangersWaitForAPlace()
{
    restartImpatient(1000); // enough for a device on a busy machine
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 2 * protocol::limits::UnauthenticatedSockets; ++i) {
        idle.push_back(std::make_unique<RawClient>(m_url));
        QVERIFY(idle.back()->connected); // the system's queue takes it
    }
    WireDevice device;
    join(device); // once those before it were dropped
    QVERIFY(!device.bye());
}

void TestStrangers::stalledReaderIsDroppedOthersGoOn()
{
    stopServer();
    m_options.stalledMs = 300;
    startServer();
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    ben.socket().abort();

    // Ben's connection again, by a client with a tiny buffer that reads nothing.
    SlowSocket stalled;
    stalled.connectTo(m_url);
    QVERIFY(stalled.write(Upgrade + "\r\n"));
    QVERIFY(stalled.read().contains(" 101 "));
    QVERIFY(stalled.write(frame(protocol::encode(
        protocol::Hello{protocol::ProtocolVersion, ben.id, ben.token, protocol::Cursor{}}))));
    const auto benIsOnline = [&] {
        for (const protocol::Device &device : listHeardBy(ana))
            if (device.id == ben.id)
                return device.online;
        return false;
    };
    QTRY_VERIFY(benIsOnline());

    // More than the buffers of the system hold.
    for (int i = 0; i < 60; ++i)
        ana.say(protocol::Push{{ana.op(bigRecipe(190'000), now())}});
    QTRY_COMPARE(ana.log.size(), 60);
    QTRY_VERIFY(!benIsOnline());
    QVERIFY(ana.isOpen());
    reconnect(ben); // and catches up by its cursor
    QTRY_COMPARE(ben.log.size(), 60);
    QCOMPARE(ben.faults, QStringList());
}

void TestStrangers::lackOfDescriptorsPasses()
{
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    SlowSocket client(false);
    const int lowest = ::dup(0);
    ::close(lowest);
    // From now on this process, so also the server in it, can open nothing more.
    const rlimit none{rlim_t(lowest), before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
    client.connectTo(m_url);         // into the system's queue
    QVERIFY(!client.hasAnswer(250)); // the server meets the lack and backs off
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY(client.write("GET /healthz HTTP/1.1\r\n\r\n"));
    QVERIFY(client.hasAnswer(5000));
    QVERIFY(client.read().contains("200 OK"));
}

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
