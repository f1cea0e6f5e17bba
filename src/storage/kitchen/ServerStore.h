// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"
#include "storage/Turnstile.h"
#include "storage/WalSync.h"
#include "storage/kitchen/Admissions.h"
#include "storage/kitchen/KitchenStore.h"
#include "storage/safety/Salvaged.h"

#include <QDate>

#include <memory>

namespace simmer::storage {

class Checkpointer;

/// All kitchens of a server in one SQLite file: so one commit serves them all. Belongs to the
/// thread that opened it. Errors beside those named: DiskFull, StoreBusy, StoreBroken.
class ServerStore
{
public:
    /// A file up to this size (bytes, 0.5 s here) is looked at page by page and proven before
    /// anybody comes in. Of a larger one each kitchen is proven once it is woken (KitchenLog's
    /// proveSome), and the pages when the day's copy is taken.
    static constexpr qint64 WholeCheckBytes = 128LL * 1024 * 1024;

    /// What the first kitchen is called unless somebody says so.
    static inline const QString StandardName = QStringLiteral("Kitchen");

    /// Of that file.
    static Schema schema();
    /// Makes a kitchen of that name at the first start. A damaged file, or one that is gone
    /// although there are backups, is mended first: salvaged() tells. Ended timers fold into
    /// history after `horizonMs`. Errors: as Database::open; StoreDamaged when nothing could be
    /// saved.
    static Expected<std::unique_ptr<ServerStore>> open(const QString &path,
                                                       const AdmissionRules &rules,
                                                       const QDate &today = QDate::currentDate(),
                                                       qint64 horizonMs = Compaction::HorizonMs,
                                                       const QString &firstName = StandardName);
    /// The same file once more, beside a thread of this process that hangs and has it open:
    /// nothing is looked through or mended.
    static Expected<std::unique_ptr<ServerStore>>
    openBeside(const QString &path, const AdmissionRules &rules,
               qint64 horizonMs = Compaction::HorizonMs);
    /// The next open() looks at every page and mends what it must, however large the file is.
    static void suspect(const QString &path);
    ~ServerStore();
    Q_DISABLE_COPY_MOVE(ServerStore)

    /// As Database's; also of the photos that are opened from now on.
    void useTurnstile(Turnstile *turnstile);
    /// From now on much is written: the file is prepared for that, and what was committed moves
    /// from its WAL in a thread beside this one.
    Outcome expectMuch();
    /// What was written up to now is durable, and will be whenever what this gives is asked to
    /// sync(). Errors: as WalSync::open.
    Expected<std::shared_ptr<const WalSync>> openSync() const;
    // As Database's
    Outcome commitEarly();
    qint64 writes() const;

    Admissions &admissions() { return m_admissions; }
    const std::optional<Salvaged> &salvaged() const { return m_salvaged; }

    /// Whether its first kitchen was made just now.
    bool isNew() const { return m_isNew; }
    /// Whether all logs were proven when it was opened.
    bool isProven() const { return m_proven; }

    /// All kitchens, the oldest first.
    Expected<QList<Kitchen>> kitchens() const;
    /// How many there are, and the size of the file on the disk with what it has not taken in yet.
    Expected<qint64> count() const;
    qint64 bytes() const;
    /// Of a kitchen whose worker sleeps.
    struct Census {
        qint64 devices = 0;
        qint64 head = 0;
    };
    Expected<Census> census(const KitchenId &id) const;
    /// Errors: NotFound.
    Expected<Kitchen> find(const KitchenId &id) const;
    /// Kitchens in which something may be under way although nobody is there, in the order of their
    /// ids, after that one: what ran when their worker left off, or what it never saw.
    Expected<QList<KitchenId>> astir(const KitchenId &after, qsizetype most) const;
    /// The one that was made at the first start.
    const Kitchen &first() const { return m_first; }
    /// `now` is the wall clock, ms.
    Expected<Kitchen> make(const QString &name, qint64 now);
    /// One kitchen's store, which must not outlive this one. Errors: NotFound.
    Expected<std::unique_ptr<KitchenStore>> kitchen(const KitchenId &id);
    /// Writes what came in for several kitchens in one durable transaction, or nothing; one result
    /// a batch.
    Expected<QList<QList<Appended>>> append(const QList<KitchenLog::Batch> &batches);

private:
    ServerStore(const QString &path, std::unique_ptr<Database> database,
                const AdmissionRules &rules, qint64 horizonMs);
    static Expected<std::unique_ptr<ServerStore>> openSound(const QString &path,
                                                            const AdmissionRules &rules,
                                                            qint64 horizonMs, bool suspected,
                                                            const QString &firstName);
    Outcome prepare(bool wholly, const QString &firstName);
    Outcome check();

    QString m_path;
    std::unique_ptr<Database> m_database;
    qint64 m_horizonMs;
    Admissions m_admissions;
    Kitchen m_first;
    bool m_isNew = false;
    bool m_proven = false;
    std::optional<Salvaged> m_salvaged;
    Checkpointer *m_checkpointer = nullptr; ///< its thread's
    qsizetype m_inWal = 0;                  ///< ops since it was woken
    OwnedThread m_checkpoints;
};

} // namespace simmer::storage
