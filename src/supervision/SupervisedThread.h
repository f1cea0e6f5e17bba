// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"
#include "supervision/Fence.h"
#include "supervision/Patience.h"
#include "supervision/Supervisor.h"

#include <memory>

namespace simmer::supervision {

/// One worker in a thread of its own, replaced when it throws or hangs. A thread cannot be killed:
/// one that hangs is abandoned with its worker, which is cut off from everybody. The program's
/// application must be Guarded. Lives in its owner's thread, which must have an event loop; made
/// there, and there its signals are emitted.
class SupervisedThread : public QObject
{
    Q_OBJECT

public:
    struct Limits {
        Patience::Limits life = {};
        Supervisor::Limits crashes = {};
    };
    /// Makes the worker and connects it; runs in the owner's thread, and at each restart again.
    /// What it throws counts as a crash of the worker.
    using Factory = std::function<std::unique_ptr<QObject>(Mode)>;

    /// Starts the worker. `clock` must outlive it; `name` is the thread's.
    SupervisedThread(const Clock &clock, const QString &name, Factory make, Limits limits,
                     Supervisor::Escalate escalate = {});
    /// The same with the limits of DESIGN section 8.
    SupervisedThread(const Clock &clock, const QString &name, Factory make);
    /// Lets the worker finish what was asked of it, as long as it does not hang.
    ~SupervisedThread() override;

    /// Also cut off when a worker is abandoned: `source` emits signals that workers listen to.
    void cutFrom(const QObject *source) { m_sources += source; }
    Mode mode() const { return m_supervisor.modeOf(m_name).value_or(Mode::Normal); }
    void leaveSafeMode() { m_supervisor.leaveSafeMode(m_name); }
    /// Whether a thread is still out there that cannot be ended: nothing that its worker knows of
    /// may be destroyed.
    bool isHaunted() const;

Q_SIGNALS:
    void restarted(const QString &name, const QString &why);
    void wentSafe(const QString &name, const QString &why);
    void leftSafe(const QString &name);
    void hung(const QString &name);

private:
    /// A thread that could not be ended; its worker, unless that is being destroyed by it.
    struct Abandoned {
        QThread *thread;
        QObject *worker;
        QObject *ear;
    };

    void begin(Mode mode);
    void end();
    void abandon();
    void crashed(qint64 generation, const QString &why);
    void look();
    void ask();

    const QString m_name;
    const Factory m_make;
    const Clock &m_clock;
    const Limits m_limits;
    Supervisor m_supervisor;
    QList<const QObject *> m_sources;
    QList<Abandoned> m_abandoned; ///< leaked, unless they came to an end after all
    qint64 m_generation = 0;      ///< counts the workers; what follows belongs to the present one
    std::shared_ptr<Fence> m_fence;
    QObject *m_worker = nullptr;    ///< owned by m_thread
    std::unique_ptr<QObject> m_ear; ///< hears in the thread; destroyed after it ended
    OwnedThread m_thread;           ///< null while it rests
    std::shared_ptr<std::atomic<qint64>> m_answered; ///< the newest beat, or Leaving
    qint64 m_asked = 0;
    Patience m_patience;
    Alarm *m_beat;
};

} // namespace simmer::supervision
