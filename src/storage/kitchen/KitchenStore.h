// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/Admissions.h"
#include "storage/kitchen/Compaction.h"
#include "storage/kitchen/KitchenLog.h"
#include "storage/photos/BlobStore.h"
#include "storage/safety/Salvaged.h"
#include "timers/ServerClock.h"

#include <QDate>

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
    /// Makes the kitchen at the first start. The log is proven from its first entry on; a damaged
    /// file, or one that is gone although there are backups, is mended first: salvaged() tells.
    /// Errors: as Database::open; StoreDamaged when nothing could be saved.
    /// Of that file.
    static Schema schema();
    static Expected<std::unique_ptr<KitchenStore>> open(const QString &path,
                                                        const AdmissionRules &rules,
                                                        const QDate &today = QDate::currentDate(),
                                                        qint64 horizonMs = Compaction::HorizonMs);
    ~KitchenStore();
    Q_DISABLE_COPY_MOVE(KitchenStore)

    const Kitchen &kitchen() const { return m_kitchen; }
    KitchenLog &log() { return m_log; }
    Admissions &admissions() { return m_admissions; }
    Compaction &compaction() { return m_compaction; }
    BlobStore &blobs() { return *m_blobs; }
    const std::optional<Salvaged> &salvaged() const { return m_salvaged; }

    /// What the file knows of kitchen time. Errors: StoreBusy, StoreBroken.
    Expected<timers::ServerClock::Past> past() const;
    /// Errors: DiskFull, StoreBusy, StoreBroken.
    Outcome keepClock(const timers::KeptClock &clock);

private:
    static Expected<std::unique_ptr<KitchenStore>>
    openSound(const QString &path, const AdmissionRules &rules, qint64 horizonMs);
    KitchenStore(std::unique_ptr<Database> database, std::unique_ptr<BlobStore> blobs,
                 Kitchen kitchen, KitchenLog log, const AdmissionRules &rules, qint64 horizonMs);

    std::unique_ptr<Database> m_database;
    std::unique_ptr<BlobStore> m_blobs;
    Kitchen m_kitchen;
    KitchenLog m_log;
    Admissions m_admissions;
    Compaction m_compaction;
    std::optional<Salvaged> m_salvaged;
};

} // namespace simmer::storage
