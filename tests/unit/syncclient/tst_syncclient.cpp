// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/OwnedThread.h"
#include "fakes/Heard.h"
#include "storage/device/DeviceLog.h"
#include "syncclient/ServerAddress.h"
#include "syncclient/SyncClient.h"
#include "syncserver/SyncServer.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using namespace simmer;
using namespace simmer::syncclient;

namespace {

/// A device's log and link, each in its thread, in a folder of its own.
struct Device {
    explicit Device(const QString &folder)
        : log(new storage::DeviceLog(clock, folder, QStringLiteral("Ana")))
        , logThread(startThread(QStringLiteral("storage"), log))
        , client(std::make_unique<SyncClient>(clock, *log))
    {
        fakes::Heard loaded(log, &storage::DeviceLog::loaded);
        log->open();
        if (!QTest::qWaitFor([&] { return loaded.size() > 0; }, PatienceMs))
            qFatal("the log was not read");
    }
    void press()
    {
        log->append({OpId::random(),
                     TimerId::random().uuid(),
                     timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                     {},
                     {}});
    }
    LinkState state() const { return client->status().state; }
    qint64 waiting() const { return client->status().waiting; }

    SystemClock clock;
    storage::DeviceLog *log;
    OwnedThread logThread;
    std::unique_ptr<SyncClient> client;
};

} // namespace

/// The link against the real server in this process.
class TestSyncClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void addressesOfAllSorts_data();
    void addressesOfAllSorts();
    void aloneUntilPaired();
    void pairingFailsInWords();
    void silentServerIsGivenUp();
    void outboxEmptiesWhenSeenInTheLog();
    void offsetOfTheSameMachineIsNothing();
    void pulseIsToldWhileSomebodyWatches();
    void worksOnWithoutTheServer();

private:
    QString folder(const char *name) const
    {
        return m_folder.path() + QLatin1Char('/') + QLatin1String(name);
    }
    QString invite();
    void startServer(quint16 port);
    void join(Device &device, const char *name);

    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<syncserver::SyncServer> m_server;
    QUrl m_url;
};

void TestSyncClient::initTestCase()
{
    startServer(0);
}

void TestSyncClient::startServer(quint16 port)
{
    m_server = std::make_unique<syncserver::SyncServer>(m_clock);
    syncserver::ServerOptions options;
    options.dataDir = folder("server");
    options.at = {{QStringLiteral("127.0.0.1"), port}};
    const auto listening = m_server->start(options);
    QVERIFY2(listening, listening ? "" : qPrintable(describe(listening.error())));
    m_url = *listening;
}

QString TestSyncClient::invite()
{
    QString code;
    m_server->invite(Role::Owner, [&](const Expected<syncserver::Invite> &made) {
        code = made ? made->code : QStringLiteral("none");
    });
    if (!QTest::qWaitFor([&] { return !code.isEmpty(); }, PatienceMs))
        qFatal("no code");
    return code;
}

void TestSyncClient::join(Device &device, const char *name)
{
    QSignalSpy paired(device.client.get(), &SyncClient::paired);
    device.client->pair(m_url, invite(), QString::fromLatin1(name));
    QVERIFY(paired.wait(PatienceMs));
    QTRY_COMPARE(device.state(), LinkState::Level);
}

void TestSyncClient::addressesOfAllSorts_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("address");
    QTest::newRow("ws") << "ws://127.0.0.1:7464"
                        << "ws://127.0.0.1:7464/sync";
    QTest::newRow("ws with slash") << "ws://127.0.0.1:7464/"
                                   << "ws://127.0.0.1:7464/sync";
    QTest::newRow("http") << "http://kitchen.local:7464"
                          << "ws://kitchen.local:7464/sync";
    QTest::newRow("https") << "https://kitchen.example"
                           << "wss://kitchen.example/sync";
    QTest::newRow("own path") << "wss://example.org/simmer"
                              << "wss://example.org/simmer";
}

void TestSyncClient::addressesOfAllSorts()
{
    QFETCH(QString, written);
    QFETCH(QString, address);
    QCOMPARE(socketAddress(QUrl(written)).toString(), address);
}

void TestSyncClient::aloneUntilPaired()
{
    Device device(folder("alone"));
    QSignalSpy reviewed(device.client.get(), &SyncClient::reviewed);
    device.press();
    QTRY_COMPARE(reviewed.size(), 1);
    QCOMPARE(reviewed[0][0].value<LinkStatus>().state, LinkState::Alone);
    QCOMPARE(reviewed[0][0].value<LinkStatus>().waiting, 1);
}

void TestSyncClient::pairingFailsInWords()
{
    Device device(folder("refused"));
    QSignalSpy failed(device.client.get(), &SyncClient::pairingFailed);
    device.client->pair(m_url, QStringLiteral("0000-0000-0000-0000"), QStringLiteral("X"));
    QVERIFY(failed.wait(PatienceMs));
    QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::Refused);
    device.client->pair(QUrl(QStringLiteral("ws://")), QStringLiteral("0"), QStringLiteral("X"));
    QVERIFY(failed.wait(PatienceMs));
    QCOMPARE(failed[1][0].value<Error>().code, ErrorCode::BadArgument);
    QTcpServer nobody;
    QVERIFY(nobody.listen(QHostAddress::LocalHost));
    const QUrl gone(QStringLiteral("ws://127.0.0.1:%1").arg(nobody.serverPort()));
    nobody.close();
    device.client->pair(gone, QStringLiteral("0"), QStringLiteral("X"));
    QVERIFY(failed.wait(PatienceMs));
    QCOMPARE(failed[2][0].value<Error>().code, ErrorCode::Unreachable);
}

/// A listener that never answers the handshake is no reason to wait for ever.
void TestSyncClient::silentServerIsGivenUp()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Device device(folder("silent"));
    QSignalSpy failed(device.client.get(), &SyncClient::pairingFailed);
    device.client->pair(QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(silent.serverPort())),
                        QStringLiteral("0"), QStringLiteral("X"));
    QVERIFY(failed.wait(PatienceMs));
    QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::Unreachable);
}

void TestSyncClient::outboxEmptiesWhenSeenInTheLog()
{
    Device one(folder("one"));
    for (int i = 0; i < 150; ++i) // more than one push takes
        one.press();
    join(one, "One");
    QCOMPARE(one.waiting(), 0);
    Device other(folder("other"));
    fakes::Heard merged(other.log, &storage::DeviceLog::merged);
    join(other, "Other");
    QTRY_COMPARE(merged.size() == 0 ? 0 : merged.last<1>().seq, 150);
    one.press();
    QTRY_COMPARE(merged.last<1>().seq, 151);
    QTRY_COMPARE(other.client->status().devices.size(), 2);
}

void TestSyncClient::offsetOfTheSameMachineIsNothing()
{
    Device device(folder("offset"));
    QSignalSpy measured(device.client.get(), &SyncClient::offsetMeasured);
    join(device, "Offset");
    QTRY_VERIFY(!measured.isEmpty());
    const qint64 own = m_clock.wallMs() - m_clock.bootMs();
    QVERIFY(std::abs(measured[0][0].toLongLong() - own) <= 20);
}

void TestSyncClient::pulseIsToldWhileSomebodyWatches()
{
    Device device(folder("watching"));
    Device other(folder("watched"));
    int told = 0;
    connect(device.client.get(), &SyncClient::pulseChanged, this, [&told] { ++told; });
    auto early = std::make_unique<QObject>();
    device.client->watchPulse(*early); // before there is a server that could tell
    join(device, "Watching");
    join(other, "Watched");
    QTRY_VERIFY(told > 0);
    auto late = std::make_unique<QObject>();
    told = 0;
    device.client->watchPulse(*late); // hears at once how it is now
    QTRY_VERIFY(told > 0);
    early.reset();
    told = 0;
    other.press(); // the mood is another one
    QTRY_VERIFY(told > 0);
    late.reset();
    device.client->review();
    device.press(); // goes out behind the word that nobody watches
    QTRY_COMPARE(device.waiting(), 0);
    QTRY_COMPARE(device.state(), LinkState::Level);
    told = 0;
    for (int i = 0; i < 6; ++i) { // up to full swing
        fakes::Heard merged(device.log, &storage::DeviceLog::merged);
        other.press();
        QTRY_VERIFY(merged.size() > 0);
    }
    QCOMPARE(told, 0);
}

void TestSyncClient::worksOnWithoutTheServer()
{
    Device device(folder("offline"));
    join(device, "Offline");
    const auto port = quint16(m_url.port());
    m_server.reset();
    QTRY_COMPARE(device.state(), LinkState::Connecting);
    device.press();
    QTRY_COMPARE(device.waiting(), 1);
    startServer(port);
    QTRY_COMPARE(device.state(), LinkState::Level);
    QTRY_COMPARE(device.waiting(), 0);
}

QTEST_GUILESS_MAIN(TestSyncClient)
#include "tst_syncclient.moc"
