// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/KitchenStore.h"

#include "storage/Database.h"

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
    return *found ? Expected<Kitchen>(**std::move(found)) : makeKitchen(database);
}

} // namespace

KitchenStore::KitchenStore(std::unique_ptr<Database> database, Kitchen kitchen, KitchenLog log,
                           const AdmissionRules &rules, qint64 horizonMs)
    : m_database(std::move(database))
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

Expected<std::unique_ptr<KitchenStore>>
KitchenStore::open(const QString &path, const AdmissionRules &rules, qint64 horizonMs)
{
    Expected<std::unique_ptr<Database>> database = Database::open(path, schema());
    if (!database)
        return database.error();
    Expected<Kitchen> kitchen = readOrMakeKitchen(**database);
    if (!kitchen)
        return kitchen.error();
    Expected<KitchenLog> log = KitchenLog::open(**database, kitchen->id);
    if (!log)
        return log.error();
    return std::unique_ptr<KitchenStore>(new KitchenStore(*std::move(database), *std::move(kitchen),
                                                          *std::move(log), rules, horizonMs));
}

} // namespace simmer::storage
