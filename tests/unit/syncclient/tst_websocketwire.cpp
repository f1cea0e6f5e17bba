// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Certificates.h"
#include "syncclient/WebSocketWire.h"

#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocketServer>

using namespace simmer;
using namespace simmer::syncclient;

namespace {

/// A WebSocket server with a key, or without.
class Server
{
public:
    explicit Server(const std::optional<identity::Identity> &identity,
                    QSsl::SslProtocol protocol = QSsl::TlsV1_3OrLater,
                    const QHostAddress &address = QHostAddress::LocalHost)
        : m_server(QStringLiteral("test"),
                   identity ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode)
    {
        if (identity) {
            QSslConfiguration configuration;
            configuration.setLocalCertificateChain(
                QSslCertificate::fromData(identity->certificates));
            configuration.setPrivateKey(QSslKey(identity->key, QSsl::Ec));
            configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
            configuration.setProtocol(protocol);
            m_server.setSslConfiguration(configuration);
        }
        if (!m_server.listen(address))
            qFatal("no free port");
        QObject::connect(&m_server, &QWebSocketServer::newConnection, [this] {
            socket.reset(m_server.nextPendingConnection());
            ++visits;
        });
    }
    QUrl url() const { return m_server.serverUrl(); }

    std::unique_ptr<QWebSocket> socket; ///< of the newest visitor
    int visits = 0;

private:
    QWebSocketServer m_server;
};

/// As long as it lives, this machine trusts whoever made that certificate.
class Trusting
{
public:
    explicit Trusting(const identity::Identity &authority)
        : m_before(QSslConfiguration::defaultConfiguration())
    {
        QSslConfiguration trusting = m_before;
        trusting.addCaCertificate(QSslCertificate(authority.certificates));
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    ~Trusting() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(Trusting)

private:
    QSslConfiguration m_before;
};

} // namespace

/// How a device knows its server, against servers of another make.
class TestWebSocketWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void plainHasNoKeys();
    void unprovenServerIsSeen();
    void pinnedServerIsKnown();
    void otherKeyIsRefused();
    void otherKeyIsRefusedWhateverVouchesForIt();
    void nameIsEnoughWithAnAuthority();
    void pinWithoutAKeyLetsNobodyIn();
    void plainIsRefusedWhereAKeyIsKnown();
    void nameNeedsAnAuthority();
    void nothingIsForgivenLater();
    void olderTlsIsRefused();
    void deviceShowsItsKey();
    void closedFollowsEachRefusal();

private:
    identity::Identity made(const char *name)
    {
        return *identity::loadOrMake(m_folder.filePath(QLatin1String(name)));
    }

    QTemporaryDir m_folder;
    identity::Identity m_device;
    identity::Identity m_kitchen;
    identity::Identity m_other;
    identity::Identity m_vouched; ///< for 127.0.0.1 and localhost
};

void TestWebSocketWire::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_device = made("device.pem");
    m_kitchen = made("server.pem");
    m_other = made("other.pem");
    const QString vouched = m_folder.filePath(QStringLiteral("vouched.pem"));
    QVERIFY(QFile::copy(QStringLiteral(SIMMER_FIXTURES "/tls/vouched.pem"), vouched));
    m_vouched = *identity::loadOrMake(vouched);
}

void TestWebSocketWire::plainHasNoKeys()
{
    Server server(std::nullopt);
    WebSocketWire wire;
    wire.secure({m_device});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy seen(&wire, &Wire::serverSeen);
    wire.open(server.url());
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(!wire.serverKey());
    QVERIFY(!wire.ownKey());
    QCOMPARE(seen.size(), 0);
}

void TestWebSocketWire::unprovenServerIsSeen()
{
    Server server(m_kitchen);
    WebSocketWire wire;
    wire.secure({m_device});
    const QSignalSpy opened(&wire, &Wire::opened);
    QSignalSpy seen(&wire, &Wire::serverSeen);
    QVERIFY(!wire.serverKey());
    wire.open(server.url());
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(seen.size(), 1);
    QVERIFY(seen[0][0].value<identity::Fingerprint>() == m_kitchen.fingerprint);
    QVERIFY(wire.serverKey() == m_kitchen.fingerprint);
    QVERIFY(wire.ownKey() == m_device.fingerprint);
    wire.close();
    QTRY_VERIFY(!wire.serverKey());
}

void TestWebSocketWire::pinnedServerIsKnown()
{
    Server server(m_kitchen);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, m_kitchen.fingerprint});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy seen(&wire, &Wire::serverSeen);
    QSignalSpy received(&wire, &Wire::received);
    wire.open(server.url());
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(seen.size(), 0);
    QTRY_VERIFY(server.socket);
    const QString text(200'000, QLatin1Char('x'));
    server.socket->sendTextMessage(text);
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received[0][0].toByteArray(), text.toUtf8());
}

void TestWebSocketWire::otherKeyIsRefused()
{
    Server server(m_other);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, m_kitchen.fingerprint});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy closed(&wire, &Wire::closed);
    wire.open(server.url());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(opened.size(), 0);
    QVERIFY2(wire.why().contains(QLatin1String("another key")), qPrintable(wire.why()));
    QVERIFY(!wire.serverKey());
}

/// An authority that this machine trusts signed for the server: there are no errors at all.
void TestWebSocketWire::otherKeyIsRefusedWhateverVouchesForIt()
{
    Server server(m_vouched);
    const Trusting trusting(m_vouched);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, m_kitchen.fingerprint});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy closed(&wire, &Wire::closed);
    wire.open(server.url());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(opened.size(), 0);
    QVERIFY(wire.why().contains(QLatin1String("another key")));
}

void TestWebSocketWire::nameIsEnoughWithAnAuthority()
{
    Server server(m_vouched);
    const Trusting trusting(m_vouched);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByName, std::nullopt});
    const QSignalSpy opened(&wire, &Wire::opened);
    wire.open(server.url());
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(wire.serverKey() == m_vouched.fingerprint);
    // The same authority, but it vouches for another name.
    const QSignalSpy closed(&wire, &Wire::closed);
    QUrl other = server.url();
    other.setHost(QStringLiteral("127.0.0.2"));
    Server elsewhere(m_vouched, QSsl::TlsV1_3OrLater, QHostAddress(other.host()));
    wire.open(elsewhere.url());
    QTRY_COMPARE(closed.size(), 2); // the one that was open, and this one
    QCOMPARE(opened.size(), 1);
}

void TestWebSocketWire::pinWithoutAKeyLetsNobodyIn()
{
    Server server(m_kitchen);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, std::nullopt});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy closed(&wire, &Wire::closed);
    wire.open(server.url());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(opened.size(), 0);
}

void TestWebSocketWire::plainIsRefusedWhereAKeyIsKnown()
{
    Server server(std::nullopt);
    for (const ServerTrust trust : {ServerTrust::ByKey, ServerTrust::ByName}) {
        WebSocketWire wire;
        wire.secure({m_device, trust, m_kitchen.fingerprint});
        const QSignalSpy opened(&wire, &Wire::opened);
        const QSignalSpy closed(&wire, &Wire::closed);
        wire.open(server.url());
        QCOMPARE(closed.size(), 0); // not before open() returns
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(opened.size(), 0);
        QVERIFY2(wire.why().contains(QLatin1String("not encrypted")), qPrintable(wire.why()));
    }
    QCOMPARE(server.visits, 0);
}

void TestWebSocketWire::nameNeedsAnAuthority()
{
    Server server(m_kitchen); // which nobody vouches for
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByName, m_kitchen.fingerprint});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy closed(&wire, &Wire::closed);
    wire.open(server.url());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(opened.size(), 0);
    QVERIFY(!wire.why().isEmpty());
}

void TestWebSocketWire::nothingIsForgivenLater()
{
    Server server(m_kitchen);
    WebSocketWire wire;
    const QSignalSpy opened(&wire, &Wire::opened);
    wire.secure({m_device});
    wire.open(server.url());
    QTRY_COMPARE(opened.size(), 1);
    for (const ServerTrust trust : {ServerTrust::ByName, ServerTrust::ByKey}) {
        wire.secure({m_device, trust, m_other.fingerprint});
        const QSignalSpy closed(&wire, &Wire::closed);
        const int dropped = trust == ServerTrust::ByName ? 1 : 0; // the one that was open
        wire.open(server.url());
        QTRY_COMPARE(closed.size(), dropped + 1);
        QCOMPARE(opened.size(), 1);
    }
}

void TestWebSocketWire::olderTlsIsRefused()
{
    Server server(m_kitchen, QSsl::TlsV1_2);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, m_kitchen.fingerprint});
    const QSignalSpy opened(&wire, &Wire::opened);
    const QSignalSpy closed(&wire, &Wire::closed);
    wire.open(server.url());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(opened.size(), 0);
}

void TestWebSocketWire::deviceShowsItsKey()
{
    Server server(m_kitchen);
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, m_kitchen.fingerprint});
    const QSignalSpy opened(&wire, &Wire::opened);
    for (int i = 1; i <= 3; ++i) { // also when the TLS session could be resumed
        wire.open(server.url());
        QTRY_COMPARE(opened.size(), i);
        QTRY_COMPARE(server.visits, i);
        const QSslCertificate shown = server.socket->sslConfiguration().peerCertificate();
        QVERIFY(identity::fingerprintOf(shown.toDer()) == m_device.fingerprint);
    }
}

void TestWebSocketWire::closedFollowsEachRefusal()
{
    QUrl nobody(QStringLiteral("wss://127.0.0.1:1"));
    WebSocketWire wire;
    wire.secure({m_device, ServerTrust::ByKey, m_kitchen.fingerprint});
    const QSignalSpy closed(&wire, &Wire::closed);
    wire.open(nobody);
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(!wire.why().isEmpty());
}

QTEST_GUILESS_MAIN(TestWebSocketWire)
#include "tst_websocketwire.moc"
