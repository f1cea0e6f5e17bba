// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/Compaction.h"
#include "storage/kitchen/KitchenLog.h"
#include "storage/kitchen/KitchenRecipes.h"
#include "storage/photos/BlobStore.h"
#include "timers/ServerClock.h"

#include <memory>

namespace simmer::storage {

/// A household's shared space. The epoch names this log: another one means that it began anew.
struct Kitchen {
    KitchenId id;
    QString name;
    EpochId epoch;

    bool operator==(const Kitchen &) const = default;
};

/// Where a kitchen's worker left off: after `seq` these timers were under way, or just over. What
/// is not among them, and not named after that, is history.
struct Stand {
    qint64 seq = 0;
    std::optional<qint64> due = {}; ///< when the first of them wants attention, kitchen ms
    QList<TimerId> timers = {};

    bool operator==(const Stand &) const = default;
};

/// What the server keeps of one kitchen: its log and its clock, in the server's file, and its
/// photos in a file of their own, made for the first one. Belongs to the server store's thread.
class KitchenStore
{
public:
    /// `database` must outlive it. Errors: as KitchenLog.
    static Expected<std::unique_ptr<KitchenStore>>
    open(Database &database, const Kitchen &kitchen, const QString &photoFolder, qint64 horizonMs);
    ~KitchenStore();
    Q_DISABLE_COPY_MOVE(KitchenStore)

    const Kitchen &kitchen() const { return m_kitchen; }
    KitchenLog &log() { return m_log; }
    Compaction &compaction() { return m_compaction; }
    const KitchenRecipes &recipes() const { return m_recipes; }
    /// Errors: as BlobStore::open; asked again then, it tries again.
    Expected<BlobStore *> blobs();

    /// What the file knows of kitchen time. Errors: StoreBusy, StoreBroken.
    Expected<timers::ServerClock::Past> past() const;
    /// Errors: DiskFull, StoreBusy, StoreBroken.
    Outcome keepClock(const timers::KeptClock &clock);
    /// From the beginning when there is none. Errors: StoreBusy, StoreBroken.
    Expected<Stand> stand() const;
    /// Errors: DiskFull, StoreBusy, StoreBroken.
    Outcome keepStand(const Stand &stand);

private:
    KitchenStore(Database &database, Kitchen kitchen, KitchenLog log, const QString &photoFolder,
                 qint64 horizonMs);

    Database &m_database;
    Kitchen m_kitchen;
    KitchenLog m_log;
    Compaction m_compaction;
    KitchenRecipes m_recipes;
    QString m_photoFolder;
    std::unique_ptr<BlobStore> m_blobs;
};

} // namespace simmer::storage
