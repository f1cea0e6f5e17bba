// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "timerserver/TimerServer.h"

#include <QHash>
#include <QObject>
#include <QSet>

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

    bool isLoaded() const { return m_server.isLoaded(); }
    /// Kitchen time that the window shows, ms.
    qint64 now() const { return m_server.lastTick(); }
    /// The moment at which this timer is shown: that of the window, but never before its own last
    /// change or its ring, which do not wait for a tick.
    qint64 momentOf(const timers::Timer &timer) const;
    TimerFace faceOf(const timers::Timer &timer) const;
    bool isLate(const TimerId &timer) const { return m_late.contains(timer); }
    bool isPending(const TimerId &timer) const;
    std::optional<timers::Timer> find(const TimerId &timer) const;
    /// What stands on the Pass, in its order.
    QList<timers::Timer> onPass() const;
    /// What rings now, late ones included, longest first.
    QList<timers::Timer> ringing() const;

    void start(const timerserver::Press &press);
    void pause(const TimerId &timer);
    void resume(const TimerId &timer);
    void add(const TimerId &timer, qint64 deltaMs);
    /// Acknowledges what rings, cancels what runs or waits.
    void stop(const TimerId &timer);
    void acknowledgeAll();
    /// The obvious next thing: pauses what runs, resumes what waits, stops what rings.
    void toggle(const TimerId &timer);
    /// Starts again what stop() ended within the last seconds, with what was left of it then.
    void undoStop(const timers::Timer &asItWas);

Q_SIGNALS:
    void loaded();
    void ticked(qint64 nowMs);
    /// The timer, or whether a press on it waits, or whether it is late, is not as before.
    void changed(const simmer::TimerId &timer);
    void checked(const simmer::timers::Timer &timer);
    /// A timer that had run or waited was stopped here; it can be undone.
    void stopped(const simmer::timers::Timer &asItWas);
    void failed(const simmer::Error &error);

private:
    OpId pending(const TimerId &timer);
    void answered(const OpId &op);
    void timerChanged(const timers::Timer &timer);
    void timerRang(const timers::Timer &timer, timers::RingKind kind);

    timerserver::TimerServer &m_server;
    QHash<OpId, TimerId> m_underWay;
    QHash<TimerId, OpId> m_rang; ///< by ring key: it rang, whatever the last tick said
    QSet<TimerId> m_late;
};

} // namespace simmer::ui
