// SPDX-License-Identifier: GPL-3.0-or-later
#include "timerserver/TimerWorker.h"

#include <algorithm>

namespace simmer::timerserver {

namespace {

constexpr qint64 SecondMs = 1000;
// A ring is looked for at least this often: QTimer holds at most 24 days, and its clock stands
// still in suspend.
constexpr qint64 LongestNapMs = 60'000;

Error senseless(const QString &what)
{
    return {ErrorCode::BadArgument, what, {}};
}

/// Whether an action makes sense for the timer as it is; the fold would ignore what does not.
Outcome sensible(const timers::Action &action, const timers::Timer &timer, qint64 now)
{
    using timers::State;
    const State state = timers::stateAt(timer, now);
    const bool over = state == State::Done || state == State::Cancelled;
    if (std::holds_alternative<timers::Start>(action))
        return done();
    if (over)
        return senseless(QStringLiteral("“%1” has ended").arg(timer.name));
    if (std::holds_alternative<timers::Pause>(action) && state != State::Running)
        return senseless(QStringLiteral("“%1” is not running").arg(timer.name));
    if (std::holds_alternative<timers::Resume>(action) && state != State::Paused)
        return senseless(QStringLiteral("“%1” is not paused").arg(timer.name));
    if (std::holds_alternative<timers::Acknowledge>(action) && state != State::Ringing)
        return senseless(QStringLiteral("“%1” does not ring").arg(timer.name));
    return done();
}

Outcome sensibleLength(const timers::Action &action)
{
    if (const auto *start = std::get_if<timers::Start>(&action)) {
        if (start->totalMs <= 0 || start->checkMs <= 0)
            return senseless(QStringLiteral("a timer needs a length above zero"));
        if (start->totalMs > timers::LongestTimerMs || start->checkMs > start->totalMs)
            return senseless(QStringLiteral("a timer runs for 400 days at most"));
    }
    if (const auto *add = std::get_if<timers::Add>(&action))
        if (add->deltaMs == 0 || std::abs(add->deltaMs) > timers::LongestTimerMs)
            return senseless(QStringLiteral("add between a second and 400 days"));
    return done();
}

} // namespace

TimerWorker::TimerWorker(const Clock &clock, storage::DeviceLog &log)
    : m_clock(clock)
    , m_log(log)
    , m_tickTimer(this)
    , m_ringTimer(this)
{
    for (QTimer *timer : {&m_tickTimer, &m_ringTimer}) {
        timer->setTimerType(Qt::PreciseTimer);
        timer->setSingleShot(true);
    }
    connect(&m_tickTimer, &QTimer::timeout, this, &TimerWorker::tick);
    connect(&m_ringTimer, &QTimer::timeout, this, &TimerWorker::ringDue);
    connect(&log, &storage::DeviceLog::loaded, this, &TimerWorker::load);
    connect(&log, &storage::DeviceLog::appended, this, &TimerWorker::kept);
    connect(&log, &storage::DeviceLog::appendFailed, this, &TimerWorker::failed);
    connect(&log, &storage::DeviceLog::merged, this, &TimerWorker::merged);
}

void TimerWorker::load(const storage::LoadedLog &log)
{
    m_clock.set(log.offsetMs);
    m_board.put(log.ops);
    m_loaded = true;
    m_quietUntil = log.membership ? m_clock.now() + PatienceMs : 0;
    Q_EMIT loaded(m_board.timers(), log.offsetMs);
    tick();
    ringDue();
    const QQueue<Wish> early = std::exchange(m_waiting, {});
    for (const Wish &next : early)
        wish(next);
}

void TimerWorker::wish(const Wish &wish)
{
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
}

Expected<storage::Draft> TimerWorker::draft(const Wish &wish) const
{
    const qint64 now = m_clock.now();
    const timers::Timer *timer = m_board.find(wish.timer);
    if (!timer && !std::holds_alternative<timers::Start>(wish.action))
        return Error{ErrorCode::NotFound, QStringLiteral("there is no such timer"), {}};
    if (const Outcome length = sensibleLength(wish.action); !length)
        return length.error();
    if (timer)
        if (const Outcome sense = sensible(wish.action, *timer, now); !sense)
            return sense.error();
    storage::Draft draft{wish.op, wish.timer.uuid(), wish.action, now, {}};
    if (timer)
        draft.seen = timer->heads;
    if (auto *ack = std::get_if<timers::Acknowledge>(&draft.action))
        ack->ring = timer->ringKey;
    return draft;
}

void TimerWorker::kept(const timers::StampedOp &stamped)
{
    if (const auto changed = m_board.put(stamped))
        announce({*changed});
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

void TimerWorker::announce(const QList<timers::Timer> &timers)
{
    for (const timers::Timer &timer : timers)
        Q_EMIT timerChanged(timer);
    if (!timers.isEmpty())
        ringDue();
}

void TimerWorker::steer(qint64 offsetMs)
{
    m_clock.steer(offsetMs);
    if (!m_loaded)
        return;
    armTick();
    ringDue();
}

void TimerWorker::settle()
{
    m_quietUntil = 0;
    if (m_loaded)
        ringDue();
}

/// Announces the whole second that has come; a late wake-up (a busy machine, suspend) announces
/// only the newest, and one before its time none.
void TimerWorker::tick()
{
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
    m_tickTimer.start(int(SecondMs - m_clock.now() % SecondMs));
}

void TimerWorker::ringDue()
{
    const qint64 now = m_clock.now();
    if (now >= m_quietUntil) {
        const QList<timers::TimerBoard::Due> due = m_board.takeDue(now);
        for (const timers::TimerBoard::Due &call : due) {
            if (call.call == timers::TimerBoard::Call::End)
                Q_EMIT timerRang(call.timer);
            else if (timers::stateAt(call.timer, now) == timers::State::Running)
                Q_EMIT timerChecked(call.timer);
        }
    }
    armRing();
}

void TimerWorker::armRing()
{
    const auto next = m_board.nextDue();
    if (!next) {
        m_ringTimer.stop();
        return;
    }
    const qint64 wait = std::max(*next, m_quietUntil) - m_clock.now();
    m_ringTimer.start(int(std::clamp<qint64>(wait, 0, LongestNapMs)));
}

} // namespace simmer::timerserver
