// SPDX-License-Identifier: GPL-3.0-or-later
#include "timerserver/TimerWorker.h"

#include "supervision/Faults.h"
#include "supervision/Fence.h"
#include "timers/Fold.h"
#include "timers/Sense.h"

#include <algorithm>

namespace simmer::timerserver {

namespace {

constexpr qint64 SecondMs = 1000;
// A ring is looked for at least this often: QTimer holds at most 24 days, and its clock stands
// still in suspend.
constexpr qint64 LongestNapMs = 60'000;
constexpr qsizetype MostTold = 64; // of who did it: that costs a fold each

} // namespace

TimerWorker::TimerWorker(const Clock &clock, storage::DeviceLog &log, Heritage heritage)
    : m_machine(clock)
    , m_clock(clock)
    , m_log(log)
    , m_heritage(std::move(heritage))
    , m_tickAlarm(clock.makeAlarm(this))
    , m_ringAlarm(clock.makeAlarm(this))
    , m_ledgerAlarm(clock.makeAlarm(this))
{
    connect(m_tickAlarm, &Alarm::rang, this, &TimerWorker::tick);
    connect(m_ringAlarm, &Alarm::rang, this, &TimerWorker::ringDue);
    connect(m_ledgerAlarm, &Alarm::rang, this, &TimerWorker::soundOverdue);
    connect(&log, &storage::DeviceLog::loaded, this, &TimerWorker::load);
    connect(&log, &storage::DeviceLog::appended, this, &TimerWorker::kept);
    connect(&log, &storage::DeviceLog::appendFailed, this, &TimerWorker::failed);
    connect(&log, &storage::DeviceLog::merged, this, &TimerWorker::merged);
    connect(&log, &storage::DeviceLog::parted, this,
            [this](const QList<timers::StampedOp> &ops) { announce(m_board.drop(ops)); });
    connect(&log, &storage::DeviceLog::joined, this, [this] { m_member = true; });
    connect(&log, &storage::DeviceLog::offsetKept, this, &TimerWorker::offsetKept);
    connect(&log, &storage::DeviceLog::ringNoted, this,
            [this](const timers::Ring &noted) { sound(noted.key); });
    if (!m_heritage.isHeir)
        return;
    const QUuid me = QUuid::createUuid();
    connect(&log, &storage::DeviceLog::told, this,
            [this, me](const QUuid &asker, const storage::LoadedLog &loaded) {
                if (asker == me)
                    load(loaded);
            });
    log.tell(me);
}

void TimerWorker::load(const storage::LoadedLog &log)
{
    m_clock.set(log.offsetMs);
    for (const timers::Ring &ring : log.rings)
        m_ledger.insert(ring.key, ring);
    m_board.put(log.ops);
    const bool again = std::exchange(m_loaded, true); // after the file was mended
    m_member = log.membership.has_value();
    m_awakeAt = m_machine.bootMs();
    if (!again && !m_heritage.isHeir) // who was there before has heard the server's word
        m_quietUntil = m_member ? m_clock.now() + PatienceMs : 0;
    for (const timers::StampedOp &stamped : log.ops)
        if (m_heritage.asked.contains(stamped.op.id))
            m_kept.insert(stamped.op.id);
    QList<timers::Timer> shown = m_board.timers();
    shown.removeIf([now = m_clock.now()](const timers::Timer &timer) {
        return timers::stateAt(timer, now) == timers::State::Waiting;
    });
    for (const timers::Timer &timer : std::as_const(shown))
        if (timer.phase == timers::Phase::Done || timer.phase == timers::Phase::Cancelled)
            tellWho(timer.id);
    Q_EMIT loaded(shown, log.offsetMs);
    tick();
    ringDue();
    if (log.met || !m_member) // else “long ago” is a guess
        restEnded();
    const QQueue<Wish> early = std::exchange(m_waiting, {});
    for (const Wish &next : early)
        wish(next);
}

void TimerWorker::wish(const Wish &wish)
{
    supervision::faults::point("timers", QStringLiteral("wish"));
    if (supervision::Fence::isDownHere())
        return; // it was handed to another
    const QList<TimerId> busy = m_underWay.values();
    if (!m_loaded || busy.contains(wish.timer)) {
        m_waiting.enqueue(wish);
        return;
    }
    if (m_kept.contains(wish.op)) {
        Q_EMIT pressKept(wish.op);
        return;
    }
    const Expected<storage::Draft> made = draft(wish);
    if (!made) {
        Q_EMIT pressFailed(wish.op, made.error());
        return;
    }
    m_underWay.insert(wish.op, wish.timer);
    m_log.append(*made);
    supervision::faults::point("timers", QStringLiteral("asked"));
}

Expected<storage::Draft> TimerWorker::draft(const Wish &wish) const
{
    const qint64 now = m_clock.now();
    const timers::Timer *timer = m_board.find(wish.timer);
    if (!timer && !std::holds_alternative<timers::Start>(wish.action))
        return Error{ErrorCode::NotFound, QStringLiteral("there is no such timer"), {}};
    if (const Outcome length = timers::sensibleLength(wish.action); !length)
        return length.error();
    if (timer)
        if (const Outcome sense = timers::sensible(wish.action, *timer, now); !sense)
            return sense.error();
    storage::Draft draft{wish.op, wish.timer.uuid(), wish.action, now, {}};
    if (timer) { // an op never stands before one that its cook had seen
        draft.seen = timer->heads;
        draft.at = std::max(now, timer->headAt);
    }
    if (auto *ack = std::get_if<timers::Acknowledge>(&draft.action))
        ack->ring = timer->ringKey;
    if (auto *snooze = std::get_if<timers::Snooze>(&draft.action))
        snooze->ring = timer->ringKey;
    return draft;
}

void TimerWorker::kept(const timers::StampedOp &stamped)
{
    announce(m_board.put(stamped));
    if (m_underWay.contains(stamped.op.id)) {
        m_kept.insert(stamped.op.id);
        Q_EMIT pressKept(stamped.op.id);
        answered(stamped.op.id);
    }
}

void TimerWorker::failed(const OpId &op, const Error &error)
{
    if (!m_underWay.contains(op))
        return;
    Q_EMIT pressFailed(op, error);
    answered(op);
}

/// A press is over; the next one that waited for the same timer gets its turn.
void TimerWorker::answered(const OpId &op)
{
    const TimerId timer = m_underWay.take(op);
    const auto next = std::find_if(m_waiting.begin(), m_waiting.end(),
                                   [&](const Wish &waiting) { return waiting.timer == timer; });
    if (next == m_waiting.end())
        return;
    const Wish turn = *next;
    m_waiting.erase(next);
    wish(turn);
}

void TimerWorker::merged(const QList<timers::StampedOp> &ops)
{
    announce(m_board.put(ops));
}

/// One that waits for the end of another is announced when it begins.
void TimerWorker::announce(const timers::TimerBoard::Changes &changes)
{
    const qint64 now = m_clock.now();
    for (const TimerId &timer : changes.gone)
        Q_EMIT timerGone(timer);
    for (const timers::Timer &timer : changes.timers) {
        if (timers::stateAt(timer, now) == timers::State::Waiting)
            Q_EMIT timerGone(timer.id); // it may have run already, before an end moved
        else {
            if (changes.timers.size() <= MostTold)
                tellWho(timer.id);
            Q_EMIT timerChanged(timer);
        }
    }
    if (!changes.timers.isEmpty())
        ringDue();
}

void TimerWorker::tellWho(const TimerId &timer)
{
    if (const auto deed = timers::lastDeed(timer, m_board.opsOf(timer)))
        Q_EMIT timerTouched(timer, deed->cook, deed->device);
}

/// The corrected ops and the corrected time come together, so that no count jumps between them.
void TimerWorker::offsetKept(qint64 offsetMs, const QList<timers::StampedOp> &moved)
{
    const qint64 before = m_clock.now();
    m_clock.steer(offsetMs);
    // What a jump makes due was perhaps silenced elsewhere, in the time that was missed here.
    if (m_loaded && m_member &&
        std::abs(m_clock.now() - before) > timers::KitchenClock::SlewLimitMs)
        m_quietUntil = m_clock.now() + PatienceMs;
    const auto changed = m_board.put(moved);
    Q_EMIT steered(offsetMs);
    if (!m_loaded)
        return;
    announce(changed);
    if (m_clock.now() < before)
        rewind(m_clock.now());
    armTick();
    ringDue();
}

void TimerWorker::settle()
{
    m_quietUntil = 0;
    if (m_loaded)
        ringDue();
}

/// What ended a day ago need not be read at the next start.
void TimerWorker::restEnded()
{
    const qint64 before = m_clock.now() - RestAfterMs;
    QList<TimerId> ended;
    const QList<timers::Timer> all = m_board.timers();
    for (const timers::Timer &timer : all) {
        const bool over =
            timer.phase == timers::Phase::Done || timer.phase == timers::Phase::Cancelled;
        if (over && timer.changedAt < before && timer.handovers.isEmpty() && !timer.follows)
            ended += timer.id;
    }
    if (!ended.isEmpty())
        m_log.rest(ended);
}

/// The clock was ahead: rings that came too early come once more, at their time.
void TimerWorker::rewind(qint64 now)
{
    const QList<timers::Timer> early = m_board.rewind(now);
    for (const timers::Timer &timer : early) {
        if (m_sounded.remove(timer.ringKey))
            Q_EMIT ringWithdrawn(timer.ringKey);
        m_noted.remove(timer.ringKey);
        if (m_ledger.remove(timer.ringKey) > 0)
            m_log.forgetRing(timer.ringKey);
    }
    announce({early, {}});
}

/// After suspend, rings that fell due meanwhile wait for the server's word again.
void TimerWorker::noticeSleep()
{
    const qint64 boot = m_machine.bootMs();
    if (boot - std::exchange(m_awakeAt, boot) > SleptMs && m_member)
        m_quietUntil = m_clock.now() + PatienceMs;
}

/// Announces the whole second that has come; a late wake-up (a busy machine, suspend) announces
/// only the newest, and one before its time none.
void TimerWorker::tick()
{
    supervision::faults::point("timers", QStringLiteral("tick"));
    noticeSleep();
    const qint64 now = m_clock.now();
    const qint64 second = now - now % SecondMs;
    if (second != m_lastTick) {
        m_lastTick = second;
        Q_EMIT ticked(second);
        ringDue();
    }
    armTick();
}

void TimerWorker::armTick()
{
    m_tickAlarm->set(SecondMs - m_clock.now() % SecondMs);
}

void TimerWorker::ringDue()
{
    noticeSleep();
    const qint64 now = m_clock.now();
    if (now >= m_quietUntil) {
        const QList<timers::TimerBoard::Due> due = m_board.takeDue(now);
        for (const timers::TimerBoard::Due &next : due)
            call(next, now);
    }
    armRing();
}

void TimerWorker::call(const timers::TimerBoard::Due &due, qint64 now)
{
    using Call = timers::TimerBoard::Call;
    const bool runs = timers::stateAt(due.timer, now) == timers::State::Running;
    const bool stale = timers::ringKind(due.at, now) != timers::RingKind::OnTime ||
                       due.at <= m_heritage.toldUntil || m_heritage.mode == supervision::Mode::Safe;
    switch (due.call) {
    case Call::Begin:
        Q_EMIT timerChanged(due.timer);
        return;
    case Call::Cue:
        if (runs && !stale)
            Q_EMIT timerCued(due.timer, due.cue);
        return;
    case Call::Check:
        if (runs && due.at > m_heritage.toldUntil)
            Q_EMIT timerChecked(due.timer);
        return;
    case Call::End:
        ring(due.timer, now);
        return;
    }
    Q_UNREACHABLE();
}

/// A ring that is in the ledger goes on; a new one goes there first.
void TimerWorker::ring(const timers::Timer &timer, qint64 now)
{
    if (m_sounded.contains(timer.ringKey) || m_noted.contains(timer.ringKey))
        return;
    const auto known = m_ledger.constFind(timer.ringKey);
    if (known != m_ledger.cend()) {
        m_sounded.insert(timer.ringKey);
        Q_EMIT timerRang(timer, known->kind);
        return;
    }
    supervision::faults::point("timers", QStringLiteral("ring"));
    if (supervision::Fence::isDownHere())
        return;
    const timers::Ring fresh{timer.ringKey, timer.id, timers::ringKind(timer.endAt, now), now};
    m_noted.insert(fresh.key, fresh);
    m_log.noteRing(fresh);
    if (!m_ledgerAlarm->isSet())
        m_ledgerAlarm->set(LedgerMs);
}

/// The ring is in the ledger, or cannot wait for it: sounds, unless it was silenced meanwhile.
void TimerWorker::sound(const OpId &ringKey)
{
    const auto noted = m_noted.constFind(ringKey);
    if (noted == m_noted.cend())
        return;
    const timers::Ring ring = *noted;
    m_noted.erase(noted);
    m_ledger.insert(ringKey, ring);
    const timers::Timer *timer = m_board.find(ring.timer);
    if (!timer || timer->ringKey != ringKey || timer->phase != timers::Phase::Running) {
        m_board.giveBack(ring.timer, ringKey); // what silenced it may be overruled yet
        return;
    }
    m_sounded.insert(ringKey);
    Q_EMIT timerRang(*timer, ring.kind);
}

void TimerWorker::soundOverdue()
{
    const QList<OpId> keys = m_noted.keys();
    for (const OpId &key : keys)
        sound(key);
}

void TimerWorker::armRing()
{
    const auto next = m_board.nextDue();
    if (!next) {
        m_ringAlarm->stop();
        return;
    }
    const qint64 wait = std::max(*next, m_quietUntil) - m_clock.now();
    m_ringAlarm->set(std::clamp<qint64>(wait, 0, LongestNapMs));
}

} // namespace simmer::timerserver
