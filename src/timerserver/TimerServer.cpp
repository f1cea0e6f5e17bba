// SPDX-License-Identifier: GPL-3.0-or-later
#include "timerserver/TimerServer.h"

#include "timers/Fold.h"
#include "timers/Lives.h"
#include "timerserver/TimerWorker.h"

namespace simmer::timerserver {

namespace {

constexpr int MostTries = 2; // a press that takes two workers with it is not given to a third

} // namespace

struct TimerServer::Asked {
    Wish wish;
    int tries = 1;
};

TimerServer::TimerServer(const Clock &clock, storage::DeviceLog &log, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_log(log)
    , m_kitchen(clock)
{
    m_thread = std::make_unique<supervision::SupervisedThread>(
        clock, QStringLiteral("timers"),
        [this](supervision::Mode mode) { return makeWorker(mode); });
    m_thread->cutFrom(&log);
    connect(&log, &storage::DeviceLog::earlierRead, this, &TimerServer::takeEarlier);
}

TimerServer::~TimerServer() = default;

std::unique_ptr<QObject> TimerServer::makeWorker(supervision::Mode mode)
{
    Heritage heritage{mode, m_hadWorker, m_lastTick, {}};
    for (const Asked &asked : std::as_const(m_asked))
        heritage.asked.insert(asked.wish.op);
    m_takesOver = heritage.isHeir && m_loaded;
    auto worker = std::make_unique<TimerWorker>(m_clock, m_log, std::move(heritage));
    m_worker = worker.get();
    m_hadWorker = true;
    listenTo(*worker);
    handOver();
    return worker;
}

void TimerServer::listenTo(TimerWorker &worker)
{
    connect(&worker, &TimerWorker::loaded, this, &TimerServer::take);
    connect(&worker, &TimerWorker::ticked, this, [this](qint64 nowMs) {
        if (nowMs == m_lastTick) // by the worker before
            return;
        m_lastTick = nowMs;
        Q_EMIT ticked(nowMs);
    });
    connect(&worker, &TimerWorker::timerChanged, this, [this](const timers::Timer &timer) {
        m_timers.insert(timer.id, timer);
        Q_EMIT timerChanged(timer);
    });
    connect(&worker, &TimerWorker::timerGone, this, [this](const TimerId &timer) {
        if (m_timers.remove(timer) > 0)
            Q_EMIT timerGone(timer);
    });
    connect(&worker, &TimerWorker::steered, this,
            [this](qint64 offsetMs) { m_kitchen.steer(offsetMs); });
    connect(&worker, &TimerWorker::timerTouched, this, &TimerServer::timerTouched);
    connect(&worker, &TimerWorker::timerCued, this, &TimerServer::timerCued);
    connect(&worker, &TimerWorker::timerChecked, this, &TimerServer::timerChecked);
    connect(&worker, &TimerWorker::timerRang, this,
            [this](const timers::Timer &timer, timers::RingKind kind) {
                if (m_rang.contains(timer.ringKey)) // by the worker before
                    return;
                m_rang.insert(timer.ringKey);
                Q_EMIT timerRang(timer, kind);
            });
    connect(&worker, &TimerWorker::ringWithdrawn, this,
            [this](const OpId &ringKey) { m_rang.remove(ringKey); });
    connect(&worker, &TimerWorker::pressKept, this, [this](const OpId &op) {
        answered(op);
        Q_EMIT pressKept(op);
    });
    connect(&worker, &TimerWorker::pressFailed, this, [this](const OpId &op, const Error &error) {
        answered(op);
        Q_EMIT pressFailed(op, error);
    });
}

void TimerServer::take(const QList<timers::Timer> &timers, qint64 offsetMs)
{
    if (std::exchange(m_takesOver, false))
        return takeAgain(timers, offsetMs);
    m_kitchen.set(offsetMs);
    for (const timers::Timer &timer : timers)
        m_timers.insert(timer.id, timer);
    m_loaded = true;
    Q_EMIT loaded();
}

void TimerServer::readEarlier(int most)
{
    m_log.readEarlier(m_earlier ? *m_earlier : storage::EarlierPlace(), most);
}

/// So few are folded in passing. A part of a life tells nothing.
void TimerServer::takeEarlier(const storage::EarlierOps &earlier)
{
    if (earlier.next)
        m_earlier = std::make_unique<storage::EarlierPlace>(*earlier.next);
    QHash<TimerId, QList<timers::StampedOp>> byTimer;
    for (const timers::StampedOp &op : earlier.ops)
        if (const auto timer = timers::timerOf(op.op); timer && !m_timers.contains(*timer))
            byTimer[*timer] += op;
    QList<EndedTimer> ended;
    for (auto it = byTimer.cbegin(); it != byTimer.cend(); ++it) {
        QList<timers::StampedOp> inOrder;
        timers::putInOrder(inOrder, *it);
        const auto timer = timers::fold(it.key(), inOrder);
        const auto deed = timers::lastDeed(it.key(), inOrder);
        if (timer && deed && timers::isOver(*timer))
            ended += {*timer, deed->cook, deed->device};
    }
    Q_EMIT earlierRead(ended, earlier.next.has_value());
}

/// What changed between two workers.
void TimerServer::takeAgain(const QList<timers::Timer> &timers, qint64 offsetMs)
{
    m_kitchen.steer(offsetMs);
    QHash<TimerId, timers::Timer> before = std::exchange(m_timers, {});
    for (const timers::Timer &timer : timers)
        m_timers.insert(timer.id, timer);
    for (const timers::Timer &timer : timers) {
        const auto known = before.constFind(timer.id);
        const bool same = known != before.cend() && *known == timer;
        before.remove(timer.id);
        if (!same)
            Q_EMIT timerChanged(timer);
    }
    for (const timers::Timer &gone : std::as_const(before))
        Q_EMIT timerGone(gone.id);
}

void TimerServer::wish(const TimerId &timer, const timers::Action &action, const OpId &asOp)
{
    m_asked += Asked{{asOp, timer, action}};
    hand(m_asked.constLast().wish);
}

void TimerServer::hand(const Wish &wish)
{
    QMetaObject::invokeMethod(
        m_worker.data(), [worker = m_worker.data(), wish] { worker->wish(wish); },
        Qt::QueuedConnection);
}

/// What the worker before was asked and did not answer, in its order.
void TimerServer::handOver()
{
    const QList<Asked> unanswered = std::exchange(m_asked, {});
    for (Asked asked : unanswered) {
        if (++asked.tries > MostTries) {
            Q_EMIT pressFailed(
                asked.wish.op,
                {ErrorCode::Crashed, QStringLiteral("the timers stumble over this press"), {}});
            continue;
        }
        m_asked += asked;
        hand(asked.wish);
    }
}

void TimerServer::answered(const OpId &op)
{
    m_asked.removeIf([&](const Asked &asked) { return asked.wish.op == op; });
}

TimerId TimerServer::start(const Press &press, const OpId &asOp)
{
    const TimerId timer = press.place ? timers::timerAt(*press.place) : TimerId(asOp.uuid());
    wish(timer,
         timers::Start{press.name, press.shortestMs, press.longestMs, press.place, press.cues,
                       press.then},
         asOp);
    return timer;
}

void TimerServer::pause(const TimerId &timer, const OpId &asOp)
{
    wish(timer, timers::Pause{}, asOp);
}

void TimerServer::resume(const TimerId &timer, const OpId &asOp)
{
    wish(timer, timers::Resume{}, asOp);
}

void TimerServer::add(const TimerId &timer, qint64 deltaMs, const OpId &asOp)
{
    wish(timer, timers::Add{deltaMs}, asOp);
}

void TimerServer::cancel(const TimerId &timer, const OpId &asOp)
{
    wish(timer, timers::Cancel{}, asOp);
}

void TimerServer::acknowledge(const TimerId &timer, const OpId &asOp)
{
    wish(timer, timers::Acknowledge{}, asOp);
}

void TimerServer::snooze(const TimerId &timer, qint64 ms, const OpId &asOp)
{
    wish(timer, timers::Snooze{{}, ms}, asOp);
}

void TimerServer::rename(const TimerId &timer, const QString &name, const OpId &asOp)
{
    wish(timer, timers::Rename{name}, asOp);
}

void TimerServer::setCues(const TimerId &timer, const QList<timers::Cue> &cues, const OpId &asOp)
{
    wish(timer, timers::SetCues{cues}, asOp);
}

void TimerServer::settle()
{
    QMetaObject::invokeMethod(m_worker.data(), &TimerWorker::settle, Qt::QueuedConnection);
}

} // namespace simmer::timerserver
