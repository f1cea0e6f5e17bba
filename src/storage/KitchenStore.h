// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/Admissions.h"
#include "storage/BlobStore.h"
#include "storage/Compaction.h"
#include "storage/KitchenLog.h"
#include "timers/ServerClock.h"

#include <memory>

namespace simmer::storage {

struct Schema;

/// A household's shared space. The epoch names this log: another one means that it began anew.
struct Kitchen {
    KitchenId id;
    QString name;
    EpochId epoch;

    bool operator==(const Kitchen &) const = default;
};

/// What a kitchen server keeps: its kitchen, that kitchen's log and who may in, in one SQLite file;
/// and the kitchen's photos in photos.db beside it. Belongs to the thread that opened it.
class KitchenStore
{
public:
    /// Makes the kitchen at the first start. Errors: as Database::open.
    static Expected<std::unique_ptr<KitchenStore>> open(const QString &path,
                                                        const AdmissionRules &rules,
                                                        qint64 horizonMs = Compaction::HorizonMs);
    /// Of that file.
    static Schema schema();
    ~KitchenStore();
    Q_DISABLE_COPY_MOVE(KitchenStore)

    const Kitchen &kitchen() const { return m_kitchen; }
    KitchenLog &log() { return m_log; }
    Admissions &admissions() { return m_admissions; }
    Compaction &compaction() { return m_compaction; }
    BlobStore &blobs() { return *m_blobs; }

    /// What the file knows of kitchen time. Errors: StoreBusy, StoreBroken.
    Expected<timers::ServerClock::Past> past() const;
    /// Errors: DiskFull, StoreBusy, StoreBroken.
    Outcome keepClock(const timers::KeptClock &clock);

private:
    KitchenStore(std::unique_ptr<Database> database, std::unique_ptr<BlobStore> blobs,
                 Kitchen kitchen, KitchenLog log, const AdmissionRules &rules, qint64 horizonMs);

    std::unique_ptr<Database> m_database;
    std::unique_ptr<BlobStore> m_blobs;
    Kitchen m_kitchen;
    KitchenLog m_log;
    Admissions m_admissions;
    Compaction m_compaction;
};

} // namespace simmer::storage
