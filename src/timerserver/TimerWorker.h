// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "storage/device/DeviceLog.h"
#include "supervision/Mode.h"
#include "timers/KitchenClock.h"
#include "timers/TimerBoard.h"

#include <QObject>
#include <QQueue>
#include <QSet>

namespace simmer::timerserver {

/// What somebody wants done to a timer, before it is an op.
struct Wish {
    OpId op;
    TimerId timer;
    timers::Action action; ///< an Acknowledge or Snooze without ring means "the ring of now"
};

/// What a worker knows of the one that crashed before it.
struct Heritage {
    supervision::Mode mode = supervision::Mode::Normal;
    bool isHeir = false;
    qint64 toldUntil = 0; ///< kitchen ms: cues and checks up to here were told
    QSet<OpId> asked;     ///< presses that nobody has heard of again: some may be in the log
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
    /// How long a ring waits for its line in the ledger: a slow disk must not delay an alarm.
    static constexpr qint64 LedgerMs = 250;
    /// So long after its end a timer is not read at the start any more, ms.
    static constexpr qint64 RestAfterMs = 24 * 3600 * 1000;
    /// A pause between two ticks that only suspend explains, ms.
    static constexpr qint64 SleptMs = 10'000;

    /// An heir reads the log by itself, which was loaded before it came.
    TimerWorker(const Clock &clock, storage::DeviceLog &log, Heritage heritage = {});

    void load(const storage::LoadedLog &log);
    void wish(const Wish &wish);
    /// The log is level with the server's: what is overdue now is really unanswered.
    void settle();
    /// What the tick timer does at each second; nothing when its second was announced already.
    void tick();

Q_SIGNALS:
    void loaded(const QList<simmer::timers::Timer> &timers, qint64 offsetMs);
    void ticked(qint64 nowMs);
    void timerChanged(const simmer::timers::Timer &timer);
    /// Whose op last counted, where not too many changed at once; before timerChanged().
    void timerTouched(const simmer::TimerId &timer, const QString &cook,
                      const simmer::DeviceId &device);
    void timerGone(const simmer::TimerId &timer);
    void steered(qint64 offsetMs);
    void timerCued(const simmer::timers::Timer &timer, const simmer::timers::Cue &cue);
    void timerChecked(const simmer::timers::Timer &timer);
    void timerRang(const simmer::timers::Timer &timer, simmer::timers::RingKind kind);
    /// It rang too early, by a wrong clock: it may ring again.
    void ringWithdrawn(const simmer::OpId &ringKey);
    void pressKept(const simmer::OpId &op);
    void pressFailed(const simmer::OpId &op, const simmer::Error &error);

private:
    void kept(const timers::StampedOp &stamped);
    void failed(const OpId &op, const Error &error);
    void merged(const QList<timers::StampedOp> &ops);
    Expected<storage::Draft> draft(const Wish &wish) const;
    void answered(const OpId &op);
    void offsetKept(qint64 offsetMs, const QList<timers::StampedOp> &moved);
    void announce(const timers::TimerBoard::Changes &changes);
    void tellWho(const TimerId &timer);
    void restEnded();
    void rewind(qint64 now);
    void noticeSleep();
    void call(const timers::TimerBoard::Due &due, qint64 now);
    void ring(const timers::Timer &timer, qint64 now);
    void sound(const OpId &ringKey);
    void soundOverdue();
    void armTick();
    void ringDue();
    void armRing();

    const Clock &m_machine;
    timers::KitchenClock m_clock;
    storage::DeviceLog &m_log;
    const Heritage m_heritage;
    timers::TimerBoard m_board;
    bool m_loaded = false;
    bool m_member = false;   ///< of a kitchen, whose other devices may have silenced a ring
    qint64 m_quietUntil = 0; ///< kitchen ms; no ring before
    qint64 m_awakeAt = 0;    ///< boot time at which this thread last ran
    QHash<OpId, timers::Ring> m_ledger; ///< by ring key
    QSet<OpId> m_sounded;               ///< ring keys, since this program started
    QHash<OpId, timers::Ring> m_noted;  ///< rings on their way into the ledger
    qint64 m_lastTick = 0;
    QQueue<Wish> m_waiting;          ///< wishes for timers with a press under way
    QHash<OpId, TimerId> m_underWay; ///< presses that are not durable yet
    QSet<OpId> m_kept;               ///< presses of this run: asked again, they are done
    Alarm *m_tickAlarm;
    Alarm *m_ringAlarm;
    Alarm *m_ledgerAlarm;
};

} // namespace simmer::timerserver
