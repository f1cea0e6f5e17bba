// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "timerserver/TimerServer.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QWidget>

namespace simmer::ui {

/// What the window knows of timers: those of the TimerServer at the moment that is shown, which of
/// them are late, and which presses wait to be durable. All presses of the window go through here.
/// GUI thread; owned by the window.
class LiveTimers : public QObject
{
    Q_OBJECT

public:
    /// `server` must outlive it.
    explicit LiveTimers(timerserver::TimerServer &server, QObject *parent = nullptr);

    /// A window that shows counts. While none of these is in sight nobody is told to count; who
    /// comes back in sight is. Without any, all seconds count.
    void countFor(QWidget &window);
    bool isLoaded() const { return m_server.isLoaded(); }
    /// Kitchen time that the window shows, ms.
    qint64 now() const { return m_server.lastTick(); }
    /// The moment at which this timer is shown: that of the window, but never before its own last
    /// change or its ring, which do not wait for a tick.
    qint64 momentOf(const timers::Timer &timer) const;
    TimerFace faceOf(const timers::Timer &timer) const;
    bool isLate(const TimerId &timer) const { return m_late.contains(timer); }
    bool isPending(const TimerId &timer) const;
    /// Whose op changed the timer last, as far as it was told since the start.
    struct Hand {
        QString cook;
        DeviceId device;
    };
    Hand lastHandOn(const TimerId &timer) const { return m_hands.value(timer); }
    /// Whether the newest thing that was done to it was done in this window.
    bool wasLastPressedHere(const timers::Timer &timer) const;
    std::optional<timers::Timer> find(const TimerId &timer) const;
    /// All that are known, ended ones included, in no order.
    QList<timers::Timer> all() const { return m_server.timers().values(); }
    /// Those that ended, the newest first; older than a day once readEarlier() was answered.
    QList<timers::Timer> ended() const;
    /// Brings what ended before, as far as this device's log has it, the newest hundred:
    /// earlierCame(). Once.
    void readEarlier();
    /// Brings what ended before that: earlierCame(). Nothing while it is under way.
    void readMoreEarlier();
    /// Whether there may be more.
    bool hasMoreEarlier() const { return m_hasMore && !m_reads; }
    /// What stands on the Pass, in its order.
    QList<timers::Timer> onPass() const;
    /// What rings now, late ones included, longest first.
    QList<timers::Timer> ringing() const;

    TimerId start(const timerserver::Press &press);
    void pause(const TimerId &timer);
    void resume(const TimerId &timer);
    void add(const TimerId &timer, qint64 deltaMs);
    /// Acknowledges what rings, cancels what runs or waits.
    void stop(const TimerId &timer);
    void rename(const TimerId &timer, const QString &name);
    void setCues(const TimerId &timer, const QList<timers::Cue> &cues);
    void acknowledgeAll();
    /// The obvious next thing: pauses what runs, resumes what waits, stops what rings.
    void toggle(const TimerId &timer);
    /// Starts what ended again, from its beginning.
    TimerId startAgain(const timers::Timer &ended);
    /// Lets another begin when this one, which runs, ends. It goes on under a new run, with what is
    /// left of it.
    void chain(const TimerId &timer, const timers::Stage &next);
    /// Starts again what stop() ended within the last seconds, with what was left of it then.
    void undoStop(const timers::Timer &asItWas);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void loaded();
    /// Each second of kitchen time.
    void ticked(qint64 nowMs);
    void earlierCame();
    /// The same for whoever shows counts: only while a window is in sight.
    void counted(qint64 nowMs);
    /// The timer, or whether a press on it waits, or whether it is late, is not as before.
    void changed(const simmer::TimerId &timer);
    void checked(const simmer::timers::Timer &timer);
    void cued(const simmer::timers::Timer &timer, const simmer::timers::Cue &cue);
    /// A timer that had run or waited was stopped here; it can be undone.
    void stopped(const simmer::timers::Timer &asItWas);
    void failed(const simmer::Error &error);

private:
    bool isSeen() const;
    void takeEarlier(const QList<timerserver::EndedTimer> &timers, bool more);
    void count(qint64 nowMs);
    OpId pending(const TimerId &timer);
    void answered(const OpId &op);
    void timerChanged(const timers::Timer &timer);
    void timerRang(const timers::Timer &timer, timers::RingKind kind);

    timerserver::TimerServer &m_server;
    QHash<OpId, TimerId> m_underWay;
    QHash<TimerId, Hand> m_hands;
    QHash<TimerId, OpId> m_pressed; ///< the last press of this window on each
    QHash<TimerId, OpId> m_rang;    ///< by ring key: it rang, whatever the last tick said
    QSet<TimerId> m_late;
    std::optional<QHash<TimerId, timers::Timer>> m_earlier; ///< absent until somebody asked
    QList<QPointer<QWidget>> m_windows;                     ///< that show counts
    bool m_reads = false;                                   ///< of earlier days
    bool m_hasMore = false;                                 ///< of them
    bool m_missed = false;                                  ///< a second was not counted
};

} // namespace simmer::ui
