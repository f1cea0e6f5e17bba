// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/KitchenStore.h"

#include "storage/Database.h"

#include <QDir>

namespace simmer::storage {

KitchenStore::KitchenStore(Database &database, Kitchen kitchen, KitchenLog log,
                           const QString &photoFolder, qint64 horizonMs)
    : m_database(database)
    , m_kitchen(std::move(kitchen))
    , m_log(std::move(log))
    , m_compaction(m_database, m_kitchen.id, m_log, horizonMs)
    , m_photoFolder(photoFolder)
{
}

KitchenStore::~KitchenStore() = default;

Expected<std::unique_ptr<KitchenStore>> KitchenStore::open(Database &database,
                                                           const Kitchen &kitchen,
                                                           const QString &photoFolder,
                                                           qint64 horizonMs)
{
    Expected<KitchenLog> log = KitchenLog::open(database, kitchen.id);
    if (!log)
        return log.error();
    return std::unique_ptr<KitchenStore>(
        new KitchenStore(database, kitchen, *std::move(log), photoFolder, horizonMs));
}

Expected<BlobStore *> KitchenStore::blobs()
{
    if (!m_blobs) {
        QDir().mkpath(m_photoFolder); // under the umask of a server: for its user alone
        Expected<std::unique_ptr<BlobStore>> opened = BlobStore::open(m_photoFolder);
        if (!opened)
            return Error::because(opened.error().code, QStringLiteral("photos"), opened.error());
        m_blobs = *std::move(opened);
    }
    return m_blobs.get();
}

Expected<timers::ServerClock::Past> KitchenStore::past() const
{
    Expected<QSqlQuery> rows =
        m_database.run(QStringLiteral("SELECT boot, ahead, kept, civil FROM clock"
                                      " WHERE kitchen = ?"),
                       {m_kitchen.id.toBytes()});
    if (!rows)
        return rows.error();
    timers::ServerClock::Past past{{}, m_log.newest()};
    if (rows->next())
        past.kept = {BootId::fromBytes(rows->value(0).toByteArray()), rows->value(1).toLongLong(),
                     rows->value(2).toLongLong(), rows->value(3).toBool()};
    return past;
}

Outcome KitchenStore::keepClock(const timers::KeptClock &clock)
{
    const Expected<QSqlQuery> written = m_database.run(
        QStringLiteral("INSERT OR REPLACE INTO clock (kitchen, boot, ahead, kept, civil)"
                       " VALUES (?, ?, ?, ?, ?)"),
        {m_kitchen.id.toBytes(), clock.boot.toBytes(), clock.aheadMs, clock.keptAt,
         int(clock.civil)});
    return written ? done() : Outcome(written.error());
}

} // namespace simmer::storage
