// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "protocol/MessageCodec.h"
#include "storage/device/DeviceLog.h"
#include "syncclient/Link.h"
#include "timers/Digest.h"
#include "timers/OpCodec.h"

#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::syncclient;

namespace {

/// The server's end is the test.
class HeldWire final : public Wire
{
public:
    void secure(const WireSecurity &with) override { security = with; }
    void open(const QUrl &) override
    {
        ++opens;
        isOpen = true;
        QMetaObject::invokeMethod(this, &Wire::opened, Qt::QueuedConnection);
    }
    void send(const QByteArray &message) override { sent += *protocol::decodeFromDevice(message); }
    void close() override { abort(); }
    void abort() override
    {
        if (std::exchange(isOpen, false))
            QMetaObject::invokeMethod(this, &Wire::closed, Qt::QueuedConnection);
    }
    QString why() const override { return QStringLiteral("the test hung up"); }

    void say(const protocol::FromServer &message)
    {
        Q_EMIT received(protocol::encode(message));
        QCoreApplication::processEvents();
    }
    /// How many messages of a kind were sent, and the newest.
    template<class Message>
    QList<Message> heard() const
    {
        QList<Message> found;
        for (const protocol::FromDevice &message : sent)
            if (const auto *one = std::get_if<Message>(&message))
                found += *one;
        return found;
    }

    WireSecurity security;
    int opens = 0;
    bool isOpen = false;
    QList<protocol::FromDevice> sent;
};

} // namespace

/// The link against a server that the test plays, all in one thread.
class TestLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void helloSaysTheTime();
    void pongShowsThatAPageWasLost();
    void pageAfterALostOneIsNotTaken();
    void nothingIsPushedByATimeThatIsOver();
    void nothingIsTakenBeforeTheTimeIsKnown();
    void lostPushIsSentAgain();
    void watchesWhereTheServerCanTell();
    void anotherKitchenHasItsOwnKey();

private:
    void connectAnew();
    /// Answers the newest ping: the server's kitchen time is `ahead` of this device's boot time.
    void pong(qint64 ahead, qint64 seq = 0);
    void measure(qint64 ahead, qint64 seq = 0);
    protocol::Page page(int count);

    fakes::ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::DeviceLog> m_log;
    HeldWire *m_wire = nullptr; ///< owned by the link
    std::unique_ptr<Link> m_link;
    LinkStatus m_status;
    EpochId m_epoch = EpochId::random();
    timers::Cursor m_tip; ///< of the server's log
    fakes::OpMaker m_ben{QStringLiteral("Ben")};
};

void TestLink::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_log = std::make_unique<storage::DeviceLog>(m_clock, m_folder->path(), QStringLiteral("Ana"));
    auto wire = std::make_unique<HeldWire>();
    m_wire = wire.get();
    m_link = std::make_unique<Link>(m_clock, *m_log, std::move(wire));
    m_status = {};
    m_tip = {m_epoch, 0, {}};
    connect(m_link.get(), &Link::statusChanged, this,
            [this](const LinkStatus &status) { m_status = status; });
    m_log->open();
    m_log->join({QUrl(QStringLiteral("ws://kitchen/sync")), KitchenId::random(),
                 QStringLiteral("Kitchen"), QByteArray(32, 't')});
    QTRY_VERIFY(!m_wire->heard<protocol::Hello>().isEmpty());
    m_wire->say(
        protocol::Welcome{3, KitchenId::random(), QStringLiteral("Kitchen"), m_epoch, 0, true});
}

void TestLink::cleanup()
{
    m_link.reset();
    m_log.reset();
}

/// The connection was lost or dropped; it comes back, and the server has `m_tip`.
void TestLink::connectAnew()
{
    const qsizetype hellos = m_wire->heard<protocol::Hello>().size();
    m_wire->abort();
    QTRY_COMPARE(m_wire->heard<protocol::Hello>().size(), hellos + 1);
    m_wire->say(protocol::Welcome{3, KitchenId::random(), QStringLiteral("Kitchen"), m_epoch,
                                  m_tip.seq, false});
}

void TestLink::pong(qint64 ahead, qint64 seq)
{
    QVERIFY(!m_wire->heard<protocol::Ping>().isEmpty());
    const qint64 kitchen = m_clock.bootMs() + ahead;
    m_wire->say(
        protocol::Pong{m_wire->heard<protocol::Ping>().constLast().sent, kitchen, kitchen, seq});
}

void TestLink::measure(qint64 ahead, qint64 seq)
{
    for (int i = 0; i < 16; ++i)
        pong(ahead, seq);
}

protocol::Page TestLink::page(int count)
{
    protocol::Page page;
    for (int i = 0; i < count; ++i) {
        const timers::Op op = m_ben.make(TimerId::random(), timers::Pause{}, 1000).op;
        m_tip.chain = timers::nextLink(m_tip.chain, timers::canonical(op), op.at);
        page.entries += {++m_tip.seq, op.at, m_tip.chain, op};
    }
    return page;
}

void TestLink::helloSaysTheTime()
{
    const auto first = m_wire->heard<protocol::Hello>().constLast().clock;
    QVERIFY(first && !first->kitchen); // it has not met the server's clock
    QCOMPARE(first->wall, m_clock.wallMs());
    measure(5000);
    QTRY_COMPARE(m_status.state, LinkState::Level);
    m_clock.advance(1'000'000);
    m_clock.setWall(7);
    connectAnew();
    const auto next = m_wire->heard<protocol::Hello>().constLast().clock;
    QCOMPARE(next->wall, 7);
    QVERIFY(next->kitchen);
    QCOMPARE(next->kitchen->now, m_clock.bootMs() + 5000);
    QCOMPARE(next->kitchen->within, 100); // 100 ppm of what passed since
}

void TestLink::pongShowsThatAPageWasLost()
{
    measure(5000);
    m_wire->say(page(2));
    pong(5000, 2);
    QVERIFY(m_wire->isOpen);
    QTRY_COMPARE(m_status.state, LinkState::Level);
    page(1); // lost on its way
    pong(5000, 3);
    QVERIFY(!m_wire->isOpen);
    connectAnew();
    QCOMPARE(m_wire->heard<protocol::Hello>().constLast().cursor.seq, 2); // and not from the start
}

void TestLink::pageAfterALostOneIsNotTaken()
{
    measure(5000);
    m_wire->say(page(2));
    QTRY_COMPARE(m_status.state, LinkState::Level);
    page(1); // lost on its way
    m_wire->say(page(1));
    QVERIFY(!m_wire->isOpen);
    connectAnew();
    QCOMPARE(m_wire->heard<protocol::Hello>().constLast().cursor.seq, 2);
}

/// The server came back three hours ahead: a countdown that began here meanwhile keeps its length.
void TestLink::nothingIsPushedByATimeThatIsOver()
{
    constexpr qint64 Hours = 3 * 3'600'000;
    measure(5000);
    QTRY_COMPARE(m_status.state, LinkState::Level);
    m_wire->abort();
    m_log->append({OpId::random(),
                   TimerId::random().uuid(),
                   timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                   {},
                   {}});
    QTRY_COMPARE(m_status.waiting, 1);
    const qint64 pressed = m_clock.bootMs();
    m_clock.advance(20'000);
    connectAnew();
    QVERIFY(m_wire->heard<protocol::Push>().isEmpty()); // what time is it there?
    for (int i = 0; i < 4; ++i) {
        QVERIFY(m_wire->heard<protocol::Push>().isEmpty());
        pong(5000 + Hours);
    }
    QTRY_COMPARE(m_wire->heard<protocol::Push>().size(), 1);
    QCOMPARE(m_wire->heard<protocol::Push>().constLast().ops.constFirst().at,
             pressed + 5000 + Hours);
}

/// Others' timers mean nothing by a clock that may be years off.
void TestLink::nothingIsTakenBeforeTheTimeIsKnown()
{
    fakes::Heard merged(m_log.get(), &storage::DeviceLog::merged);
    fakes::Heard counted(m_log.get(), &storage::DeviceLog::waitingChanged);
    m_wire->say(page(2));
    m_log->askWaiting(); // a way there and back
    QTRY_VERIFY(counted.size() > 0);
    QCOMPARE(merged.size(), 0);
    measure(5000, 2);
    QTRY_COMPARE(m_status.state, LinkState::Level);
    QCOMPARE(merged.size(), 1);
}

/// A push that a bad line ate: its ops are not in the log in time.
void TestLink::lostPushIsSentAgain()
{
    measure(5000);
    QTRY_COMPARE(m_status.state, LinkState::Level);
    m_log->append({OpId::random(),
                   TimerId::random().uuid(),
                   timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                   {},
                   {}});
    QTRY_COMPARE(m_wire->heard<protocol::Push>().size(), 1);
    QVERIFY(m_wire->isOpen);
    QTRY_VERIFY(!m_wire->isOpen); // five seconds, by a real alarm
    connectAnew();
    measure(5000);
    QTRY_COMPARE(m_wire->heard<protocol::Push>().size(), 2);
}

void TestLink::watchesWhereTheServerCanTell()
{
    QVERIFY(m_wire->heard<protocol::Watch>().isEmpty());
    m_link->watch(true);
    QCOMPARE(m_wire->heard<protocol::Watch>(), QList<protocol::Watch>{{true}});
    QList<KitchenPulse> told;
    connect(m_link.get(), &Link::pulseChanged, this,
            [&told](const KitchenPulse &pulse) { told += pulse; });
    m_wire->say(protocol::Pulse{425, Mood::FullSwing});
    QCOMPARE(told, (QList<KitchenPulse>{{4.25, Mood::FullSwing}}));
    connectAnew(); // the server forgot it
    QCOMPARE(m_wire->heard<protocol::Watch>().size(), 2);
    m_wire->abort();
    const qsizetype hellos = m_wire->heard<protocol::Hello>().size();
    QTRY_COMPARE(m_wire->heard<protocol::Hello>().size(), hellos + 1);
    m_link->watch(false); // who is not welcomed yet says nothing
    m_link->watch(true);
    m_wire->say(protocol::Welcome{2, KitchenId::random(), QStringLiteral("Kitchen"), m_epoch,
                                  m_tip.seq, false});
    m_link->watch(true);
    QCOMPARE(m_wire->heard<protocol::Watch>().size(), 2);
}

void TestLink::anotherKitchenHasItsOwnKey()
{
    QCOMPARE(m_wire->security.trust, ServerTrust::Unproven);
    for (int i = 0; i < 2; ++i) {
        const auto key = identity::Fingerprint::random();
        storage::Membership other{QUrl(QStringLiteral("wss://other/sync")), KitchenId::random(),
                                  QStringLiteral("Other"), QByteArray(32, 't')};
        other.serverKey = key.toBytes();
        m_log->join(other);
        QTRY_COMPARE(m_wire->security.trust, ServerTrust::ByKey);
        QTRY_COMPARE(m_wire->security.pinned, key);
        connectAnew();
        QCOMPARE(m_wire->security.pinned, key);
    }
}

QTEST_GUILESS_MAIN(TestLink)
#include "tst_link.moc"
