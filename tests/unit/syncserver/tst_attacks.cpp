// SPDX-License-Identifier: GPL-3.0-or-later
#include "Attackers.h"
#include "EndpointTest.h"
#include "ServerTest.h"
#include "protocol/Limits.h"

#include <QRandomGenerator>
#include <QTimer>

#include <sys/resource.h>

using namespace simmer;
using namespace simmer::tests;

namespace {

constexpr int CrowdSize = 10'000;
constexpr int KeyRequests = 300'000; // seconds of work for whoever follows them all at once
constexpr int Nearby = 16;           // strangers of one address, as EndpointOptions has it
constexpr int MostPushes = 100;      // times 50 times 64 ops
constexpr int ImpatientMs = 1500;    // enough for an honest device on a busy machine

} // namespace

/// A whole server with TLS, attacked; after each attack an honest device joins and presses.
class TestAttacks : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void halfHandshakesInAllPlaces();
    void mutatedHandshakes();
    void olderTlsInAllPlaces();
    void endlessNewKeys();
    void drippingInAllPlaces_data();
    void drippingInAllPlaces();
    void badRequests_data();
    void badRequests();
    void foreignNames_data();
    void foreignNames();
    void displayThatNeverReads();
    void tenThousandSocketsOfOneAddress_data();
    void tenThousandSocketsOfOneAddress();

private:
    using Callers = std::vector<std::unique_ptr<Caller>>;

    void restart(int handshakeMs, bool countLoopback = false)
    {
        stopServer();
        m_options.handshakeMs = handshakeMs;
        m_options.countLoopback = countLoopback;
        startServer();
    }
    quint16 port() const { return quint16(m_url.port()); }
    std::unique_ptr<Caller> plainCaller() const { return std::make_unique<Caller>(port()); }
    std::unique_ptr<Caller> caller(QSsl::SslProtocol protocol = QSsl::TlsV1_3OrLater) const
    {
        return std::make_unique<Caller>(port(), std::nullopt, protocol);
    }
    static int openOf(const Callers &callers)
    {
        return int(std::count_if(callers.begin(), callers.end(),
                                 [](const auto &one) { return !one->isClosed(); }));
    }
    void joinAndPress()
    {
        WireDevice device;
        device.serverKey = m_identity.fingerprint;
        join(device);
        pushed(device);
        QTRY_VERIFY(!device.log.isEmpty());
        QCOMPARE(device.faults, QStringList());
    }
    QByteArray head(const QByteArray &method, const QByteArray &path, const QByteArray &more = {},
                    const QByteArray &names = "Host: localhost\r\n")
    {
        return method + ' ' + path + " HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer " +
               m_token.toHex() + "\r\n" + names + more + "\r\n";
    }

    identity::Identity m_identity;
    QByteArray m_hello;
    QByteArray m_token; ///< of a program that may cook
};

void TestAttacks::initTestCase()
{
    m_identity = *identity::make();
    m_hello = clientHello();
    QVERIFY(m_hello.size() > 100);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

void TestAttacks::init()
{
    startFresh();
    stopServer();
    m_options.identity = m_identity;
    startServer();
    m_token = token(Role::Cook);
    QCOMPARE(m_token.size(), 32);
}

void TestAttacks::cleanup()
{
    if (!QTest::currentTestFailed())
        joinAndPress();
    stopServer();
}

void TestAttacks::halfHandshakesInAllPlaces()
{
    restart(ImpatientMs);
    Callers half;
    for (int i = 0; i < protocol::limits::UnauthenticatedSockets; ++i) {
        half.push_back(plainCaller());
        half.back()->say(m_hello.left(1 + i * (m_hello.size() - 2) / 64));
    }
    joinAndPress(); // once those before it were dropped
    QTRY_COMPARE(openOf(half), 0);
}

void TestAttacks::mutatedHandshakes()
{
    restart(ImpatientMs); // most wait for more
    QRandomGenerator random(7464);
    Callers callers;
    for (int i = 0; i < 200; ++i) {
        QByteArray hello = m_hello;
        for (int change = 0; change < 1 + i % 5; ++change)
            hello[random.bounded(5, int(hello.size()))] = char(random.bounded(256));
        callers.push_back(plainCaller());
        callers.back()->say(i % 3 ? hello : hello.left(random.bounded(int(hello.size()))));
        if (i % 50 == 49)
            QTRY_COMPARE(openOf(callers), 0);
    }
}

/// Also what comes with it: nothing can be negotiated anew.
void TestAttacks::olderTlsInAllPlaces()
{
    for (const auto protocol : {QSsl::TlsV1_2, QSsl::TlsV1_2OrLater}) {
        Callers old;
        for (int i = 0; i < protocol::limits::UnauthenticatedSockets; ++i)
            old.push_back(caller(protocol));
        const auto settled = [&old](bool encrypted) {
            return std::count_if(old.begin(), old.end(), [&](const auto &one) {
                return static_cast<QSslSocket *>(one->socket.get())->isEncrypted() == encrypted;
            });
        };
        if (protocol == QSsl::TlsV1_2)
            QTRY_COMPARE(openOf(old), 0);
        QTRY_COMPARE(settled(protocol != QSsl::TlsV1_2), qsizetype(old.size()));
        for (const auto &one : old)
            QVERIFY(protocol == QSsl::TlsV1_2 ||
                    static_cast<QSslSocket *>(one->socket.get())->sessionProtocol() ==
                        QSsl::TlsV1_3);
    }
}

/// TLS 1.3 has no renegotiation, but each side may ask for new keys as often as it likes.
void TestAttacks::endlessNewKeys()
{
    restart(10 * protocol::limits::HandshakeMs); // a flood takes seconds to make
    bool hadTheirTurn = false;
    // A busy machine may let this thread wait until a flood is over.
    for (int floods = 0; floods < 5 && !hadTheirTurn; ++floods) {
        KeyFlood flood(m_url, KeyRequests);
        flood.begin();
        QTRY_VERIFY(flood.sent() > 100'000);
        QVERIFY(caller()->answerTo("GET /healthz HTTP/1.1\r\n\r\n").contains("200 OK"));
        hadTheirTurn = flood.isSending();
    }
    QVERIFY(hadTheirTurn);
}

void TestAttacks::drippingInAllPlaces_data()
{
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("hello") << false << QByteArray();
    QTest::newRow("head") << true << QByteArray("GET /api/v1/timers HTTP/1.1\r\nX: ");
    QTest::newRow("body") << true
                          << QByteArray("POST /api/v1/timers HTTP/1.1\r\nHost: localhost\r\n"
                                        "Content-Length: 1000\r\n\r\n");
}

void TestAttacks::drippingInAllPlaces()
{
    QFETCH(const bool, secure);
    QFETCH(const QByteArray, begin);
    restart(ImpatientMs);
    Callers slow;
    for (int i = 0; i < protocol::limits::UnauthenticatedSockets; ++i) {
        slow.push_back(secure ? caller() : plainCaller());
        slow.back()->say(begin);
    }
    QTimer drip;
    qsizetype at = 0;
    QObject::connect(&drip, &QTimer::timeout, &drip, [&] {
        ++at;
        for (const auto &one : slow)
            if (!one->isClosed())
                one->say(secure ? QByteArray("x") : m_hello.mid(at, 1));
    });
    drip.start(50);
    joinAndPress();
    QTRY_COMPARE(openOf(slow), 0);
}

void TestAttacks::badRequests_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<int>("status");
    const QByteArray good = R"({"name":"Eggs","seconds":300})";
    const QByteArray json = "Content-Type: application/json\r\n";
    QTest::newRow("good") << good << json << 201;
    QTest::newRow("key twice") << QByteArray(R"({"name":"a","name":"a","seconds":1})") << json
                               << 400;
    QTest::newRow("deep") << R"({"name":)" + QByteArray(60'000, '[') << json << 400;
    QTest::newRow("deep and whole")
        << R"({"name":)" + QByteArray(17, '[') + QByteArray(17, ']') + R"(,"seconds":1})" << json
        << 400;
    QTest::newRow("large body") << good + QByteArray(protocol::limits::HttpBodyBytes, ' ') << json
                                << 413;
    QTest::newRow("large head") << good << json + "X: " + QByteArray(9000, 'x') + "\r\n" << 431;
    QTest::newRow("many heads") << good << json + QByteArray("X: y\r\n").repeated(2000) << 431;
}

void TestAttacks::badRequests()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, more);
    QFETCH(const int, status);
    const QByteArray length = "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    const QByteArray answer =
        caller()->answerTo(head("POST", "/api/v1/timers", length + more) + body);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '),
             answer.left(300).constData());
}

void TestAttacks::foreignNames_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/api/v1/timers", "/api/v1/recipes", "/api/v1/events",
                             "/api/v1/openapi.json", "/metrics"})
        QTest::newRow(path) << QByteArray(path);
}

/// A token, even a good one, is asked for only behind the exact lists.
void TestAttacks::foreignNames()
{
    QFETCH(const QByteArray, path);
    const auto answerFor = [&](const QByteArray &names) {
        return caller()->answerTo(head("GET", path, {}, names)).left(12);
    };
    const QByteArray host = "Host: localhost\r\n";
    for (const QByteArray &names :
         {QByteArray(), QByteArray("Host: evil.example\r\n"), QByteArray("Host: localhost.\r\n"),
          QByteArray("Host: 127.0.0.1.evil.example\r\n"), host + "Host: evil.example\r\n",
          QByteArray("Host: evil.example\r\nOrigin: https://evil.example\r\n"),
          host + "Origin: null\r\n", host + "Origin: https://evil.example\r\n",
          host + "Origin: https://localhost\r\n"})
        QVERIFY2(answerFor(names) == "HTTP/1.1 403", names.constData());
    auto own = caller();
    own->say(head("GET", path));
    QVERIFY(own->hears("HTTP/1.1 200 "));
}

void TestAttacks::displayThatNeverReads()
{
    stopServer();
    m_options.stalledMs = 300;
    m_options.opsPerSecond = 100'000;
    startServer();
    WireDevice device;
    device.serverKey = m_identity.fingerprint;
    join(device);
    auto display = caller();
    display->socket->setReadBufferSize(1024);
    display->say(head("GET", "/api/v1/events"));
    QVERIFY(display->hears("event: timers")); // and nothing more
    const auto displays = [&] {
        const QByteArray numbers = caller()->answerTo(head("GET", "/metrics"));
        return numbers.mid(numbers.lastIndexOf("\nsimmer_displays ") + 17).split('\n')[0].toInt();
    };
    QCOMPARE(displays(), 1);
    // More than the buffers of the system hold: 64 timers begin, pause and go on again and again.
    QList<timers::Op> ops;
    const QString name(protocol::limits::NameLength, QLatin1Char('x'));
    for (int i = 0; i < protocol::limits::OpsPerPush; ++i)
        ops += device.op(timers::Start{name, 600'000, 600'000, {}, {}, {}}, now());
    device.say(protocol::Push{ops});
    // A busy server tells displays of many presses at once: so it goes on until that is enough.
    for (int push = 0; push < MostPushes && displays() > 0; ++push) {
        for (int round = 0; round < 50; ++round) {
            for (timers::Op &op : ops) {
                const QUuid timer = op.subject;
                op = device.op(round % 2 ? timers::Action(timers::Resume{}) : timers::Pause{},
                               now());
                op.subject = timer;
            }
            device.say(protocol::Push{ops});
        }
        QTRY_VERIFY(device.hasAck(ops.last().id));
    }
    QTRY_COMPARE(displays(), 0);
}

void TestAttacks::tenThousandSocketsOfOneAddress_data()
{
    QTest::addColumn<int>("words");
    QTest::newRow("silent") << 0;
    QTest::newRow("half a handshake") << 1;
    QTest::newRow("a handshake") << 2;
    QTest::newRow("plain HTTP") << 3;
}

void TestAttacks::tenThousandSocketsOfOneAddress()
{
    QFETCH(const int, words);
    restart(protocol::limits::HandshakeMs, true);
    const std::array<QByteArray, 4> said{QByteArray(), m_hello.left(100), m_hello,
                                         QByteArray("GET /healthz HTTP/1.1\r\n")};
    Crowd crowd(m_url, CrowdSize, said.at(size_t(words)));
    joinAndPress(); // from another address, at once
    QVERIFY(crowd.open() <= Nearby);
    QTRY_COMPARE_WITH_TIMEOUT(crowd.open(), 0, 2 * protocol::limits::HandshakeMs);
}

QTEST_GUILESS_MAIN(TestAttacks)
#include "tst_attacks.moc"
