// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"
#include "fakes/WindUpClock.h"
#include "protocol/Limits.h"
#include "storage/kitchen/ServerStore.h"
#include "supervision/Faults.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTimer>

using namespace simmer;
using namespace simmer::tests;
using protocol::ByeReason;
using syncserver::SyncServer;

namespace faults = supervision::faults;

namespace {

constexpr storage::AdmissionRules Rules{protocol::limits::CodeLifetimeMs,
                                        protocol::limits::CodeTries,
                                        protocol::limits::DevicesPerKitchen};

/// As QTRY_VERIFY, without its steps of 10 ms: for a thousand rounds.
template<class Holds>
bool soon(const Holds &holds)
{
    const QDeadlineTimer deadline(PatienceMs);
    QTimer looks;
    looks.start(100);
    while (!holds() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    return holds();
}

QSet<OpId> opsOf(const WireDevice &device)
{
    QSet<OpId> ops;
    for (const protocol::Entry &entry : device.log)
        ops += entry.op.id;
    return ops;
}

} // namespace

/// Kitchens whose workers throw or hang, beside one that must not notice.
class TestKeptAlive : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aThousandFaultsCostNoAckedOp();
    void theFourthFaultPutsThatKitchenAloneIntoSafeMode();
    void whoFailsInSafeModeTooRests();
    void aKitchenThatIsLoadedAtTheThirdTryIsServed();
    void aKitchenThatCannotBeLoadedTurnsItsDevicesAway();
    void aFaultInABeatIsItsKitchensAlone();
    void aStrangersFaultIsNobodysKitchens();
    void aHangCostsASecondAndNoAckedOp();
    void whoHangsAgainAndAgainGoesSafe();
    void aQuestionToAKitchenThatHangsIsAnswered();
    void theEndDoesNotWaitForWhoHangs();
    void aDiskThatFailsAcksNothingAndEndsTheServer();
    void aDiskThatHangsAcksNothingAndEndsTheServer();

private:
    struct Codes {
        QString first;
        QString second;
    };
    Codes makeKitchen(const QString &name);
    void joinWith(WireDevice &device, const QString &code);
    KitchenId kitchenOf(const WireDevice &device) const
    {
        return device.heard<protocol::Welcome>()->kitchen;
    }
    /// The device pushes, its kitchen's worker throws, the device is back.
    void crash(WireDevice &device, const QString &point = QStringLiteral("kitchen.deliver"));
    void hang(WireDevice &device);
    /// Without an ack.
    void comeBack(WireDevice &device)
    {
        QTRY_VERIFY(device.isClosed());
        reconnect(device);
    }

    std::unique_ptr<WireDevice> m_ana; ///< of the kitchen that fails
    std::unique_ptr<WireDevice> m_ben; ///< of another one
    QString m_faulty;                  ///< the first's key
    Codes m_codes;
};

/// Two kitchens, a device in each. Faults come in manual time, which stands still.
void TestKeptAlive::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.dataDir = m_folder->path();
    m_options.at = {{QStringLiteral("127.0.0.1"), 0}};
    m_options.hangMs = 100;
    m_options.diskMs = 100;
    m_codes = makeKitchen(QStringLiteral("A"));
    const Codes other = makeKitchen(QStringLiteral("B"));
    startServer();
    m_ana = std::make_unique<WireDevice>(QStringLiteral("ana"));
    m_ben = std::make_unique<WireDevice>(QStringLiteral("ben"));
    joinWith(*m_ana, m_codes.first);
    joinWith(*m_ben, other.first);
    m_faulty = kitchenOf(*m_ana).toHex();
    QVERIFY(kitchenOf(*m_ana) != kitchenOf(*m_ben));
}

void TestKeptAlive::cleanup()
{
    faults::clear();
    m_ana.reset();
    m_ben.reset();
    stopServer();
}

TestKeptAlive::Codes TestKeptAlive::makeKitchen(const QString &name)
{
    auto store =
        storage::ServerStore::open(m_folder->filePath(QStringLiteral("kitchen.db")), Rules);
    const auto kitchen = store ? (*store)->make(name, m_clock.wallMs()) : store.error();
    if (!kitchen)
        return {};
    const auto invite = [&] {
        const auto code = (*store)->admissions().invite(kitchen->id, Role::Owner, m_clock.wallMs());
        return code ? *code : QString();
    };
    return {invite(), invite()};
}

void TestKeptAlive::joinWith(WireDevice &device, const QString &code)
{
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(code);
    QTRY_VERIFY(!device.token.isEmpty());
    device.hello();
    QTRY_VERIFY(device.heard<protocol::Welcome>());
}

void TestKeptAlive::crash(WireDevice &device, const QString &point)
{
    faults::order(point, m_faulty, faults::Kind::Throw);
    const timers::Op op = device.op(timers::Pause{}, now());
    device.say(protocol::Push{{op}});
    QTRY_COMPARE(device.bye(), ByeReason::Closing);
    QVERIFY(!device.hasAck(op.id));
    comeBack(device);
}

void TestKeptAlive::hang(WireDevice &device)
{
    QSignalSpy hung(m_server.get(), &SyncServer::kitchenHung);
    faults::order(QStringLiteral("kitchen.deliver"), m_faulty, faults::Kind::Hang);
    device.say(protocol::Push{{device.op(timers::Pause{}, now())}});
    // Time passes only while it hangs: a machine that is slow is no fault.
    const bool seen = QTest::qWaitFor(
        [&] {
            if (faults::hanging() > 0)
                m_clock.advance(10);
            return !hung.isEmpty();
        },
        20'000);
    QVERIFY(seen);
    QCOMPARE(hung[0][0].value<KitchenId>().toHex(), m_faulty);
    QVERIFY(hung[0][1].toLongLong() >= m_options.hangMs);
}

void TestKeptAlive::aThousandFaultsCostNoAckedOp()
{
    stopServer();
    m_options.crashes.restarts.most = 2000;
    startServer();
    reconnect(*m_ana);
    reconnect(*m_ben);
    QSignalSpy failed(m_server.get(), &SyncServer::kitchenFailed);
    QSignalSpy safe(m_server.get(), &SyncServer::kitchenSafe);
    QSet<OpId> acked;
    for (int i = 0; i < 1000; ++i) {
        // Half of them after the op is on the disk, and before its ack.
        const bool isKept = i % 2 == 0;
        faults::order(isKept ? QStringLiteral("kitchen.committed")
                             : QStringLiteral("kitchen.deliver"),
                      m_faulty, faults::Kind::Throw);
        const timers::Op op = m_ana->op(timers::Pause{}, now());
        m_ana->say(protocol::Push{{op}});
        const timers::Op load = m_ben->op(timers::Pause{}, now());
        m_ben->say(protocol::Push{{load}});
        QVERIFY(soon([&] { return m_ana->isClosed() && m_ben->hasAck(load.id); }));
        QCOMPARE(m_ana->bye(), ByeReason::Closing);
        QVERIFY(!m_ana->hasAck(op.id));
        m_ana->connectTo(m_url);
        QVERIFY(soon([&] { return m_ana->isOpen(); }));
        m_ana->hello();
        m_ana->say(protocol::Push{{op}});
        QVERIFY(soon([&] { return m_ana->hasAck(op.id); }));
        acked += op.id;
        m_ben->forget();
        m_clock.advance(50); // for the limits of rate
    }
    QTRY_COMPARE(failed.size(), 1000);
    for (const QList<QVariant> &one : std::as_const(failed))
        QCOMPARE(one[0].value<KitchenId>().toHex(), m_faulty);
    QCOMPARE(safe.size(), 0);
    QCOMPARE(m_server->workers().restarts, 1000);
    QVERIFY(m_ben->isOpen()); // since the start
    QTRY_COMPARE(m_ben->log.size(), 1000);
    WireDevice fresh;
    joinWith(fresh, m_codes.second);
    QTRY_COMPARE(fresh.log.size(), 1000); // each once
    QCOMPARE(opsOf(fresh), acked);
    QCOMPARE(m_ana->faults + m_ben->faults + fresh.faults, QStringList());
}

void TestKeptAlive::theFourthFaultPutsThatKitchenAloneIntoSafeMode()
{
    stopServer();
    m_options.crashes.quietMs = 300;
    startServer();
    reconnect(*m_ana);
    reconnect(*m_ben);
    QSignalSpy safe(m_server.get(), &SyncServer::kitchenSafe);
    QSignalSpy well(m_server.get(), &SyncServer::kitchenWell);
    for (int i = 0; i < 3; ++i)
        crash(*m_ana);
    QCOMPARE(safe.size(), 0);
    crash(*m_ana);
    QTRY_COMPARE(safe.size(), 1);
    QCOMPARE(safe[0][0].value<KitchenId>().toHex(), m_faulty);
    QVERIFY(safe[0][1].toString().contains(QLatin1String("ordered")));
    QCOMPARE(m_server->workers().safe, 1);
    WireDevice second;
    joinWith(second, m_codes.second); // it syncs and acks as before
    const OpId op = pushed(*m_ana).id;
    QTRY_VERIFY(opsOf(second).contains(op));
    QVERIFY(m_ben->isOpen());
    pushed(*m_ben);
    QCOMPARE(well.size(), 0);
    m_clock.advance(m_options.crashes.quietMs);
    QTRY_COMPARE(well.size(), 1);
    QCOMPARE(m_server->workers().safe, 0);
    comeBack(*m_ana); // to the worker that does everything again
    pushed(*m_ana);
}

void TestKeptAlive::whoFailsInSafeModeTooRests()
{
    stopServer();
    m_options.crashes.restarts.withinMs = 300;
    startServer();
    reconnect(*m_ana);
    reconnect(*m_ben);
    QSignalSpy rests(m_server.get(), &SyncServer::kitchenRests);
    for (int i = 0; i < 8; ++i) {
        QCOMPARE(rests.size(), 0);
        crash(*m_ana);
    }
    QTRY_COMPARE(rests.size(), 1);
    QTRY_COMPARE(m_ana->bye(), ByeReason::Closing); // to its hello
    QVERIFY(m_ana->heard<protocol::Bye>()->why.contains(QLatin1String("half a minute")));
    QVERIFY(m_ben->isOpen());
    pushed(*m_ben);
    m_clock.advance(m_options.crashes.restarts.withinMs);
    QTRY_COMPARE(m_server->workers().live, 3); // with the server's own
    comeBack(*m_ana);
    QVERIFY(!m_ana->bye());
    pushed(*m_ana);
}

void TestKeptAlive::aKitchenThatIsLoadedAtTheThirdTryIsServed()
{
    stopServer();
    startServer();
    faults::order(QStringLiteral("kitchen.wake"), m_faulty, faults::Kind::Throw, 2);
    reconnect(*m_ana);
    QVERIFY(!m_ana->bye());
    pushed(*m_ana);
}

void TestKeptAlive::aKitchenThatCannotBeLoadedTurnsItsDevicesAway()
{
    stopServer();
    startServer();
    QSignalSpy rests(m_server.get(), &SyncServer::kitchenRests);
    faults::order(QStringLiteral("kitchen.wake"), m_faulty, faults::Kind::Throw, 1000);
    reconnect(*m_ana);
    QCOMPARE(m_ana->bye(), ByeReason::Closing);
    QTRY_COMPARE(rests.size(), 1);
    reconnect(*m_ben);
    pushed(*m_ben);
}

void TestKeptAlive::aFaultInABeatIsItsKitchensAlone()
{
    stopServer();
    fakes::WindUpClock clock; // rings the beats, of the server's own kitchen alone
    SyncServer server(clock);
    QVERIFY(server.start(m_options));
    QSignalSpy failed(&server, &SyncServer::kitchenFailed);
    faults::order(QStringLiteral("kitchen.beat"), faults::Any, faults::Kind::Throw, 2);
    QVERIFY(QTest::qWaitFor(
        [&] {
            clock.advance(100);
            return failed.size() == 2;
        },
        20'000));
    QCOMPARE(failed[0][0], failed[1][0]);
    QCOMPARE(server.workers(), (syncserver::WorkerCounts{1, 0, 2, 0}));
}

/// Before it says hello it belongs to no kitchen.
void TestKeptAlive::aStrangersFaultIsNobodysKitchens()
{
    QSignalSpy failed(m_server.get(), &SyncServer::kitchenFailed);
    QSignalSpy troubled(m_server.get(), &SyncServer::troubled);
    faults::order(QStringLiteral("stranger"), KitchenId().toHex(), faults::Kind::Throw);
    WireDevice stranger;
    stranger.connectTo(m_url);
    QTRY_VERIFY(stranger.isOpen());
    stranger.pair(m_codes.second);
    QTRY_COMPARE(stranger.bye(), ByeReason::Closing);
    QTRY_COMPARE(troubled.size(), 1);
    QCOMPARE(troubled[0][0].value<Error>().code, ErrorCode::Crashed);
    QCOMPARE(failed.size(), 0);
    QVERIFY(m_ana->isOpen());
    QVERIFY(m_ben->isOpen());
}

void TestKeptAlive::aHangCostsASecondAndNoAckedOp()
{
    QSet<OpId> anas;
    QSet<OpId> bens;
    for (int round = 1; round <= 3; ++round) {
        anas += pushed(*m_ana).id;
        bens += pushed(*m_ben).id;
        hang(*m_ana);
        QTRY_COMPARE(m_ben->bye(), ByeReason::Closing); // all come back to the new thread
        comeBack(*m_ben);
        comeBack(*m_ana);
        anas += pushed(*m_ana).id;
        bens += pushed(*m_ben).id;
        QCOMPARE(m_server->workers().hangs, round);
        QTRY_VERIFY(!m_server->isHaunted()); // a hang of the hook ends at the fence
    }
    QVERIFY(opsOf(*m_ben) == bens);
    WireDevice fresh;
    joinWith(fresh, m_codes.second);
    QTRY_COMPARE(opsOf(fresh), anas);
    QCOMPARE(m_ana->faults + m_ben->faults + fresh.faults, QStringList());
}

void TestKeptAlive::whoHangsAgainAndAgainGoesSafe()
{
    QSignalSpy safe(m_server.get(), &SyncServer::kitchenSafe);
    for (int round = 1; round <= 4; ++round) {
        QCOMPARE(safe.size(), 0);
        hang(*m_ana);
        comeBack(*m_ana);
        comeBack(*m_ben);
    }
    QTRY_COMPARE(safe.size(), 1);
    QCOMPARE(safe[0][0].value<KitchenId>().toHex(), m_faulty);
    pushed(*m_ana);
    pushed(*m_ben);
    QCOMPARE(m_server->workers().safe, 1);
}

void TestKeptAlive::aQuestionToAKitchenThatHangsIsAnswered()
{
    std::optional<ErrorCode> answered;
    bool probed = false;
    QSignalSpy hung(m_server.get(), &SyncServer::kitchenHung);
    faults::order(QStringLiteral("kitchen.deliver"), m_faulty, faults::Kind::Hang);
    m_ana->say(protocol::Push{{m_ana->op(timers::Pause{}, now())}});
    QTRY_COMPARE(faults::hanging(), 1);
    m_server->measure([&](const auto &size) { answered = size ? ErrorCode() : size.error().code; });
    m_server->probe([&] { probed = true; });
    QVERIFY(QTest::qWaitFor(
        [&] {
            if (faults::hanging() > 0)
                m_clock.advance(10);
            return answered.has_value() && probed;
        },
        20'000));
    QCOMPARE(*answered, ErrorCode::TimedOut);
    QCOMPARE(hung.size(), 1);
}

void TestKeptAlive::theEndDoesNotWaitForWhoHangs()
{
    const OpId op = pushed(*m_ana).id;
    faults::order(QStringLiteral("kitchen.deliver"), m_faulty, faults::Kind::Hang);
    m_ana->say(protocol::Push{{m_ana->op(timers::Pause{}, now())}});
    QTRY_COMPARE(faults::hanging(), 1);
    m_server->stop();
    QTRY_VERIFY(!m_server->isHaunted());
    stopServer();
    startServer();
    reconnect(*m_ana);
    QTRY_COMPARE(m_ana->heard<protocol::Welcome>()->head, 1);
    QVERIFY(opsOf(*m_ana).contains(op));
}

/// Nobody hears of what was written since: not a device, not who asks the server.
void TestKeptAlive::aDiskThatFailsAcksNothingAndEndsTheServer()
{
    QSignalSpy stuck(m_server.get(), &SyncServer::stuck);
    QSignalSpy committed(m_server.get(), &SyncServer::opsCommitted);
    std::optional<ErrorCode> answered;
    faults::order(QStringLiteral("disk"), {}, faults::Kind::Throw);
    const timers::Op op = m_ana->op(timers::Pause{}, now());
    m_ana->say(protocol::Push{{op}});
    QTRY_COMPARE(stuck.size(), 1);
    m_server->measure([&](const auto &size) { answered = size ? ErrorCode() : size.error().code; });
    QTRY_VERIFY(answered);
    QCOMPARE(*answered, ErrorCode::Crashed);
    QCOMPARE(committed.size(), 0);
    QVERIFY(!m_ana->hasAck(op.id));
    QVERIFY(!opsOf(*m_ana).contains(op.id));
}

void TestKeptAlive::aDiskThatHangsAcksNothingAndEndsTheServer()
{
    QSignalSpy stuck(m_server.get(), &SyncServer::stuck);
    faults::order(QStringLiteral("disk"), {}, faults::Kind::Hang);
    const timers::Op op = m_ana->op(timers::Pause{}, now());
    m_ana->say(protocol::Push{{op}});
    QTRY_COMPARE(faults::hanging(), 1);
    QVERIFY(QTest::qWaitFor(
        [&] {
            m_clock.advance(10);
            return !stuck.isEmpty();
        },
        20'000));
    QVERIFY(!m_ana->hasAck(op.id));
    faults::clear(); // the disk comes back
    QTRY_VERIFY(!m_server->isHaunted());
    QVERIFY(!m_ana->hasAck(op.id));
}

QTEST_GUILESS_MAIN(TestKeptAlive)
#include "tst_keptalive.moc"
