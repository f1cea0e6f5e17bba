// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "protocol/MessageCodec.h"
#include "storage/device/DeviceLog.h"
#include "syncclient/Link.h"
#include "timers/OpCodec.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::syncclient;
using timers::StampedOp;

namespace {

/// The server is the test: it hears what the link says and answers pings by itself.
class ScriptedWire final : public Wire
{
public:
    explicit ScriptedWire(const Clock &clock)
        : m_clock(clock)
    {
    }
    void open(const QUrl &) override
    {
        m_open = true;
        QMetaObject::invokeMethod(this, &Wire::opened, Qt::QueuedConnection);
    }
    void send(const QByteArray &bytes) override
    {
        const auto message = protocol::decodeFromDevice(bytes);
        if (const auto *ping = std::get_if<protocol::Ping>(&*message))
            QMetaObject::invokeMethod(
                this,
                [this, sent = ping->sent] {
                    say(protocol::Pong{sent, m_clock.wallMs(), m_clock.wallMs()});
                },
                Qt::QueuedConnection);
        if (const auto *hello = std::get_if<protocol::Hello>(&*message))
            hellos += hello->cursor;
        if (const auto *push = std::get_if<protocol::Push>(&*message))
            pushed += push->ops;
    }
    void close() override { abort(); }
    void abort() override
    {
        if (!std::exchange(m_open, false))
            return;
        ++ends;
        Q_EMIT closed();
    }
    QString why() const override { return QStringLiteral("gone"); }
    void say(const protocol::FromServer &message)
    {
        if (m_open)
            Q_EMIT received(protocol::encode(message));
    }

    QList<timers::Cursor> hellos;
    QList<timers::Op> pushed;
    int ends = 0;

private:
    const Clock &m_clock;
    bool m_open = false;
};

} // namespace

/// The link of a device that was away for long, against a good server and bad ones.
class TestLinkSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aSnapshotIsTakenAtOnce();
    void ownOpsArePushedAfterIt();
    void aLineThatBreaksBeginsAnew();
    void badSnapshotsAreTroubleAndNothingElse_data();
    void badSnapshotsAreTroubleAndNothingElse();
    void settledOpsLeaveTheOutbox();
    void refusedPressesLeaveTheScreen();

private:
    protocol::Welcome welcome(std::optional<qint64> snapshot, bool restart = true) const
    {
        return {protocol::ProtocolVersion,
                m_kitchen,
                QStringLiteral("Kitchen"),
                m_epoch,
                5,
                restart,
                snapshot};
    }
    void greet(const protocol::Welcome &welcome)
    {
        QTRY_VERIFY(!m_wire->hellos.isEmpty());
        m_wire->say(welcome);
    }
    OpId press()
    {
        const OpId id = OpId::random();
        m_log->append({id,
                       TimerId::random().uuid(),
                       timers::Start{QStringLiteral("Tea"), 60'000, 60'000, {}},
                       {},
                       {}});
        return id;
    }

    fakes::ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::DeviceLog> m_log;
    ScriptedWire *m_wire = nullptr;
    std::unique_ptr<Link> m_link;
    LinkStatus m_status;
    QList<OpId> m_merged;
    timers::Cursor m_cursor;
    KitchenId m_kitchen = KitchenId::random();
    EpochId m_epoch = EpochId::random();
    QList<StampedOp> m_kept;
    timers::Cursor m_base;
};

void TestLinkSnapshot::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_log = std::make_unique<storage::DeviceLog>(m_clock, m_folder->path(), QStringLiteral("Ana"));
    m_merged.clear();
    m_cursor = {};
    connect(m_log.get(), &storage::DeviceLog::merged, this,
            [this](const QList<StampedOp> &ops, const timers::Cursor &cursor) {
                m_cursor = cursor;
                for (const StampedOp &stamped : ops)
                    m_merged += stamped.op.id;
            });
    auto wire = std::make_unique<ScriptedWire>(m_clock);
    m_wire = wire.get();
    m_link = std::make_unique<Link>(m_clock, *m_log, std::move(wire));
    connect(m_link.get(), &Link::statusChanged, this,
            [this](const LinkStatus &status) { m_status = status; });
    m_log->open();
    m_log->join({QUrl(QStringLiteral("ws://server")), m_kitchen, QStringLiteral("Kitchen"),
                 QByteArray(32, 't')});
    fakes::OpMaker ben;
    m_kept.clear();
    for (const qint64 seq : {1, 3}) {
        StampedOp kept = ben.make(TimerId::random(), timers::Pause{}, 1'700'000'000'000 + seq);
        kept.seq = seq;
        m_kept += kept;
    }
    m_base = {m_epoch, 5, QByteArray(32, 'b')};
}

void TestLinkSnapshot::cleanup()
{
    m_link.reset();
    m_log.reset();
}

void TestLinkSnapshot::aSnapshotIsTakenAtOnce()
{
    greet(welcome(2));
    m_wire->say(protocol::SnapshotPage{{m_kept[0]}});
    QCoreApplication::processEvents();
    QVERIFY(m_merged.isEmpty());
    m_wire->say(protocol::SnapshotPage{{m_kept[1]}});
    m_wire->say(protocol::Base{m_base});
    QTRY_COMPARE(m_merged, (QList<OpId>{m_kept[0].op.id, m_kept[1].op.id}));
    QCOMPARE(m_cursor, m_base);
    QTRY_COMPARE(m_status.state, LinkState::Level);
}

void TestLinkSnapshot::ownOpsArePushedAfterIt()
{
    const OpId mine = press();
    greet(welcome(2));
    QTRY_COMPARE(m_status.waiting, 1);
    QTRY_COMPARE(m_status.state, LinkState::CatchingUp);
    QVERIFY(m_wire->pushed.isEmpty());
    m_wire->say(protocol::SnapshotPage{m_kept});
    m_wire->say(protocol::Base{m_base});
    QTRY_COMPARE(m_wire->pushed.size(), 1);
    QCOMPARE(m_wire->pushed.constFirst().id, mine);
}

void TestLinkSnapshot::aLineThatBreaksBeginsAnew()
{
    greet(welcome(2));
    m_wire->say(protocol::SnapshotPage{{m_kept[0]}});
    m_wire->abort();
    QTRY_COMPARE(m_wire->hellos.size(), 2);
    QCOMPARE(m_wire->hellos.constLast().seq, 0);
    m_wire->say(welcome(2));
    m_wire->say(protocol::SnapshotPage{m_kept});
    m_wire->say(protocol::Base{m_base});
    QTRY_COMPARE(m_cursor, m_base);
    QCOMPARE(m_merged.size(), 2);
}

void TestLinkSnapshot::badSnapshotsAreTroubleAndNothingElse_data()
{
    QTest::addColumn<QString>("bad");
    for (const char *bad :
         {"more than announced", "less than announced", "an entry twice", "a page too early",
          "a snapshot nobody announced", "a base twice", "a chain that does not follow"})
        QTest::newRow(bad) << QString::fromLatin1(bad);
}

void TestLinkSnapshot::badSnapshotsAreTroubleAndNothingElse()
{
    QFETCH(const QString, bad);
    const bool announced = bad != QLatin1String("a snapshot nobody announced");
    const OpId mine = press();
    QSignalSpy waiting(m_log.get(), &storage::DeviceLog::waitingChanged);
    greet(welcome(announced ? std::optional<qint64>(2) : std::nullopt));
    const protocol::Page page{{{6, 7, QByteArray(32, 'x'), m_kept[0].op}}};
    QList<StampedOp> kept = m_kept;
    if (bad == QLatin1String("more than announced"))
        kept += m_kept[1];
    if (bad == QLatin1String("less than announced"))
        kept.removeLast();
    if (bad == QLatin1String("an entry twice"))
        kept[1] = kept[0];
    if (bad == QLatin1String("a page too early"))
        m_wire->say(page);
    m_wire->say(protocol::SnapshotPage{kept});
    m_wire->say(protocol::Base{m_base});
    if (bad == QLatin1String("a base twice"))
        m_wire->say(protocol::Base{m_base});
    if (bad == QLatin1String("a chain that does not follow"))
        m_wire->say(page);
    QTRY_VERIFY(m_wire->ends > 0);
    QTRY_VERIFY2(!m_status.trouble.isEmpty(), qPrintable(bad));
    m_log->askWaiting(); // the own op still waits, and only that
    waiting.clear();
    QTRY_VERIFY(!waiting.isEmpty());
    m_log->readOutbox(9);
    QSignalSpy outbox(m_log.get(), &storage::DeviceLog::outboxRead);
    QTRY_VERIFY(!outbox.isEmpty());
    const auto ops = outbox.constFirst().constFirst().value<QList<timers::Op>>();
    QVERIFY(std::any_of(ops.begin(), ops.end(), [&](const auto &op) { return op.id == mine; }));
}

void TestLinkSnapshot::settledOpsLeaveTheOutbox()
{
    const OpId mine = press();
    greet(welcome(std::nullopt));
    QSignalSpy parted(m_log.get(), &storage::DeviceLog::parted);
    m_wire->say(protocol::Settled{{mine}});
    QTRY_COMPARE(parted.size(), 1);
    QTRY_COMPARE(m_status.waiting, 0);
    m_wire->say(protocol::Settled{{OpId::random()}}); // of which nobody heard
    QCoreApplication::processEvents();
    QCOMPARE(parted.size(), 1);
}

void TestLinkSnapshot::refusedPressesLeaveTheScreen()
{
    const OpId mine = press();
    greet(welcome(std::nullopt));
    QSignalSpy parted(m_log.get(), &storage::DeviceLog::parted);
    m_wire->say(protocol::OpRefused{mine, QStringLiteral("its timer is history")});
    QTRY_COMPARE(parted.size(), 1);
    QTRY_COMPARE(m_status.waiting, 0);
}

QTEST_GUILESS_MAIN(TestLinkSnapshot)
#include "tst_linksnapshot.moc"
