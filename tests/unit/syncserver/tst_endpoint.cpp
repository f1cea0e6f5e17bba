// SPDX-License-Identifier: GPL-3.0-or-later
#include "EndpointTest.h"

#include <QTimer>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace simmer;
using namespace simmer::tests;
using namespace simmer::syncserver;

namespace {

const QByteArray Healthz = "GET /healthz HTTP/1.1\r\n\r\n";

/// A socket that listens already, as systemd hands it over.
int listeningSocket(quint32 address = INADDR_LOOPBACK)
{
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(address);
    ::bind(made, reinterpret_cast<sockaddr *>(&at), sizeof at);
    ::listen(made, 16);
    return made;
}

} // namespace

/// The transport with real sockets: TLS, keys, limits, and where it listens.
class TestEndpoint : public EndpointTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { startSecure(); }
    void cleanup() { m_endpoint.reset(); }

    void onePortForHttpsAndWss();
    void keyOfTheDeviceIsSeenEachTime();
    void deviceWithoutAKeyIsHeardToo();
    void plainPeersHaveNoKey();
    void peersBehindAProxyAreNotLocal();
    void neighboursAreOfOneNetwork();
    void olderTlsIsRefused();
    void plainOnTheTlsPortIsTold();
    void tlsOnThePlainPortEnds();
    void halfTlsHandshakeEndsInTime();
    void garbageInTlsEnds_data();
    void garbageInTlsEnds();
    void largeMessagesPassBothWays();
    void whatIsSaidAtOnceArrivesInOrder_data();
    void whatIsSaidAtOnceArrivesInOrder();
    void stalledTlsReaderIsCutOff();
    void abruptEndsLeaveItWell();
    void silenceCountsFromTheFirstByte();
    void drippingHeadEndsInTime();
    void hugeFramesEnd();
    void manyFromOneAddressAreTurnedAway();
    void knownOnesLeaveRoomNearby();
    void aboveTheMostIsToldSo();
    void listensAtSeveralAddresses();
    void takesOverASocket();
    void otherDescriptorsAreRefused();
    void plainStaysOnLoopback();
    void unfitCertificateIsRefused();

private:
    void restartImpatient(int handshakeMs)
    {
        m_options.handshakeMs = handshakeMs;
        start();
    }
    ErrorCode refusalToStart(const ListenAt &at)
    {
        EndpointOptions options = m_options;
        options.at = {at};
        const auto started =
            Endpoint().listen(options, [](Socket &) { return std::unique_ptr<Talker>(); });
        return started ? ErrorCode::NotFound : started.error().code;
    }
};

void TestEndpoint::onePortForHttpsAndWss()
{
    Caller web(m_port, std::nullopt);
    QVERIFY(web.answerTo(Healthz).endsWith("\r\n\r\nok\n"));
    Caller device(m_port, m_device);
    device.talk({"hello"});
    QVERIFY2(device.hears("127.0.0.1 local secure "), device.heard().constData());
}

void TestEndpoint::keyOfTheDeviceIsSeenEachTime()
{
    for (int i = 0; i < 3; ++i) {
        Caller device(m_port, m_device);
        device.talk({"hello"});
        QVERIFY(device.hears(m_device.fingerprint.toText().toLatin1()));
        auto *socket = static_cast<QSslSocket *>(device.socket.get());
        QVERIFY(socket->sslConfiguration().sessionTicket().isEmpty());
        QCOMPARE(socket->sessionProtocol(), QSsl::TlsV1_3);
    }
}

void TestEndpoint::deviceWithoutAKeyIsHeardToo()
{
    Caller device(m_port, std::nullopt);
    device.talk({"hello"});
    QVERIFY(device.hears("secure no key"));
}

void TestEndpoint::plainPeersHaveNoKey()
{
    startPlain();
    Caller device(m_port);
    device.talk({"hello"});
    QVERIFY(device.hears("127.0.0.1 local plain no key 5"));
}

void TestEndpoint::peersBehindAProxyAreNotLocal()
{
    startPlain();
    m_options.behindProxy = true;
    start();
    Caller device(m_port);
    device.talk({"hello"});
    QVERIFY(device.hears("127.0.0.1 far plain"));
}

void TestEndpoint::neighboursAreOfOneNetwork()
{
    const auto networkOf = [this](const QString &address) {
        Caller device(m_port, address);
        device.talk({"hello"});
        return device.hears(" plain no key 5 of ") ? device.heard().split(' ').last()
                                                   : QByteArray("silent");
    };
    const auto listenAt = [this](const QString &address) {
        startPlain();
        m_options.at = {{address}};
    };
    const QString here = QStringLiteral("127.0.0.1");
    const QString hereToo = QStringLiteral("::1");
    listenAt(here);
    start();
    QCOMPARE(networkOf(here), QByteArray("0000000000000000;"));
    m_options.countLoopback = true;
    start();
    QCOMPARE(networkOf(here), QByteArray("000000007f000001;"));
    listenAt(hereToo); // without its own 64 bits
    m_options.countLoopback = true;
    start();
    QCOMPARE(networkOf(hereToo), QByteArray("0000000000000000;"));
    m_options.behindProxy = true;
    start();
    QCOMPARE(networkOf(hereToo), QByteArray(";"));
}

void TestEndpoint::olderTlsIsRefused()
{
    Caller old(m_port, m_device, QSsl::TlsV1_2);
    QCOMPARE(old.untilClosed(), QByteArray());
    QVERIFY(!static_cast<QSslSocket *>(old.socket.get())->isEncrypted());
    QVERIFY(isWell());
}

void TestEndpoint::plainOnTheTlsPortIsTold()
{
    Caller plain(m_port);
    const QByteArray answer = plain.answerTo(Healthz);
    QVERIFY2(answer.startsWith("HTTP/1.1 400 ") && answer.contains("speaks TLS"),
             answer.constData());
    QVERIFY(isWell());
}

void TestEndpoint::tlsOnThePlainPortEnds()
{
    startPlain();
    Caller secure(m_port, m_device);
    QCOMPARE(secure.untilClosed(2000), QByteArray());
    QVERIFY(isWell());
}

void TestEndpoint::halfTlsHandshakeEndsInTime()
{
    restartImpatient(300);
    Caller half(m_port);
    half.say(QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
    QCOMPARE(half.untilClosed(), QByteArray());
    Caller silent(m_port);
    QCOMPARE(silent.untilClosed(), QByteArray());
    Caller noRequest(m_port, m_device);
    QCOMPARE(noRequest.untilClosed(), QByteArray());
    QVERIFY(isWell());
}

void TestEndpoint::garbageInTlsEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zeros") << QByteArray("\x16\x03\x01\x00\x20", 5) + QByteArray(32, 0);
    QTest::newRow("too long") << QByteArray("\x16\x03\x01\xff\xff", 5) + QByteArray(70'000, 'x');
    QTest::newRow("other version") << QByteArray("\x16\x09\x09\x00\x05hello", 10);
    QTest::newRow("text") << QByteArray("\x16GET / HTTP/1.1\r\n\r\n");
}

void TestEndpoint::garbageInTlsEnds()
{
    QFETCH(const QByteArray, bytes);
    Caller caller(m_port);
    caller.say(bytes);
    QVERIFY(caller.untilClosed(2000) != "never closed");
    QVERIFY(isWell());
}

void TestEndpoint::largeMessagesPassBothWays()
{
    Caller device(m_port, m_device);
    device.talk({});
    const qsizetype before = device.heard().count('x');
    const QByteArray text = "echo" + QByteArray(200'000, 'x');
    QByteArray head("\x81\xff\0\0\0\0\0", 7);
    for (const int shift : {16, 8, 0})
        head += char(text.size() >> shift);
    for (int i = 0; i < 5; ++i)
        device.say(head + QByteArray(4, 0) + text);
    QTRY_COMPARE(device.heard().count('x') - before, 5 * 200'000);
}

void TestEndpoint::whatIsSaidAtOnceArrivesInOrder_data()
{
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("wish");
    QTest::addColumn<QByteArray>("frames");
    const QByteArray all = framed(burst());
    for (const bool secure : {false, true}) {
        const char *line = secure ? "TLS" : "plain";
        QTest::addRow("%s", line) << secure << QByteArray("burst") << all;
        QTest::addRow("%s, the end", line)
            << secure << QByteArray("burst, finish") << all + framed({"finished"});
        QTest::addRow("%s, cut off", line)
            << secure << QByteArray("burst, cut") << framed({burst().constFirst(), "cut off"});
    }
}

/// Small messages go out together, large ones alone; nobody can tell from the bytes.
void TestEndpoint::whatIsSaidAtOnceArrivesInOrder()
{
    QFETCH(bool, secure);
    QFETCH(QByteArray, wish);
    QFETCH(QByteArray, frames);
    if (!secure)
        startPlain();
    auto device = secure ? Caller(m_port, m_device) : Caller(m_port);
    device.talk({});
    const qsizetype before = device.heard().size();
    for (int i = wish == "burst" ? 3 : 1; i > 0; --i)
        device.say(QByteArray("\x81") + char(0x80 | wish.size()) + QByteArray(4, 0) + wish);
    const QByteArray wanted = wish == "burst" ? frames.repeated(3) : frames;
    QTRY_VERIFY(device.heard().size() - before >= wanted.size());
    QCOMPARE(device.heard().sliced(before, wanted.size()), wanted);
}

void TestEndpoint::stalledTlsReaderIsCutOff()
{
    m_options.stalledMs = 200;
    start();
    Caller device(m_port, m_device);
    device.talk({"flood"});
    device.socket->flush();
    QVERIFY(m_stalls.tryAcquire(1, PatienceMs)); // without an event loop nobody reads
    QVERIFY(device.untilClosed(10'000).size() < FloodBytes);
    QVERIFY(isWell());
}

void TestEndpoint::abruptEndsLeaveItWell()
{
    for (int i = 0; i < 60; ++i) {
        Caller device(m_port, m_device);
        if (i % 3 == 1)
            QTRY_VERIFY(static_cast<QSslSocket *>(device.socket.get())->isEncrypted());
        if (i % 3 == 2)
            device.talk({"echo", "echo", "echo"});
        device.socket->flush();
        device.socket->abort();
    }
    QVERIFY(isWell());
}

void TestEndpoint::silenceCountsFromTheFirstByte()
{
    restartImpatient(300);
    Caller device(m_port, m_device);
    device.talk({});
    QVERIFY(device.hears("silent"));
    Caller other(m_port, m_device);
    other.talk({"hello"});
    QVERIFY(other.hears("secure"));
    QVERIFY(device.untilClosed() != "never closed");
    QVERIFY(!other.isClosed()); // it may be silent now
}

void TestEndpoint::drippingHeadEndsInTime()
{
    startPlain();
    restartImpatient(300);
    Caller slow(m_port);
    slow.say("GET /echo HTTP/1.1\r\nHost: localhost\r\nX: ");
    QTimer drip;
    QObject::connect(&drip, &QTimer::timeout, &drip, [&] { slow.say("x"); });
    drip.start(20);
    QCOMPARE(slow.untilClosed(), QByteArray());
    QVERIFY(isWell());
}

void TestEndpoint::hugeFramesEnd()
{
    Caller device(m_port, m_device);
    device.talk({"hello"});
    QVERIFY(device.hears("secure"));
    device.say(QByteArray("\x81\xff\0\0\x01\0\0\0\0\0", 10) + QByteArray(4, 0)); // 2^40 bytes
    QVERIFY(device.hears(QByteArray("\x88\x02\x03\xf1", 4)));                    // close, 1009
    QVERIFY(device.untilClosed() != "never closed");
    QVERIFY(isWell());
}

void TestEndpoint::manyFromOneAddressAreTurnedAway()
{
    startPlain();
    m_options.countLoopback = true;
    start();
    std::vector<std::unique_ptr<Caller>> idle;
    for (int i = 0; i < 200; ++i)
        idle.push_back(std::make_unique<Caller>(m_port));
    const auto open = [&] {
        return std::count_if(idle.begin(), idle.end(),
                             [](const auto &caller) { return !caller->isClosed(); });
    };
    QTRY_COMPARE(open(), 16);
    Caller elsewhere(m_port, QStringLiteral("127.0.0.1"));
    QCOMPARE(elsewhere.untilClosed(), QByteArray());
    idle.clear();
    QTRY_VERIFY(isWell());
}

void TestEndpoint::knownOnesLeaveRoomNearby()
{
    startPlain();
    m_options.countLoopback = true;
    start();
    std::vector<std::unique_ptr<Caller>> devices;
    for (int i = 0; i < 40; ++i) {
        devices.push_back(std::make_unique<Caller>(m_port));
        devices.back()->talk({"hello"});
        QVERIFY(devices.back()->hears("plain no key"));
    }
    QVERIFY(isWell());
}

void TestEndpoint::aboveTheMostIsToldSo()
{
    m_options.sockets = 2;
    start();
    std::vector<std::unique_ptr<Caller>> devices;
    for (int i = 0; i < 2; ++i) {
        devices.push_back(std::make_unique<Caller>(m_port, m_device));
        devices.back()->talk({"hello"});
        QVERIFY(devices.back()->hears("secure"));
    }
    Caller third(m_port, m_device);
    QVERIFY(third.answerTo(Healthz).startsWith("HTTP/1.1 503 "));
    devices.clear();
    QTRY_VERIFY(isWell());
}

void TestEndpoint::listensAtSeveralAddresses()
{
    startPlain();
    m_options.at = {{QStringLiteral("127.0.0.1")}, {QStringLiteral("127.0.0.2")}};
    m_endpoint = std::make_unique<Endpoint>();
    const auto at = m_endpoint->listen(
        m_options, [](Socket &) { return nullptr; }, &m_answers);
    QVERIFY(at);
    QCOMPARE(at->size(), 2);
    for (const ListenAt &place : *at) {
        Caller caller(place.port, place.address);
        const QByteArray request =
            "GET /echo HTTP/1.0\r\nHost: " + place.address.toLatin1() + "\r\n\r\n";
        QVERIFY(caller.answerTo(request).contains("200 OK"));
        Caller wrong(place.port, place.address);
        QVERIFY(wrong.answerTo("GET /echo HTTP/1.0\r\nHost: 127.0.0.3\r\n\r\n").contains(" 403 "));
    }
}

void TestEndpoint::takesOverASocket()
{
    m_options.at = {{QString(), 0, listeningSocket()}};
    start();
    QVERIFY(m_port > 0);
    QVERIFY(isWell());
}

void TestEndpoint::otherDescriptorsAreRefused()
{
    QCOMPARE(refusalToStart({QString(), 0, 1'000'000}), ErrorCode::BadArgument);
    const int file = ::dup(0);
    QCOMPARE(refusalToStart({QString(), 0, file}), ErrorCode::BadArgument);
    ::close(file);
    const int notListening = ::socket(AF_INET, SOCK_STREAM, 0);
    QCOMPARE(refusalToStart({QString(), 0, notListening}), ErrorCode::BadArgument);
    ::close(notListening);
}

void TestEndpoint::plainStaysOnLoopback()
{
    startPlain();
    QCOMPARE(refusalToStart({QStringLiteral("0.0.0.0")}), ErrorCode::BadArgument);
    QCOMPARE(refusalToStart({QString(), 0, listeningSocket(INADDR_ANY)}), ErrorCode::BadArgument);
    QCOMPARE(refusalToStart({QStringLiteral("kitchen")}), ErrorCode::BadArgument);
    QCOMPARE(refusalToStart({QStringLiteral("127.0.0.1"), m_port}), ErrorCode::Refused);
    m_options.behindProxy = true;
    QCOMPARE(refusalToStart({QStringLiteral("0.0.0.0")}), ErrorCode::NotFound); // it started
}

void TestEndpoint::unfitCertificateIsRefused()
{
    m_options.identity->key = m_device.key;
    QCOMPARE(refusalToStart({QStringLiteral("127.0.0.1")}), ErrorCode::BadArgument);
    m_options.identity->certificates.clear();
    QCOMPARE(refusalToStart({QStringLiteral("127.0.0.1")}), ErrorCode::BadArgument);
}

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
