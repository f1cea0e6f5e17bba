// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QTimer>

namespace simmer::ui {

/// Keeps the computer from falling asleep while a timer runs that will ring within half a day, or
/// rings (logind's inhibitor, decisions/0025). Who closes the lid still puts it to sleep. GUI
/// thread; never blocks.
class AwakeLock : public QObject
{
    Q_OBJECT

public:
    /// A timer that ends later than this holds nothing awake, ms.
    static constexpr qint64 HorizonMs = 12 * 3600 * 1000LL;

    /// On the system's bus, or the one of that address.
    explicit AwakeLock(LiveTimers &timers, const QString &bus = {}, QObject *parent = nullptr);
    ~AwakeLock() override;

    /// Whether the person wants it; on at first.
    void setAllowed(bool allowed);
    bool isHeld() const { return m_lock.isValid(); }

Q_SIGNALS:
    void heldChanged(bool held);
    /// The system would not: the computer may sleep while timers run. Told once.
    void refused();

private:
    void review();
    bool isWanted() const;
    void ask();
    void answered(const QDBusUnixFileDescriptor &lock);
    void release();

    LiveTimers &m_timers;
    const QString m_name;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    bool m_allowed = true;
    bool m_asked = false;   ///< an answer is on its way
    bool m_refused = false; ///< not asked again before logind starts anew
    QTimer m_again;         ///< a far timer comes near also while no window is seen
    QDBusUnixFileDescriptor m_lock;
};

} // namespace simmer::ui
