// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/KitchenStore.h"

#include "storage/Database.h"

#include <QDir>

namespace simmer::storage {

namespace {

constexpr qsizetype IdBytes = 16;

} // namespace

KitchenStore::KitchenStore(Database &database, Kitchen kitchen, KitchenLog log,
                           const QString &photoFolder, qint64 horizonMs)
    : m_database(database)
    , m_kitchen(std::move(kitchen))
    , m_log(std::move(log))
    , m_compaction(m_database, m_kitchen.id, m_log, horizonMs)
    , m_recipes(m_database, m_log.keys())
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
        m_blobs->useTurnstile(m_database.turnstile());
    }
    return m_blobs.get();
}

Expected<timers::ServerClock::Past> KitchenStore::past() const
{
    Expected<Rows> rows = m_database.ask(QStringLiteral("SELECT boot, ahead, kept, civil FROM clock"
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

Expected<Stand> KitchenStore::stand() const
{
    Expected<Rows> rows =
        m_database.ask(QStringLiteral("SELECT seq, due, timers FROM stands WHERE kitchen = ?"),
                       {m_kitchen.id.toBytes()});
    if (!rows)
        return rows.error();
    Stand stand;
    if (!rows->next())
        return stand;
    stand.seq = rows->value(0).toLongLong();
    if (const QVariant due = rows->value(1); !due.isNull())
        stand.due = due.toLongLong();
    const QByteArray ids = rows->value(2).toByteArray();
    for (qsizetype at = 0; at < ids.size(); at += IdBytes)
        stand.timers += TimerId::fromBytes(ids.mid(at, IdBytes));
    return stand;
}

Outcome KitchenStore::keepStand(const Stand &stand)
{
    QByteArray ids("");
    for (const TimerId &id : stand.timers)
        ids += id.toBytes();
    const Expected<Rows> written = m_database.ask(
        QStringLiteral("INSERT OR REPLACE INTO stands (kitchen, seq, due, timers)"
                       " VALUES (?, ?, ?, ?)"),
        {m_kitchen.id.toBytes(), stand.seq, stand.due ? QVariant(*stand.due) : QVariant(), ids});
    return written ? done() : Outcome(written.error());
}

} // namespace simmer::storage
