// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "storage/DeviceLog.h"
#include "timers/KitchenClock.h"
#include "timers/TimerBoard.h"

#include <QObject>
#include <QQueue>
#include <QSet>
#include <QTimer>

namespace simmer::timerserver {

/// What somebody wants done to a timer, before it is an op.
struct Wish {
    OpId op;
    TimerId timer;
    timers::Action action; ///< an Acknowledge without ring means "the ring of now"
};

/// The inside of the TimerServer: all timers, the tick and the rings. Lives in the timer thread;
/// its slots are called through queued connections only.
class TimerWorker : public QObject
{
    Q_OBJECT

public:
    /// How long rings that fell due while the program was closed wait for the server's word
    /// on whether they were silenced elsewhere, ms.
    static constexpr qint64 PatienceMs = 3000;

    TimerWorker(const Clock &clock, storage::DeviceLog &log);

    void load(const storage::LoadedLog &log);
    void wish(const Wish &wish);
    void steer(qint64 offsetMs);
    /// The log is level with the server's: what is overdue now is really unanswered.
    void settle();
    /// What the tick timer does at each second; nothing when its second was announced already.
    void tick();

Q_SIGNALS:
    void loaded(const QList<simmer::timers::Timer> &timers, qint64 offsetMs);
    void ticked(qint64 nowMs);
    void timerChanged(const simmer::timers::Timer &timer);
    void timerChecked(const simmer::timers::Timer &timer);
    void timerRang(const simmer::timers::Timer &timer);
    void pressKept(const simmer::OpId &op);
    void pressFailed(const simmer::OpId &op, const simmer::Error &error);

private:
    void kept(const timers::StampedOp &stamped);
    void failed(const OpId &op, const Error &error);
    void merged(const QList<timers::StampedOp> &ops);
    Expected<storage::Draft> draft(const Wish &wish) const;
    void answered(const OpId &op);
    void announce(const QList<timers::Timer> &timers);
    void armTick();
    void ringDue();
    void armRing();

    timers::KitchenClock m_clock;
    storage::DeviceLog &m_log;
    timers::TimerBoard m_board;
    bool m_loaded = false;
    qint64 m_quietUntil = 0; ///< kitchen ms; no ring before
    qint64 m_lastTick = 0;
    QQueue<Wish> m_waiting;          ///< wishes for timers with a press under way
    QHash<OpId, TimerId> m_underWay; ///< presses that are not durable yet
    QSet<OpId> m_kept;               ///< presses of this run: asked again, they are done
    QTimer m_tickTimer;
    QTimer m_ringTimer;
};

} // namespace simmer::timerserver
