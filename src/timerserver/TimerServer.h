// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "supervision/SupervisedThread.h"
#include "timers/KitchenClock.h"
#include "timers/Timer.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>

namespace simmer::storage {
class DeviceLog;
struct EarlierOps;
struct EarlierPlace;
} // namespace simmer::storage

namespace simmer::timerserver {

class TimerWorker;
struct Wish;

/// What a cook asks for when a time is tapped or a quick timer is typed. Lengths in ms; a plain
/// duration has both equal. Without a place it becomes a free timer.
struct Press {
    QString name;
    qint64 shortestMs = 0;
    qint64 longestMs = 0;
    std::optional<timers::Place> place;
    QList<timers::Cue> cues = {};
    QList<timers::Stage> then = {}; ///< what begins by itself at the end, one after the other
};

/// A timer that is over, and who did the last thing to it.
struct EndedTimer {
    timers::Timer timer;
    QString cook;
    DeviceId device;

    bool operator==(const EndedTimer &) const = default;
};

/// The face of the background timer thread. Lives in its owner's thread (the GUI); its commands
/// never block, its signals arrive there. A press shows only when it is durable: timerChanged()
/// follows, or pressFailed(). Countdowns are never sent: a view computes its number from the
/// timer and the last ticked() by timers::shownAt(). A worker that throws or hangs is replaced by
/// one that reads the log anew: presses without an answer are handed to it, rings go on.
class TimerServer : public QObject
{
    Q_OBJECT

public:
    /// `clock` and `log` must outlive it; the log is opened after this is made.
    TimerServer(const Clock &clock, storage::DeviceLog &log, QObject *parent = nullptr);
    ~TimerServer() override;

    /// All timers, ended ones included, as last announced.
    const QHash<TimerId, timers::Timer> &timers() const { return m_timers; }
    /// Kitchen time of the last tick, ms since 1970; 0 before the first.
    qint64 lastTick() const { return m_lastTick; }
    bool isLoaded() const { return m_loaded; }
    /// Kitchen time at this moment, ms since 1970.
    qint64 now() const { return m_kitchen.now(); }

    /// Starts the timer of that place, or a free one; returns its id at once. `asOp`, here and
    /// below, names the op that the press becomes: asked twice with one id, it is done once.
    TimerId start(const Press &press, const OpId &asOp = OpId::random());
    void pause(const TimerId &timer, const OpId &asOp = OpId::random());
    void resume(const TimerId &timer, const OpId &asOp = OpId::random());
    void add(const TimerId &timer, qint64 deltaMs, const OpId &asOp = OpId::random());
    void cancel(const TimerId &timer, const OpId &asOp = OpId::random());
    /// Silences the ring that the timer makes now, on every device.
    void acknowledge(const TimerId &timer, const OpId &asOp = OpId::random());
    /// Silences that ring and rings again `ms` later.
    void snooze(const TimerId &timer, qint64 ms, const OpId &asOp = OpId::random());
    void rename(const TimerId &timer, const QString &name, const OpId &asOp = OpId::random());
    void setCues(const TimerId &timer, const QList<timers::Cue> &cues,
                 const OpId &asOp = OpId::random());
    /// Reads those that ended more than a day ago and are not among timers(), also what is in the
    /// kitchen's history, as far as this device ever had them: the newest so many, then those
    /// before. earlierRead().
    void readEarlier(int most);
    /// The log is level with the server's: rings that fell due while away may sound.
    void settle();
    /// How the worker is kept alive.
    const supervision::SupervisedThread &thread() const { return *m_thread; }

Q_SIGNALS:
    /// The log was read: timers() is complete.
    void loaded();
    /// `more`: there are some before these.
    void earlierRead(const QList<simmer::timerserver::EndedTimer> &timers, bool more);
    /// Each whole second of kitchen time. Costs the same for one timer as for a million.
    void ticked(qint64 nowMs);
    void timerChanged(const simmer::timers::Timer &timer);
    /// Whose op it was that changed the timer last, when not very many changed at once (a log that
    /// catches up); comes before timerChanged().
    void timerTouched(const simmer::TimerId &timer, const QString &cook,
                      const simmer::DeviceId &device);
    /// It had begun at the end of another timer, which has moved: it is not there any more.
    void timerGone(const simmer::TimerId &timer);
    /// A range came to its check: a look is wanted, softly.
    void timerChecked(const simmer::timers::Timer &timer);
    /// A soft call on the way: "stir".
    void timerCued(const simmer::timers::Timer &timer, const simmer::timers::Cue &cue);
    /// The end was reached (or had been, while the program was closed). Once for each ring; once
    /// more after a crash of the program, when it still goes on.
    void timerRang(const simmer::timers::Timer &timer, simmer::timers::RingKind kind);
    /// The op `op` was durable, whether or not it changed anything.
    void pressKept(const simmer::OpId &op);
    /// Nothing changed: the press made no sense (BadArgument, NotFound) or was not stored.
    void pressFailed(const simmer::OpId &op, const simmer::Error &error);

private:
    /// A press that nobody has heard of yet.
    struct Asked;

    std::unique_ptr<QObject> makeWorker(supervision::Mode mode);
    void listenTo(TimerWorker &worker);
    void take(const QList<timers::Timer> &timers, qint64 offsetMs);
    void takeEarlier(const storage::EarlierOps &earlier);
    void takeAgain(const QList<timers::Timer> &timers, qint64 offsetMs);
    void wish(const TimerId &timer, const timers::Action &action, const OpId &asOp);
    void hand(const Wish &wish);
    void handOver();
    void answered(const OpId &op);

    const Clock &m_clock;
    storage::DeviceLog &m_log;
    timers::KitchenClock m_kitchen; ///< follows the worker's
    QHash<TimerId, timers::Timer> m_timers;
    qint64 m_lastTick = 0;
    bool m_loaded = false;
    bool m_takesOver = false; ///< a worker is reading the log for another
    QSet<OpId> m_rang;        ///< ring keys that were told
    QList<Asked> m_asked;
    std::unique_ptr<storage::EarlierPlace> m_earlier; ///< what was read of earlier days
    QPointer<TimerWorker> m_worker; ///< owned by m_thread; null while none is there
    bool m_hadWorker = false;
    std::unique_ptr<supervision::SupervisedThread> m_thread;
};

} // namespace simmer::timerserver
