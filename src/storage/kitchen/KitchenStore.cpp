// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/KitchenStore.h"

#include "storage/Database.h"
#include "storage/safety/KitchenSalvage.h"

#include <QFileInfo>

namespace simmer::storage {

namespace {

constexpr qint32 ApplicationId = 0x53696d4b; // "SimK", as `file` and SQLite's tools show it

Expected<std::optional<Kitchen>> readKitchen(Database &database)
{
    Expected<QSqlQuery> rows =
        database.run(QStringLiteral("SELECT id, name, epoch FROM kitchens LIMIT 1"));
    if (!rows)
        return rows.error();
    if (!rows->next())
        return std::optional<Kitchen>();
    return std::optional(Kitchen{KitchenId::fromBytes(rows->value(0).toByteArray()),
                                 rows->value(1).toString(),
                                 EpochId::fromBytes(rows->value(2).toByteArray())});
}

Expected<Kitchen> makeKitchen(Database &database)
{
    Kitchen kitchen{KitchenId::random(), QStringLiteral("Kitchen"), EpochId::random()};
    const Expected<QSqlQuery> made =
        database.run(QStringLiteral("INSERT INTO kitchens (id, name, epoch) VALUES (?, ?, ?)"),
                     {kitchen.id.toBytes(), kitchen.name, kitchen.epoch.toBytes()});
    if (!made)
        return made.error();
    return kitchen;
}

Expected<Kitchen> readOrMakeKitchen(Database &database)
{
    Expected<std::optional<Kitchen>> found = readKitchen(database);
    if (!found)
        return found.error();
    if (*found)
        return **std::move(found);
    Expected<QSqlQuery> log = database.run(QStringLiteral("SELECT 1 FROM log LIMIT 1"));
    if (!log)
        return log.error();
    if (log->next())
        return Error{ErrorCode::StoreDamaged, QStringLiteral("a log without its kitchen"), {}};
    return makeKitchen(database);
}

} // namespace

KitchenStore::KitchenStore(std::unique_ptr<Database> database, std::unique_ptr<BlobStore> blobs,
                           Kitchen kitchen, KitchenLog log, const AdmissionRules &rules,
                           qint64 horizonMs)
    : m_database(std::move(database))
    , m_blobs(std::move(blobs))
    , m_kitchen(std::move(kitchen))
    , m_log(std::move(log))
    , m_admissions(*m_database, rules)
    , m_compaction(*m_database, m_kitchen.id, m_log, horizonMs)
{
}

KitchenStore::~KitchenStore() = default;

Schema KitchenStore::schema()
{
    return {QStringLiteral("kitchen"), ApplicationId};
}

Expected<std::unique_ptr<KitchenStore>> KitchenStore::open(const QString &path,
                                                           const AdmissionRules &rules,
                                                           const QDate &today, qint64 horizonMs)
{
    if (const auto ended = Salvage::finishMending(path, today); !ended)
        return ended.error();
    if (!Salvage::isLost(path, schema()) && !Salvage::hasLostCommits(path)) {
        auto store = openSound(path, rules, horizonMs);
        if (store || store.error().code != ErrorCode::StoreDamaged)
            return store;
    }
    const Expected<Salvaged> salvaged = mendKitchen(path, today);
    if (!salvaged)
        return Error::because(salvaged.error().code, path, salvaged.error());
    auto store = openSound(path, rules, horizonMs);
    if (store)
        (*store)->m_salvaged = *salvaged;
    return store;
}

Expected<std::unique_ptr<KitchenStore>>
KitchenStore::openSound(const QString &path, const AdmissionRules &rules, qint64 horizonMs)
{
    Expected<std::unique_ptr<Database>> database = Database::open(path, schema());
    if (!database)
        return database.error();
    if (const Outcome whole = (*database)->check(Database::Check::Quick); !whole)
        return whole.error();
    Expected<Kitchen> kitchen = readOrMakeKitchen(**database);
    if (!kitchen)
        return kitchen.error();
    Expected<KitchenLog> log = KitchenLog::open(**database, kitchen->id);
    if (!log)
        return log.error();
    if (const Outcome proven = log->prove(); !proven)
        return proven.error();
    Expected<std::unique_ptr<BlobStore>> blobs = BlobStore::open(QFileInfo(path).path());
    if (!blobs && blobs.error().code == ErrorCode::StoreDamaged) // this file is not
        return Error::because(ErrorCode::StoreBroken, QStringLiteral("photos"), blobs.error());
    if (!blobs)
        return blobs.error();
    return std::unique_ptr<KitchenStore>(new KitchenStore(*std::move(database), *std::move(blobs),
                                                          *std::move(kitchen), *std::move(log),
                                                          rules, horizonMs));
}

Expected<timers::ServerClock::Past> KitchenStore::past() const
{
    const auto newest = m_log.newest();
    if (!newest)
        return newest.error();
    Expected<QSqlQuery> rows =
        m_database->run(QStringLiteral("SELECT boot, ahead, kept, civil FROM clock"
                                       " WHERE kitchen = ?"),
                        {m_kitchen.id.toBytes()});
    if (!rows)
        return rows.error();
    timers::ServerClock::Past past{{}, *newest};
    if (rows->next())
        past.kept = {BootId::fromBytes(rows->value(0).toByteArray()), rows->value(1).toLongLong(),
                     rows->value(2).toLongLong(), rows->value(3).toBool()};
    return past;
}

Outcome KitchenStore::keepClock(const timers::KeptClock &clock)
{
    const Expected<QSqlQuery> written = m_database->run(
        QStringLiteral("INSERT OR REPLACE INTO clock (kitchen, boot, ahead, kept, civil)"
                       " VALUES (?, ?, ?, ?, ?)"),
        {m_kitchen.id.toBytes(), clock.boot.toBytes(), clock.aheadMs, clock.keptAt,
         int(clock.civil)});
    return written ? done() : Outcome(written.error());
}

} // namespace simmer::storage
