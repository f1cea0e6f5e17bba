// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/Link.h"

#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "supervision/Faults.h"
#include "supervision/Fence.h"

#include <algorithm>
#include <cmath>

namespace simmer::syncclient {

namespace {

constexpr int PingBurst = 16;           // DESIGN section 4
constexpr qsizetype FirstPings = 4;     // of these, enough to begin with when nothing was known
constexpr double UnknownWithinMs = 100; // of an offset that an earlier run of the program measured
constexpr int PingEveryMs = 30'000;
constexpr qsizetype ReplacedOften = 3;
constexpr qint64 ReplacedWithinMs = 60'000;
constexpr int RefusedMs = 3000; // the disk may have room again
constexpr int AnswerMs = 5000;  // a server that owes an answer longer is gone
constexpr int FirstRetryMs = 250;
constexpr int LongestRetryMs = 3000; // a server at home: asking it often costs nothing
constexpr int SeenMs = 5000; // a push whose ops are not in the log by then was lost on its way
constexpr qsizetype PushBytes = 200 * 1024; // leaves room for the frame around the ops

/// Waits twice as long each time, and up to a tenth more by device, so that they do not come all at
/// once.
int retryMs(int failures, const DeviceId &device)
{
    const int wait = std::min(FirstRetryMs << std::min(failures, 10), LongestRetryMs);
    return wait + int(device.uuid().data1 % quint32(wait / 10 + 1));
}

} // namespace

Link::Link(const Clock &clock, storage::DeviceLog &log, std::unique_ptr<Wire> wire,
           supervision::Mode mode, bool isHeir)
    : m_clock(clock)
    , m_log(log)
    , m_mode(mode)
    , m_wire(std::move(wire))
    , m_retry(clock.makeAlarm(this))
    , m_pingAlarm(clock.makeAlarm(this))
    , m_silence(clock.makeAlarm(this))
    , m_unseen(clock.makeAlarm(this))
    , m_courier(new BlobCourier(clock, log.blobs(), [this](const auto &message) { say(message); }))
{
    m_courier->setParent(this);
    connect(m_courier, &BlobCourier::changed, this, [this] {
        m_status.photosLevel = m_courier->isDone();
        m_status.refusedPhotos = m_courier->refused();
        Q_EMIT statusChanged(m_status);
    });
    m_wire->setParent(this); // moves to the link's thread with it
    connect(m_wire.get(), &Wire::opened, this, &Link::greet);
    connect(m_wire.get(), &Wire::received, this, &Link::receive);
    connect(m_wire.get(), &Wire::closed, this, &Link::lost);
    connect(m_retry, &Alarm::rang, this, &Link::connectNow);
    connect(m_pingAlarm, &Alarm::rang, this, &Link::ping);
    for (const Alarm *alarm : {m_silence, m_unseen})
        connect(alarm, &Alarm::rang, this, [this] { m_wire->abort(); });
    connect(&log, &storage::DeviceLog::loaded, this, &Link::loaded);
    connect(&log, &storage::DeviceLog::merged, this, &Link::merged);
    connect(&log, &storage::DeviceLog::outboxRead, this, &Link::push);
    connect(&log, &storage::DeviceLog::restarted, this, [this](const timers::Cursor &cursor) {
        m_cursor = cursor;
        m_rebuilding = m_rebuilding && m_cursor.seq < m_head;
        review();
        pushNext();
    });
    connect(&log, &storage::DeviceLog::mergeFailed, this, [this](const Error &error) {
        if (error.code == ErrorCode::BadChain)
            m_log.restart(EpochId()); // take the whole log anew; ours goes back to the outbox
        m_status.trouble = error.context;
        m_wire->abort();
    });
    connect(&log, &storage::DeviceLog::waitingChanged, this,
            [this](qint64 waiting, quint64 question) {
                m_status.waiting = waiting;
                review();
                pushNext();
                Q_EMIT reviewed(m_status, question);
            });
    connect(&log, &storage::DeviceLog::renewed, this, [this](const DeviceId &device) {
        m_device = device;
        connectNow();
    });
    connect(&log, &storage::DeviceLog::joined, this, [this](const storage::Membership &joined) {
        m_membership = joined;
        m_security.reset();
        Q_EMIT paired();
        connectNow();
    });
    connect(&log, &storage::DeviceLog::offsetKept, this, [this](qint64 offsetMs) {
        m_timed = m_confirmed = true;
        m_offset = offsetMs;
        m_measuredAt = m_clock.bootMs();
        if (const auto measure = timers::measureOffset(m_samples, m_measuredAt))
            m_offsetWithin = measure->within;
        Q_EMIT offsetMeasured(offsetMs);
        mergeHeld();
        review();
        pushNext();
    });
    connect(&log, &storage::DeviceLog::offsetRefused, this, [this](const Error &error) {
        m_status.trouble = error.context;
        m_pingAlarm->set(RefusedMs);
    });
    connect(&log, &storage::DeviceLog::joinFailed, this, &Link::pairingFailed);
    if (isHeir)
        inherit();
}

/// As it was loaded for the one before.
void Link::inherit()
{
    const QUuid me = QUuid::createUuid();
    connect(&m_log, &storage::DeviceLog::told, this,
            [this, me](const QUuid &asker, const storage::LoadedLog &log) {
                if (asker == me)
                    loaded(log);
            });
    m_log.tell(me);
}

Link::~Link()
{
    m_wire->disconnect(this);
    m_wire->setParent(nullptr);
}

void Link::loaded(const storage::LoadedLog &log)
{
    m_device = log.device;
    m_cursor = log.cursor;
    m_membership = log.membership;
    m_security.reset();
    m_timed = log.met;
    m_offset = log.offsetMs;
    m_offsetWithin = UnknownWithinMs;
    m_measuredAt = log.metAtMs;
    m_status.waiting = log.waiting;
    if (log.readOnly)
        setState(LinkState::ReadOnly);
    else if (m_pairing || m_membership)
        connectNow();
    else
        setState(LinkState::Alone);
}

void Link::pair(const PairingRequest &request)
{
    Expected<Pairing> pairing = Pairing::prepare(request);
    if (!pairing) {
        Q_EMIT pairingFailed(pairing.error());
        return;
    }
    if (m_status.state == LinkState::ReadOnly) {
        Q_EMIT pairingFailed(
            {ErrorCode::StoreNewer, QStringLiteral("a newer Simmer wrote this profile"), {}});
        return;
    }
    m_wire->abort(); // the end of an older connection is no answer to this
    m_pairing = *std::move(pairing);
    if (isOut()) // a copy of this folder may be told the same: each becomes a device of its own
        m_log.renew();
    else if (!m_device.isNull())
        connectNow();
}

void Link::connectNow()
{
    supervision::faults::point("link", QStringLiteral("connect"));
    m_wire->abort();
    m_retry->stop(); // which the end of the old connection may have set
    if (!m_pairing && !m_membership)
        return;
    if (!m_pairing)
        setState(LinkState::Connecting);
    m_silence->set(AnswerMs);
    if (!m_pairing && !m_security)
        m_security = securityOf(*m_membership);
    m_wire->secure(m_pairing ? m_pairing->security() : *m_security);
    m_wire->open(m_pairing ? m_pairing->server() : m_membership->server);
}

void Link::greet()
{
    if (m_pairing)
        say(m_pairing->greeting(m_device));
    else
        say(protocol::Hello{protocol::ProtocolVersion, m_device, m_membership->token, m_cursor,
                            clockClaim()});
}

timers::ClockClaim Link::clockClaim() const
{
    timers::ClockClaim claim{m_clock.wallMs()};
    const qint64 boot = m_clock.bootMs();
    const double drifted = timers::DriftRate * double(boot - m_measuredAt);
    if (m_timed)
        claim.kitchen = {boot + m_offset, qint64(std::ceil(m_offsetWithin + drifted))};
    return claim;
}

void Link::receive(const QByteArray &bytes)
{
    supervision::faults::point("link", QStringLiteral("receive"));
    if (supervision::Fence::isDownHere())
        return; // the server will tell the next link
    const auto message = protocol::decodeFromServer(bytes);
    if (!message)
        return giveUp(message.error().context);
    std::visit([this](const auto &said) { take(said); }, *message);
}

/// What the server says makes no sense: another connection may be luckier.
void Link::giveUp(const QString &trouble)
{
    m_status.trouble = trouble;
    m_wire->abort();
}

void Link::lost()
{
    m_welcomed = false;
    m_confirmed = false;
    m_silence->stop();
    m_pingAlarm->stop();
    m_unseen->stop();
    m_underWay.clear();
    m_courier->setFree(false);
    m_courier->end();
    m_held.clear();
    m_snapshot.reset();
    m_reading = false;
    const QString why = m_wire->why();
    if (m_pairing)
        giveUpPairing({ErrorCode::Unreachable,
                       QStringLiteral("%1: %2").arg(m_pairing->server().toString(), why),
                       {}});
    else if (m_membership && !isOut() && !m_retry->isSet())
        retryLater(why);
}

/// Once may be our own older connection, whose hello was late; two machines with one key take the
/// place from each other again and again.
bool Link::isReplacedOften()
{
    const qint64 now = m_clock.bootMs();
    m_replacedAt.removeIf([now](qint64 at) { return at < now - ReplacedWithinMs; });
    m_replacedAt += now;
    return m_replacedAt.size() >= ReplacedOften;
}

/// Whether connecting again would not help.
bool Link::isOut() const
{
    return m_status.state == LinkState::Removed || m_status.state == LinkState::Copied;
}

void Link::giveUpPairing(const Error &error)
{
    m_pairing.reset();
    Q_EMIT pairingFailed(error);
    if (m_membership)
        retryLater({});
}

void Link::retryLater(const QString &why)
{
    if (m_status.trouble.isEmpty())
        m_status.trouble = why;
    setState(LinkState::Connecting);
    m_retry->set(retryMs(m_failures++, m_device));
}

void Link::take(const protocol::Challenge &challenge)
{
    if (!m_pairing)
        return;
    const Expected<protocol::Prove> proof = m_pairing->answer(challenge, *m_wire);
    if (proof)
        say(*proof);
    else
        giveUpPairing(proof.error());
}

void Link::take(const protocol::Paired &answer)
{
    if (!m_pairing)
        return;
    m_silence->stop();
    const Expected<storage::Membership> membership = m_pairing->finish(answer);
    if (!membership)
        return giveUpPairing(membership.error());
    m_pairing.reset();
    m_log.join(*membership);
}

void Link::take(const protocol::Welcome &welcome)
{
    if (!protocol::speaks(welcome.version))
        return giveUp(QStringLiteral("the server speaks another version"));
    m_welcomed = true;
    m_knowsPulses = welcome.version >= protocol::PulseVersion;
    if (m_watching)
        watch(true);
    // whoever begins at the start, as after a mended file, need not send what is there
    m_rebuilding = welcome.restart || welcome.snapshot || (m_cursor.seq == 0 && welcome.head > 0);
    m_failures = 0;
    m_head = welcome.head;
    m_arrived = welcome.restart ? 0 : m_cursor.seq;
    m_status.kitchen = welcome.kitchenName;
    m_status.role = welcome.role.value_or(Role::Owner);
    m_status.trouble.clear();
    if (welcome.restart) {
        m_cursor = {welcome.epoch, 0, {}};
        m_log.restart(welcome.epoch); // queued before any page that follows
    }
    m_courier->begin(welcome.restart);
    if (welcome.snapshot)
        m_snapshot = Incoming{*welcome.snapshot};
    m_samples.clear();
    m_pingsLeft = PingBurst;
    ping();
    review();
    pushNext();
}

void Link::take(const protocol::Page &page)
{
    if (page.entries.isEmpty())
        return;
    if (m_snapshot && !m_snapshot->base)
        return giveUp(QStringLiteral("the server's snapshot broke off"));
    if (page.entries.constFirst().seq > m_arrived + 1) { // the one before it was lost
        m_wire->abort();
        return;
    }
    m_arrived = std::max(m_arrived, page.entries.constLast().seq);
    m_head = std::max(m_head, m_arrived);
    m_held += page.entries;
    mergeHeld();
}

void Link::take(const protocol::SnapshotPage &page)
{
    if (!m_snapshot || m_snapshot->base ||
        m_snapshot->kept.size() + page.entries.size() > m_snapshot->count)
        return giveUp(QStringLiteral("the server sends more than its snapshot has"));
    m_snapshot->kept += page.entries;
}

void Link::take(const protocol::Base &base)
{
    if (!m_snapshot || m_snapshot->base || m_snapshot->kept.size() != m_snapshot->count)
        return giveUp(QStringLiteral("the server's snapshot is not complete"));
    m_snapshot->base = base.cursor;
    m_arrived = base.cursor.seq;
    mergeHeld();
}

void Link::take(const protocol::Settled &settled)
{
    answered(settled.ops);
    m_log.settle(settled.ops);
}

/// Others' timers mean nothing to a device whose clock may be years off: they wait for the first
/// measure of kitchen time in a boot, or the first sign on a connection that it has not moved.
void Link::mergeHeld()
{
    if (!isTimed())
        return;
    if (m_snapshot && m_snapshot->base) {
        m_log.takeSnapshot(m_snapshot->kept, *m_snapshot->base);
        m_snapshot.reset();
    }
    if (!m_held.isEmpty())
        m_log.merge(std::exchange(m_held, {}));
}

void Link::take(const protocol::OpRefused &refused)
{
    answered({refused.op});
    m_log.refuse(refused.op, refused.why);
}

void Link::take(const protocol::Pong &pong)
{
    m_silence->stop();
    if (pong.seq > m_arrived) { // what went out before it never came: the line lost it
        m_wire->abort();
        return;
    }
    m_samples += timers::ClockSample{pong.sent, pong.received, pong.answered, m_clock.bootMs()};
    if (m_timed && !m_confirmed)
        confirmTime(m_samples.constLast());
    if (m_samples.size() > PingBurst)
        m_samples.removeFirst();
    const bool more = --m_pingsLeft > 0;
    if (more)
        ping();
    if (more && (m_timed || m_samples.size() < FirstPings))
        return;
    if (const auto measure = timers::measureOffset(m_samples, m_clock.bootMs()))
        m_log.keepOffset(measure->offset);
}

/// A server may have come back with another time, and what is stamped by the old one would be
/// wrong.
void Link::confirmTime(const timers::ClockSample &sample)
{
    const double allowed = timers::KitchenClock::SlewLimitMs + sample.uncertainty(sample.back);
    if (double(std::abs(sample.offset() - m_offset)) > allowed) {
        m_timed = false; // as before the first meeting
        return;
    }
    m_confirmed = true;
    mergeHeld();
    review();
    pushNext();
}

void Link::take(const protocol::Devices &devices)
{
    m_status.devices.clear();
    for (const protocol::Device &device : devices.devices)
        m_status.devices += KitchenDevice{device.id, device.name, device.online};
    Q_EMIT statusChanged(m_status);
}

void Link::take(const protocol::Pulse &pulse)
{
    constexpr double Hundredths = 100;
    Q_EMIT pulseChanged({double(pulse.score) / Hundredths, pulse.mood});
}

void Link::watch(bool on)
{
    m_watching = on;
    if (m_welcomed && m_knowsPulses)
        say(protocol::Watch{on});
}

void Link::take(const protocol::Bye &bye)
{
    m_status.trouble = bye.why;
    if (m_pairing)
        giveUpPairing({ErrorCode::Refused, bye.why, {}});
    else if (bye.reason == protocol::ByeReason::UnknownDevice)
        setState(LinkState::Removed);
    else if (bye.reason == protocol::ByeReason::Replaced && isReplacedOften())
        setState(LinkState::Copied);
    m_wire->close();
}

void Link::merged(const QList<timers::StampedOp> &ops, const timers::Cursor &cursor)
{
    m_cursor = cursor;
    m_rebuilding = m_rebuilding && m_cursor.seq < m_head;
    QList<OpId> seen;
    for (const timers::StampedOp &stamped : ops)
        seen += stamped.op.id;
    answered(seen);
    review();
    pushNext();
}

/// It is known what became of these.
void Link::answered(const QList<OpId> &ops)
{
    for (const OpId &op : ops)
        m_underWay.remove(op);
    if (m_underWay.isEmpty())
        m_unseen->stop();
}

void Link::pushNext()
{
    if (!m_welcomed || m_reading || !m_underWay.isEmpty() || m_status.waiting == 0)
        return;
    if (!isTimed() || m_rebuilding)
        return;
    m_reading = true;
    m_log.readOutbox(protocol::limits::OpsPerPush);
}

/// Sends what the outbox holds, as far as one message takes it; the rest when these are seen.
void Link::push(const QList<timers::Op> &ops)
{
    m_reading = false;
    if (!m_welcomed || !m_underWay.isEmpty())
        return;
    protocol::Push push;
    qsizetype bytes = 0;
    for (const timers::Op &op : ops) {
        bytes += protocol::encode(protocol::FromDevice(protocol::Push{{op}})).size();
        if (bytes > PushBytes && !push.ops.isEmpty())
            break;
        push.ops += op;
        m_underWay.insert(op.id);
    }
    if (push.ops.isEmpty())
        return;
    m_unseen->set(SeenMs);
    say(push);
}

void Link::ping()
{
    if (!m_welcomed)
        return;
    m_silence->set(AnswerMs);
    m_pingAlarm->set(PingEveryMs);
    say(protocol::Ping{m_clock.bootMs()});
}

void Link::say(const protocol::FromDevice &message)
{
    m_wire->send(protocol::encode(message));
}

void Link::setState(LinkState state)
{
    m_status.state = state;
    m_status.server = m_membership ? m_membership->server : QUrl();
    m_status.kitchenId = m_membership ? m_membership->kitchen : KitchenId();
    if (m_status.kitchen.isEmpty() && m_membership)
        m_status.kitchen = m_membership->kitchenName;
    if (state == LinkState::Level && !m_samples.isEmpty())
        m_status.levelSinceMs = m_samples.constLast().answered;
    Q_EMIT statusChanged(m_status);
}

/// Level means: all of the log that is known of is here, and nothing waits.
void Link::review()
{
    if (!m_welcomed)
        return;
    const bool level = isTimed() && m_cursor.seq >= m_head && m_status.waiting == 0;
    m_courier->setFree(level && m_mode == supervision::Mode::Normal);
    setState(level ? LinkState::Level : LinkState::CatchingUp);
}

} // namespace simmer::syncclient
