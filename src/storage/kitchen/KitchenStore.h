// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/Compaction.h"
#include "storage/kitchen/KitchenLog.h"
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
    /// Errors: as BlobStore::open; asked again then, it tries again.
    Expected<BlobStore *> blobs();

    /// What the file knows of kitchen time. Errors: StoreBusy, StoreBroken.
    Expected<timers::ServerClock::Past> past() const;
    /// Errors: DiskFull, StoreBusy, StoreBroken.
    Outcome keepClock(const timers::KeptClock &clock);

private:
    KitchenStore(Database &database, Kitchen kitchen, KitchenLog log, const QString &photoFolder,
                 qint64 horizonMs);

    Database &m_database;
    Kitchen m_kitchen;
    KitchenLog m_log;
    Compaction m_compaction;
    QString m_photoFolder;
    std::unique_ptr<BlobStore> m_blobs;
};

} // namespace simmer::storage
