// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"
#include "protocol/Limits.h"

#include <QSignalSpy>

using namespace simmer;
using namespace simmer::tests;
using protocol::ByeReason;

/// What the devices of a kitchen get from their server.
class TestSyncServer : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { startFresh(); }
    void cleanup() { stopServer(); }

    void deviceJoinsByCode();
    void pairedDeviceMayConnectAnew();
    void wrongCodeIsRefused();
    void fiveWrongCodesShutOutForFiveMinutes();
    void oldCodeIsRefused();
    void codeSurvivesRestart();
    void unknownDeviceIsRefused();
    void foreignVersionIsRefused();

    void opsReachAllDevicesInOrder();
    void futureStampIsClampedToReceipt();
    void newcomerGetsTheWholeLog();
    void devicePicksUpWhereItWas();
    void foreignChainRestarts();
    void ackedOpsSurviveRestart();
    void samePushTwiceIsOneEntry();
    void longLogComesInPages();
    void senselessOpsAreRefusedOthersTaken();
    void opsBeyondTheRateWaitButArrive();

    void pingIsAnsweredInKitchenTime();
    void wallClockDoesNotMoveKitchenTime();
    void devicesAreTold();
    void secondConnectionReplacesTheFirst();
    void eventsAreSignalled();
    void stopSaysGoodbye();
    void invitedWhileItStops();
    void probeComesRoundAllThreads();
    void secondServerOnTheFolderIsRefused();
    void publicAddressNeedsAProxy();
};

void TestSyncServer::deviceJoinsByCode()
{
    WireDevice device(QStringLiteral("Ana's\x1b tablet "));
    join(device);
    const auto welcome = device.heard<protocol::Welcome>();
    QVERIFY(welcome);
    QCOMPARE(welcome->version, protocol::ProtocolVersion);
    QCOMPARE(welcome->kitchenName, QStringLiteral("Kitchen"));
    QCOMPARE(welcome->head, 0);
    QVERIFY(welcome->restart); // it knew no epoch
    QCOMPARE(device.heard<protocol::Paired>()->kitchen, welcome->kitchen);
    QTRY_VERIFY(device.heard<protocol::Devices>());
    QCOMPARE(device.heard<protocol::Devices>()->devices,
             (QList<protocol::Device>{{device.id, QStringLiteral("Ana's tablet"), true}}));
    QVERIFY(device.faults.isEmpty());
}

void TestSyncServer::pairedDeviceMayConnectAnew()
{
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(invite().toLower());
    QTRY_VERIFY(!device.token.isEmpty());
    reconnect(device);
    QVERIFY(!device.bye());
    QVERIFY(device.heard<protocol::Welcome>());
}

void TestSyncServer::wrongCodeIsRefused()
{
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(QStringLiteral("0000-0000-0000-0000"));
    QTRY_COMPARE(device.bye(), ByeReason::BadCode);
    QTRY_VERIFY(device.isClosed());
    QVERIFY(device.token.isEmpty());
}

void TestSyncServer::fiveWrongCodesShutOutForFiveMinutes()
{
    const auto triesToJoin = [this](WireDevice &device, const QString &code) {
        device.connectTo(m_url);
        QTRY_VERIFY(device.isOpen());
        device.pair(code);
        QTRY_VERIFY(device.bye() || !device.token.isEmpty());
    };
    for (int i = 0; i < protocol::limits::CodeTries; ++i) {
        WireDevice guesser;
        triesToJoin(guesser, QStringLiteral("GUESS %1").arg(i));
        QCOMPARE(guesser.bye(), ByeReason::BadCode);
    }
    WireDevice device;
    triesToJoin(device, invite());
    QCOMPARE(device.bye(), ByeReason::BadCode);
    QVERIFY(device.heard<protocol::Bye>()->why.contains(QStringLiteral("this network")));
    m_clock.advance(protocol::limits::CodeLifetimeMs);
    join(device);
    QVERIFY(!device.bye());
}

void TestSyncServer::oldCodeIsRefused()
{
    const QString code = invite();
    m_clock.advance(protocol::limits::CodeLifetimeMs);
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(code);
    QTRY_COMPARE(device.bye(), ByeReason::BadCode);
}

void TestSyncServer::codeSurvivesRestart()
{
    const QString code = invite();
    stopServer();
    startServer();
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(code);
    QTRY_VERIFY(!device.token.isEmpty());
}

void TestSyncServer::unknownDeviceIsRefused()
{
    WireDevice device;
    device.token = QByteArray(32, 'x');
    reconnect(device);
    QCOMPARE(device.bye(), ByeReason::UnknownDevice);
    QTRY_VERIFY(device.isClosed());
}

void TestSyncServer::foreignVersionIsRefused()
{
    WireDevice device;
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(invite(), protocol::ProtocolVersion + 2);
    QTRY_COMPARE(device.bye(), ByeReason::BadVersion);
}

void TestSyncServer::opsReachAllDevicesInOrder()
{
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    QList<OpId> sent;
    for (int i = 0; i < 20; ++i)
        sent += pushed(i % 2 ? ana : ben).id;
    QTRY_COMPARE(ana.log.size(), 20);
    QTRY_COMPARE(ben.log.size(), 20);
    QCOMPARE(ana.log, ben.log);
    for (qsizetype i = 0; i < sent.size(); ++i)
        QCOMPARE(ana.log[i].op.id, sent[i]);
    QCOMPARE(ana.faults + ben.faults, QStringList());
}

void TestSyncServer::futureStampIsClampedToReceipt()
{
    WireDevice device;
    join(device);
    const timers::Op ahead = device.op(timers::Pause{}, now() + 60'000);
    const timers::Op behind = device.op(timers::Pause{}, now() - 60'000);
    device.say(protocol::Push{{ahead, behind}});
    QTRY_COMPARE(device.log.size(), 2);
    QCOMPARE(device.log[0].kt, now() + protocol::limits::FutureMs);
    QCOMPARE(device.log[1].kt, now() - 60'000);
}

void TestSyncServer::newcomerGetsTheWholeLog()
{
    WireDevice ana;
    join(ana);
    for (int i = 0; i < 5; ++i)
        pushed(ana);
    WireDevice ben;
    join(ben);
    QCOMPARE(ben.heard<protocol::Welcome>()->head, 5);
    QTRY_COMPARE(ben.log.size(), 5);
    QTRY_COMPARE(ana.log, ben.log);
}

void TestSyncServer::devicePicksUpWhereItWas()
{
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    pushed(ana);
    QTRY_COMPARE(ben.log.size(), 1);
    ben.socket().close();
    QTRY_VERIFY(ben.isClosed());
    pushed(ana);
    pushed(ana);
    reconnect(ben);
    QVERIFY(!ben.heard<protocol::Welcome>()->restart);
    QTRY_COMPARE(ben.log.size(), 3);
    QTRY_COMPARE(ben.log, ana.log);
    QCOMPARE(ben.faults, QStringList());
}

void TestSyncServer::foreignChainRestarts()
{
    WireDevice device;
    join(device);
    pushed(device);
    pushed(device);
    QTRY_COMPARE(device.log.size(), 2);
    const protocol::Cursor good = device.cursor;

    protocol::Cursor otherChain = good;
    otherChain.chain[0] = char(otherChain.chain[0] ^ 1);
    protocol::Cursor otherEpoch = good;
    otherEpoch.epoch = EpochId::random();
    protocol::Cursor beyondHead = good;
    beyondHead.seq = 99;
    for (const protocol::Cursor &foreign : {otherChain, otherEpoch, beyondHead}) {
        device.cursor = foreign;
        reconnect(device);
        QVERIFY(device.heard<protocol::Welcome>()->restart);
        QTRY_COMPARE(device.log.size(), 2);
        QCOMPARE(device.cursor, good);
    }
    QCOMPARE(device.faults, QStringList());
}

void TestSyncServer::ackedOpsSurviveRestart()
{
    WireDevice device;
    join(device);
    const OpId op = pushed(device).id;
    QTRY_COMPARE(device.log.size(), 1);
    stopServer();
    startServer();
    WireDevice other;
    join(other);
    QTRY_COMPARE(other.log.size(), 1);
    QCOMPARE(other.log.constFirst().op.id, op);
    reconnect(device); // its token and cursor hold
    QVERIFY(!device.heard<protocol::Welcome>()->restart);
}

void TestSyncServer::samePushTwiceIsOneEntry()
{
    WireDevice device;
    join(device);
    const timers::Op op = pushed(device);
    device.say(protocol::Push{{op, op}});
    QTRY_COMPARE(device.count<protocol::Acked>(), 2);
    pushed(device);
    QTRY_COMPARE(device.log.size(), 2);
    QCOMPARE(device.faults, QStringList());
}

void TestSyncServer::longLogComesInPages()
{
    WireDevice ana;
    join(ana);
    QList<timers::Op> ops;
    for (int i = 0; i < 150; ++i)
        ops += ana.op(timers::Pause{}, now());
    for (int i = 0; i < 20; ++i)
        ops += ana.op(bigRecipe(100'000), now());
    for (qsizetype at = 0; at < 150; at += 50)
        ana.say(protocol::Push{ops.mid(at, 50)});
    for (qsizetype at = 150; at < ops.size(); ++at)
        ana.say(protocol::Push{{ops[at]}});
    QTRY_COMPARE(ana.log.size(), ops.size());
    WireDevice ben;
    join(ben);
    QTRY_COMPARE(ben.log.size(), ops.size());
    QCOMPARE(ben.log, ana.log);
    QVERIFY(ben.count<protocol::Page>() >= 20); // two of the recipes do not fit into one page
    QCOMPARE(ana.faults + ben.faults, QStringList());
}

void TestSyncServer::senselessOpsAreRefusedOthersTaken()
{
    WireDevice device;
    join(device);
    timers::Op foreign = device.op(timers::Pause{}, now());
    foreign.device = DeviceId::random();
    timers::Op nameless = device.op(timers::Pause{}, now());
    nameless.id = {};
    const timers::Op good = device.op(timers::Pause{}, now());
    const timers::Op big = device.op(bigRecipe(201 * 1024), now());
    device.say(protocol::Push{{foreign, nameless, good}});
    QTRY_VERIFY(device.hasAck(good.id));
    QVERIFY(device.hasAck(foreign.id)); // given back after the server lost it
    QCOMPARE(device.count<protocol::OpRefused>(), 1);
    device.say(protocol::Push{{big}});
    QTRY_COMPARE(device.count<protocol::OpRefused>(), 2);
    QCOMPARE(device.heard<protocol::OpRefused>()->op, big.id);
    QVERIFY(device.heard<protocol::OpRefused>()->why.contains(QLatin1String("200 KiB")));
    QTRY_COMPARE(device.log.size(), 2);
    QVERIFY(device.isOpen());
}

void TestSyncServer::opsBeyondTheRateWaitButArrive()
{
    WireDevice device;
    join(device);
    constexpr int Count = 250; // 200 at once; the rest wait, as this clock stands still
    for (int i = 0; i < Count; ++i)
        device.say(protocol::Push{{device.op(timers::Pause{}, now())}});
    QTRY_VERIFY(device.log.size() >= 200);
    QVERIFY(device.log.size() < Count);
    m_clock.advance(10'000);
    QTRY_COMPARE(device.log.size(), Count);
}

void TestSyncServer::pingIsAnsweredInKitchenTime()
{
    WireDevice device;
    join(device);
    device.say(protocol::Ping{12345});
    QTRY_VERIFY(device.heard<protocol::Pong>());
    QCOMPARE(*device.heard<protocol::Pong>(), (protocol::Pong{12345, now(), now(), 0}));
}

void TestSyncServer::wallClockDoesNotMoveKitchenTime()
{
    WireDevice device;
    join(device);
    const qint64 kitchenTime = now();
    m_clock.setWall(kitchenTime + 3'600'000);
    device.say(protocol::Ping{1});
    QTRY_VERIFY(device.heard<protocol::Pong>());
    QCOMPARE(device.heard<protocol::Pong>()->received, kitchenTime);
}

void TestSyncServer::devicesAreTold()
{
    WireDevice ana(QStringLiteral("ana"));
    WireDevice ben(QStringLiteral("ben"));
    join(ana);
    m_clock.advance(1);
    join(ben);
    QList<protocol::Device> both{{ana.id, ana.name, true}, {ben.id, ben.name, true}};
    QTRY_COMPARE(listHeardBy(ana), both);
    QTRY_COMPARE(listHeardBy(ben), both);
    ben.socket().abort();
    both[1].online = false;
    QTRY_COMPARE(listHeardBy(ana), both);
}

void TestSyncServer::secondConnectionReplacesTheFirst()
{
    WireDevice first;
    join(first);
    WireDevice second;
    second.id = first.id;
    second.token = first.token;
    reconnect(second);
    QTRY_COMPARE(first.bye(), ByeReason::Replaced);
    QTRY_VERIFY(first.isClosed());
    pushed(second);
    QTRY_COMPARE(second.log.size(), 1);
    const QList<protocol::Device> one{{second.id, first.name, true}};
    QTRY_COMPARE(listHeardBy(second), one);
    QVERIFY(second.isOpen());
}

void TestSyncServer::eventsAreSignalled()
{
    QSignalSpy joined(m_server.get(), &syncserver::SyncServer::deviceJoined);
    QSignalSpy connected(m_server.get(), &syncserver::SyncServer::deviceConnected);
    QSignalSpy disconnected(m_server.get(), &syncserver::SyncServer::deviceDisconnected);
    QSignalSpy committed(m_server.get(), &syncserver::SyncServer::opsCommitted);
    WireDevice device(QStringLiteral("ana"));
    join(device);
    pushed(device);
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(committed.constFirst(), (QVariantList{qint64(1), qint64(1)}));
    device.socket().close();
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(joined.size(), 1);
    QCOMPARE(connected.size(), 1);
    QCOMPARE(disconnected.constFirst().at(0).value<DeviceId>(), device.id);
    QCOMPARE(disconnected.constFirst().at(1).toString(), device.name);
}

void TestSyncServer::stopSaysGoodbye()
{
    WireDevice ana;
    WireDevice stranger;
    join(ana);
    stranger.connectTo(m_url);
    QTRY_VERIFY(stranger.isOpen());
    const timers::Op op = ana.op(timers::Pause{}, now());
    ana.say(protocol::Push{{op}});
    ana.socket().flush();
    stopServer();
    QTRY_COMPARE(ana.bye(), ByeReason::Closing);
    QTRY_COMPARE(stranger.bye(), ByeReason::Closing);
    QTRY_VERIFY(ana.isClosed());
    startServer(); // an op is either acked and there, or neither
    const bool acked = ana.hasAck(op.id);
    reconnect(ana);
    QVERIFY(!acked || ana.heard<protocol::Welcome>()->head == 1);
}

void TestSyncServer::secondServerOnTheFolderIsRefused()
{
    syncserver::SyncServer second(m_clock);
    const auto url = second.start(m_options);
    QVERIFY(!url);
    QCOMPARE(url.error().code, ErrorCode::StoreBusy);
    const auto absent = syncserver::AbsentServer::open(m_options.dataDir, m_clock);
    QVERIFY(!absent);
    QCOMPARE(absent.error().code, ErrorCode::StoreBusy);
}

/// The first start asks for a code, and may be ended at once.
void TestSyncServer::invitedWhileItStops()
{
    for (int i = 0; i < 20; ++i) {
        int told = 0;
        m_server->invite(Role::Cook, [&told](const Expected<syncserver::Invite> &made) {
            told += made && !made->code.isEmpty() ? 1 : 0;
        });
        m_server->stop();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(told, 1); // what was asked before is still done
        startServer();
    }
}

void TestSyncServer::probeComesRoundAllThreads()
{
    QStringList answers;
    m_server->measure([&](const auto &) { answers += QStringLiteral("store"); });
    m_server->probe([&] { answers += QStringLiteral("all"); });
    QVERIFY(answers.isEmpty()); // not in the caller's stack
    QTRY_COMPARE(answers.join(QLatin1Char(' ')), QStringLiteral("store all"));
    m_server->probe([&] { answers += QStringLiteral("after the end"); });
    m_server->stop(); // while it is under way
}

void TestSyncServer::publicAddressNeedsAProxy()
{
    stopServer();
    m_options.at = {{QStringLiteral("0.0.0.0"), 0}};
    syncserver::SyncServer open(m_clock);
    const auto url = open.start(m_options);
    QVERIFY(!url);
    QCOMPARE(url.error().code, ErrorCode::BadArgument);
    QVERIFY(url.error().context.contains(QLatin1String("--behind-proxy")));
    m_options.behindProxy = true;
    QVERIFY(open.start(m_options));
}

QTEST_GUILESS_MAIN(TestSyncServer)
#include "tst_syncserver.moc"
