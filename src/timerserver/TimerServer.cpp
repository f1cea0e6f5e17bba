// SPDX-License-Identifier: GPL-3.0-or-later
#include "timerserver/TimerServer.h"

#include "timerserver/TimerWorker.h"

namespace simmer::timerserver {

TimerServer::TimerServer(const Clock &clock, storage::DeviceLog &log, QObject *parent)
    : QObject(parent)
    , m_kitchen(clock)
    , m_worker(new TimerWorker(clock, log))
{
    connect(m_worker, &TimerWorker::loaded, this,
            [this](const QList<timers::Timer> &timers, qint64 offsetMs) {
                m_kitchen.set(offsetMs);
                for (const timers::Timer &timer : timers)
                    m_timers.insert(timer.id, timer);
                m_loaded = true;
                Q_EMIT loaded();
            });
    connect(m_worker, &TimerWorker::ticked, this, [this](qint64 nowMs) {
        m_lastTick = nowMs;
        Q_EMIT ticked(nowMs);
    });
    connect(m_worker, &TimerWorker::timerChanged, this, [this](const timers::Timer &timer) {
        m_timers.insert(timer.id, timer);
        Q_EMIT timerChanged(timer);
    });
    connect(m_worker, &TimerWorker::timerGone, this, [this](const TimerId &timer) {
        if (m_timers.remove(timer) > 0)
            Q_EMIT timerGone(timer);
    });
    connect(m_worker, &TimerWorker::steered, this,
            [this](qint64 offsetMs) { m_kitchen.steer(offsetMs); });
    connect(m_worker, &TimerWorker::timerCued, this, &TimerServer::timerCued);
    connect(m_worker, &TimerWorker::timerChecked, this, &TimerServer::timerChecked);
    connect(m_worker, &TimerWorker::timerRang, this, &TimerServer::timerRang);
    connect(m_worker, &TimerWorker::pressKept, this, &TimerServer::pressKept);
    connect(m_worker, &TimerWorker::pressFailed, this, &TimerServer::pressFailed);
    m_thread = startThread(QStringLiteral("timers"), m_worker);
}

TimerServer::~TimerServer() = default;

void TimerServer::wish(const TimerId &timer, const timers::Action &action, const OpId &asOp)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, wish = Wish{asOp, timer, action}] { worker->wish(wish); },
        Qt::QueuedConnection);
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
    QMetaObject::invokeMethod(m_worker, &TimerWorker::settle, Qt::QueuedConnection);
}

} // namespace simmer::timerserver
