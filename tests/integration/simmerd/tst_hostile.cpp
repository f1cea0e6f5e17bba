// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunningServer.h"
#include "protocol/Limits.h"

#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTimer>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace simmer;
using namespace simmer::tests;
namespace limits = protocol::limits;

namespace {

constexpr qint64 BoundKiB = 64 * 1024; // more than that nobody may make the server keep

const QByteArray Upgrade = "GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                           "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const QByteArray Mask(4, 0);

/// A client that writes bytes as it likes.
class Raw
{
public:
    explicit Raw(const QUrl &server)
    {
        socket.connectToHost(server.host(), quint16(server.port()));
        isConnected = socket.waitForConnected(PatienceMs);
    }
    bool upgrades()
    {
        socket.write(Upgrade);
        return QTest::qWaitFor(
                   [this] {
                       heard += socket.readAll();
                       return heard.contains("\r\n\r\n");
                   },
                   PatienceMs) &&
               heard.startsWith("HTTP/1.1 101 ");
    }
    bool isClosed()
    {
        heard += socket.readAll();
        return socket.state() == QAbstractSocket::UnconnectedState;
    }
    bool isClosedSoon()
    {
        return QTest::qWaitFor([this] { return isClosed(); }, PatienceMs);
    }
    /// Writes this again and again, as fast as it is taken, until the other side has enough.
    bool floods(const QByteArray &bytes)
    {
        return QTest::qWaitFor(
            [&] {
                if (socket.bytesToWrite() < 1'000'000)
                    socket.write(bytes);
                return isClosed();
            },
            PatienceMs);
    }

    QTcpSocket socket;
    QByteArray heard;
    bool isConnected = false;
};

/// So many plain sockets at once, which say nothing.
class Crowd
{
public:
    Crowd(const QUrl &server, int size)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(quint16(server.port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (int i = 0; i < size; ++i) {
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            if (socket < 0)
                return;
            m_sockets.push_back(socket);
            ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address);
        }
    }
    ~Crowd()
    {
        const linger atOnce{1, 0};
        for (const int socket : m_sockets) {
            ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
            ::close(socket);
        }
    }
    Q_DISABLE_COPY_MOVE(Crowd)

    size_t size() const { return m_sockets.size(); }

private:
    std::vector<int> m_sockets;
};

} // namespace

/// Whatever strangers and broken devices do to a simmerd: they are refused, it keeps little of it,
/// and a device of the kitchen presses on.
class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_keptBefore = keptKiB(); }
    void cleanup();
    void cleanupTestCase() { m_server.reset(); }

    void badMessagesEndTheTalk_data();
    void badMessagesEndTheTalk();
    void badFramesEndTheConnection_data();
    void badFramesEndTheConnection();
    void floodsEnd_data();
    void floodsEnd();
    void slowOnesEndInTime();
    void wrongRequestsAreRefused_data();
    void wrongRequestsAreRefused();
    void tenThousandSockets();

private:
    qint64 keptKiB() const
    {
        QFile status(QStringLiteral("/proc/%1/status").arg(m_server->pid()));
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        const QByteArray text = status.readAll();
        const QByteArray line = text.mid(text.indexOf("VmRSS:") + 6);
        return line.left(line.indexOf("kB")).trimmed().toLongLong();
    }
    bool isHealthy()
    {
        Raw visitor(m_server->url);
        visitor.socket.write("GET /healthz HTTP/1.1\r\n\r\n");
        const timers::Op op = m_device.op(timers::Pause{}, 1);
        m_device.say(protocol::Push{{op}});
        return QTest::qWaitFor([&] { return m_device.hasAck(op.id); }, PatienceMs) &&
               visitor.isClosedSoon() && visitor.heard.contains("200 OK");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RunningServer> m_server;
    WireDevice m_device;
    qint64 m_keptBefore = 0;
};

void TestHostile::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<RunningServer>(m_folder->path());
    join(m_device, *m_server, m_folder->path());
    QVERIFY(isHealthy());
}

void TestHostile::cleanup()
{
    QVERIFY(isHealthy());
    QVERIFY2(keptKiB() - m_keptBefore < BoundKiB, qPrintable(QString::number(keptKiB())));
}

void TestHostile::badMessagesEndTheTalk_data()
{
    QTest::addColumn<QByteArray>("message");
    const QByteArray deep = "{\"type\":\"ping\",\"sent\":";
    QTest::newRow("key twice") << QByteArray("{\"type\":\"ping\",\"type\":\"ping\",\"sent\":1}");
    QTest::newRow("escaped key twice")
        << QByteArray("{\"type\":\"ping\",\"sent\":1,\"s\\u0065nt\":1}");
    QTest::newRow("depth 17") << deep + QByteArray(limits::JsonDepth, '[') + "1" +
                                     QByteArray(limits::JsonDepth, ']') + '}';
    QTest::newRow("depth of all") << QByteArray(limits::MessageBytes - 1, '[');
    QTest::newRow("two values") << QByteArray("{\"type\":\"ping\",\"sent\":1}{}");
    QTest::newRow("a zero") << QByteArray("{\"type\":\"ping\",\"sent\":1\0}", 24);
    QTest::newRow("a number too large") << QByteArray("{\"type\":\"ping\",\"sent\":1e400}");
    QTest::newRow("ops of another") << QByteArray("{\"type\":\"push\",\"ops\":[{}]}");
    QTest::newRow("a kitchen") << QByteArray("{\"type\":\"ping\",\"sent\":1,\"kitchen\":\"x\"}");
}

/// Of a device that belongs to the kitchen; the next talk is like any other.
void TestHostile::badMessagesEndTheTalk()
{
    QFETCH(const QByteArray, message);
    WireDevice broken;
    join(broken, *m_server, m_folder->path());
    broken.sayText(QString::fromLatin1(message));
    QTRY_COMPARE(broken.bye(), protocol::ByeReason::BadMessage);
    QTRY_VERIFY(broken.isClosed());
    broken.connectTo(m_server->url);
    QTRY_VERIFY(broken.isOpen());
    broken.hello();
    QTRY_VERIFY(broken.heard<protocol::Welcome>());
}

void TestHostile::badFramesEndTheConnection_data()
{
    QTest::addColumn<QByteArray>("frames");
    QTest::newRow("garbage") << QByteArray("\xde\xad\xbe\xef nothing that is a frame");
    QTest::newRow("HTTP again") << Upgrade;
    QTest::newRow("not masked") << QByteArray("\x81\x02hi");
    QTest::newRow("reserved bits") << QByteArray("\xf1\x82") + Mask + "hi";
    QTest::newRow("unknown kind") << QByteArray("\x83\x82") + Mask + "hi";
    QTest::newRow("continues nothing") << QByteArray("\x80\x82") + Mask + "hi";
    QTest::newRow("new within the old")
        << QByteArray("\x01\x82") + Mask + "hi" + QByteArray("\x01\x82") + Mask + "hi";
    QTest::newRow("ping in parts") << QByteArray("\x09\x82") + Mask + "hi";
    QTest::newRow("long ping") << QByteArray("\x89\xfe\0\x7e", 4) + Mask + QByteArray(126, 'x');
    QTest::newRow("no UTF-8") << QByteArray("\x81\x82") + Mask + "\xc3\x28";
    QTest::newRow("half a character") << QByteArray("\x81\x81") + Mask + "\xc3";
    QTest::newRow("2^63 bytes") << QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff") + Mask;
    QTest::newRow("negative") << QByteArray("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff") + Mask;
    QTest::newRow("a byte too much") << QByteArray("\x81\xff\0\0\0\0\0\x04\0\x01", 10) + Mask;
    QTest::newRow("binary") << QByteArray("\x82\x82") + Mask + "{}";
}

void TestHostile::badFramesEndTheConnection()
{
    QFETCH(const QByteArray, frames);
    Raw client(m_server->url);
    QVERIFY(client.upgrades());
    client.socket.write(frames);
    QVERIFY(client.isClosedSoon());
}

void TestHostile::floodsEnd_data()
{
    QTest::addColumn<QByteArray>("frames");
    const QByteArray begin = QByteArray("\x01\x81") + Mask + "x";
    const QByteArray part = QByteArray("\0\xfe\x03\xe8", 4) + Mask + QByteArray(1000, 'x');
    QTest::newRow("one message without end") << begin + part.repeated(1000);
    QTest::newRow("tiny parts")
        << (QByteArray("\0\x81", 2) + Mask + "x").repeated(10'000).prepend(begin);
    QTest::newRow("parts of nothing")
        << (QByteArray("\0\x80", 2) + Mask).repeated(10'000).prepend(begin);
    QTest::newRow("pings") << (QByteArray("\x89\xfd") + Mask + QByteArray(125, 'x')).repeated(1000);
    QTest::newRow("messages") << (QByteArray("\x81\x82") + Mask + "{}").repeated(10'000);
}

void TestHostile::floodsEnd()
{
    QFETCH(const QByteArray, frames);
    Raw client(m_server->url);
    QVERIFY(client.upgrades());
    QVERIFY(client.floods(frames));
}

/// Each says a byte now and then and nothing whole, all at the same time.
void TestHostile::slowOnesEndInTime()
{
    const QByteArray begun[] = {
        {},
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ",
        Upgrade.left(Upgrade.size() - 2),
        "POST /api/v1/timers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
        "POST /api/v1/timers HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1",
        QByteArray("\x16\x03\x01\x02\0\x01", 6)};
    std::vector<std::unique_ptr<Raw>> slow;
    for (const QByteArray &bytes : begun) {
        slow.push_back(std::make_unique<Raw>(m_server->url));
        slow.back()->socket.write(bytes);
    }
    for (const QByteArray &frame : {QByteArray("\x81\xfe\x40\0", 4) + Mask, QByteArray("\x01"),
                                    QByteArray("\x01\x81") + Mask + "x"}) {
        slow.push_back(std::make_unique<Raw>(m_server->url));
        QVERIFY(slow.back()->upgrades());
        slow.back()->socket.write(frame);
    }
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] {
        for (const auto &client : slow)
            if (!client->isClosed())
                client->socket.write("0");
    });
    drip.start(100);
    for (const auto &client : slow)
        QTRY_VERIFY(client->isClosed());
    for (const auto &client : slow)
        QVERIFY(!client->heard.contains(" 200 "));
}

void TestHostile::wrongRequestsAreRefused_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("answer");
    const auto upgrade = [](const char *from, const QByteArray &to) {
        return QByteArray(Upgrade).replace(from, to);
    };
    const QByteArray forbidden = "HTTP/1.1 403 ";
    QTest::newRow("Host") << upgrade("Host: localhost", "Host: kitchen.evil.example") << forbidden;
    QTest::newRow("Host and more")
        << upgrade("Host: localhost", "Host: localhost.evil.example") << forbidden;
    QTest::newRow("two Hosts") << upgrade("Host: localhost", "Host: localhost\r\nHost: localhost")
                               << forbidden;
    QTest::newRow("Origin") << upgrade("Host: localhost",
                                       "Host: localhost\r\nOrigin: https://evil.example")
                            << forbidden;
    QTest::newRow("Origin as the Host")
        << upgrade("Host: localhost", "Host: localhost\r\nOrigin: http://localhost") << forbidden;
    QTest::newRow("frame behind the upgrade")
        << Upgrade + QByteArray("\x81\x82") + Mask + "{}" << QByteArray("HTTP/1.1 400 ");
    QTest::newRow("request behind the upgrade")
        << Upgrade + "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        << QByteArray("HTTP/1.1 400 ");
    QTest::newRow("a thousand at once")
        << QByteArray("GET /sync HTTP/1.1\r\nHost: localhost\r\n\r\n").repeated(1000)
        << QByteArray("HTTP/1.1 404 ");
}

void TestHostile::wrongRequestsAreRefused()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, answer);
    Raw client(m_server->url);
    client.socket.write(request);
    QVERIFY(client.isClosedSoon());
    QVERIFY2(client.heard.startsWith(answer), client.heard.constData());
    QCOMPARE(client.heard.count("HTTP/1.1 "), 1);
}

/// From one address. That of this machine is not held to the limit of one address: it is the one of
/// a proxy, too. So they wait for a place, and the device that is in does not notice.
void TestHostile::tenThousandSockets()
{
    rlimit most{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &most), 0);
    const rlimit before = most;
    most.rlim_cur = most.rlim_max;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &most), 0);
    if (most.rlim_cur < 10'100)
        QSKIP("this system lets nobody have 10,000 files");
    {
        const Crowd crowd(m_server->url, 10'000);
        QCOMPARE(crowd.size(), size_t(10'000));
        for (int i = 0; i < 20; ++i) {
            const timers::Op op = m_device.op(timers::Pause{}, 1);
            m_device.say(protocol::Push{{op}});
            QTRY_VERIFY(m_device.hasAck(op.id));
        }
        QVERIFY(keptKiB() - m_keptBefore < BoundKiB);
    }
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
