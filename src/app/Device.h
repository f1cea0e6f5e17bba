// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "base/OwnedThread.h"
#include "storage/DataFolder.h"
#include "storage/device/DeviceLog.h"
#include "storage/device/StoredRecipeBook.h"
#include "storage/safety/BackupKeeper.h"
#include "syncclient/SyncClient.h"
#include "timerserver/CookingSessions.h"
#include "timerserver/TimerServer.h"

#include <QObject>

#include <memory>

namespace simmer::app {

/// One device, wired: its log, timers, recipes and link, each in its thread, and its backups.
/// Whoever holds a Device holds its profile folder alone (a lock file). Lives in the main thread;
/// its members stand in the order of their birth and end in the reverse: link, timers, cooking,
/// book, backups, log, folder.
class Device : public QObject
{
    Q_OBJECT

public:
    /// Takes the profile's folder. Errors: StoreBusy when another program holds it,
    /// FileUnreadable.
    static Expected<std::unique_ptr<Device>> take(const QString &profile);

    /// The same, but waits up to `ms` for a short command that holds the profile; for start-up.
    static Expected<std::unique_ptr<Device>> takeWaiting(const QString &profile, int ms);

    /// Opens the log; ready() or failed() follows.
    void start();

    const QString &profile() const { return m_profile; }
    /// Whether nothing was ever done here, by nobody.
    bool isNew() const { return m_new; }
    bool isMember() const { return m_member; }
    /// Who presses here from now on; empty: as the system calls them.
    void setCook(const QString &name);
    const Clock &clock() const { return m_clock; }
    storage::DeviceLog &log() { return *m_log; }
    timerserver::TimerServer &timers() { return *m_timers; }
    storage::StoredRecipeBook &recipes() { return *m_recipes; }
    timerserver::CookingSessions &cooking() { return *m_cooking; }
    syncclient::SyncClient &sync() { return *m_sync; }
    /// What the op's timer or recipe is called now; empty when there is none.
    QString nameOf(const timers::Op &op) const;

Q_SIGNALS:
    /// Timers, recipes and what is cooked are complete.
    void ready();
    void failed(const simmer::Error &error);
    /// The file was damaged; this is what became of it.
    void salvaged(const simmer::storage::Salvaged &salvaged);
    /// The day's backup could not be made; tried again within the hour.
    void backupFailed(const simmer::Error &error);

private:
    Device(const QString &profile, std::unique_ptr<storage::DataFolder> folder);

    void partLoaded();

    QString m_profile;
    SystemClock m_clock;
    std::unique_ptr<storage::DataFolder> m_folder;
    bool m_member = false;
    bool m_new = false;
    int m_partsMissing = 4;    ///< timers, recipes, cooking and what is known of this device
    storage::DeviceLog *m_log; ///< owned by m_logThread
    OwnedThread m_logThread;
    storage::BackupKeeper *m_keeper; ///< owned by m_keeperThread
    OwnedThread m_keeperThread;
    std::unique_ptr<storage::StoredRecipeBook> m_recipes;
    std::unique_ptr<timerserver::CookingSessions> m_cooking;
    std::unique_ptr<timerserver::TimerServer> m_timers;
    std::unique_ptr<syncclient::SyncClient> m_sync;
};

/// The profile used when none is named: $XDG_DATA_HOME/simmer.
QString defaultProfile();

} // namespace simmer::app
