// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "supervision/Mode.h"
#include "supervision/RestartIntensity.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <optional>

namespace simmer::supervision {

struct SupervisorLimits {
    RestartIntensity::Limit restarts = {};
    qint64 quietMs = 600'000; ///< without a crash: safe mode ends
};

/// Starts workers and, when they crash, starts them anew one for one: at once while the intensity
/// allows, then once by the level above, then in safe mode; siblings are never touched. It has no
/// thread and no alarm: whoever runs the workers calls crashed(), and tend() when nextTend() has
/// come. Lives in one thread; its signals are emitted there.
class Supervisor : public QObject
{
    Q_OBJECT

public:
    using Limits = SupervisorLimits;
    /// Makes the worker, in the place of the one that is there. May throw: that is a crash again.
    using Start = std::function<void(Mode)>;
    /// One level up: restarts more than this child. False when it cannot help.
    using Escalate = std::function<bool(const QString &key, const QString &why)>;

    /// What is remembered of a child, times since boot: enough for another Supervisor to go on.
    struct Record {
        RestartIntensity crashes;
        qint64 crashedAt = 0;
        Mode mode = Mode::Normal;
        bool escalated = false;
        bool resting = false;
    };

    /// `clock` must outlive it.
    explicit Supervisor(const Clock &clock, Limits limits = {}, Escalate escalate = {});

    /// Starts a child. False, and nothing is started, when the key has one already.
    [[nodiscard]] bool add(const QString &key, Start start);
    /// A child of another Supervisor, which is no more; nothing is known of one that never crashed.
    /// It is started by wake(), a crash or tend(). False as for add().
    [[nodiscard]] bool resume(const QString &key, Start start, const std::optional<Record> &record);
    /// Starts a child that is not running although it is well: its owner had stopped it.
    void wake(const QString &key);
    /// It is stopped, by whoever runs it: it is not started again.
    void remove(const QString &key);
    /// The key's worker is no more; of a child that was removed it means nothing.
    void crashed(const QString &key, const QString &why);
    /// By hand, before the quiet time is over.
    void leaveSafeMode(const QString &key);
    /// Ends the safe modes that were quiet, and starts again what rests.
    void tend();
    /// When tend() has something to do, in time since boot.
    std::optional<qint64> nextTend() const;

    /// Nothing when there is no such child.
    std::optional<Mode> modeOf(const QString &key) const;
    std::optional<Record> recordOf(const QString &key) const;
    qsizetype size() const { return m_children.size(); }

Q_SIGNALS:
    void restarted(const QString &key, const QString &why);
    void wentSafe(const QString &key, const QString &why);
    void leftSafe(const QString &key);
    /// It crashes in safe mode too: it is started again when some time has passed.
    void rests(const QString &key, const QString &why);

private:
    struct Child : Record {
        Start start;
    };

    std::optional<Mode> next(const QString &key, const QString &why);
    std::optional<Mode> goSafe(const QString &key, const QString &why);
    std::optional<QString> begin(const QString &key, Mode mode);
    void keepAlive(const QString &key, QString why);
    void tend(const QString &key);
    qint64 dueAt(const Child &child) const;

    const Clock &m_clock;
    const Limits m_limits;
    const Escalate m_escalate;
    QHash<QString, Child> m_children;
    QSet<QString> m_tended; ///< those that tend() looks at: few
};

} // namespace simmer::supervision
