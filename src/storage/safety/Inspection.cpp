// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/Inspection.h"

#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/kitchen/ServerStore.h"
#include "storage/photos/BlobStore.h"
#include "storage/safety/Backups.h"
#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::storage {

namespace {

Expected<std::unique_ptr<Database>> openSound(const QString &path, const Schema &schema, Rest rest)
{
    if (!Files::used().exists(path))
        return Error{ErrorCode::FileUnreadable, path + QStringLiteral(": no such file"), {}};
    auto database = Database::openReading(
        path, schema, rest == Rest::Living ? Database::Reading::Living : Database::Reading::Still);
    if (!database)
        return database;
    if (const Outcome whole = (*database)->check(Database::Check::Quick); !whole)
        return Error::because(whole.error().code, path, whole.error());
    return database;
}

/// What an older file does not have yet.
struct Layout {
    bool folds = false;   ///< ended timers
    bool hasKeys = false; ///< its entries stand in the order of keys
};

Expected<Layout> layoutOf(Database &database)
{
    Expected<QSqlQuery> rows = database.run(
        QStringLiteral("SELECT (SELECT count(*) FROM sqlite_schema WHERE name = 'folded'),"
                       " (SELECT count(*) FROM pragma_table_info('log') WHERE name = 'entry')"));
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Layout();
    return Layout{rows->value(0).toInt() > 0, rows->value(1).toInt() > 0};
}

Expected<QList<ProvenChain>> kitchensOf(Database &database)
{
    Expected<QSqlQuery> rows =
        database.run(QStringLiteral("SELECT id, name FROM kitchens ORDER BY id"));
    if (!rows)
        return rows.error();
    QList<ProvenChain> chains;
    while (rows->next())
        chains += ProvenChain{KitchenId::fromBytes(rows->value(0).toByteArray()),
                              rows->value(1).toString()};
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(chains) : whole.error();
}

/// Follows one chain from entry to entry. Of a folded one only the link is left.
class Walk
{
public:
    explicit Walk(ProvenChain &chain)
        : m_chain(chain)
    {
    }

    void take(const QSqlQuery &row)
    {
        const qint64 seq = row.value(0).toLongLong();
        const QByteArray link = row.value(2).toByteArray();
        const bool isFolded = row.isNull(3);
        const bool follows =
            seq == m_chain.head + 1 &&
            (isFolded || link == timers::nextLink(m_link, row.value(3).toByteArray(),
                                                  row.value(1).toLongLong()));
        if (!follows && !m_chain.damagedAt)
            m_chain.damagedAt = std::min(seq, m_chain.head + 1);
        m_chain.head = seq;
        m_link = link;
        ++m_chain.entries;
    }

private:
    ProvenChain &m_chain;
    QByteArray m_link;
};

Outcome prove(Database &database, const Layout &layout, ProvenChain &chain)
{
    QString sql = QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE kitchen = ?");
    QVariantList values{chain.kitchen.toBytes()};
    if (layout.hasKeys) { // by which they are found at once
        sql +=
            QStringLiteral(" AND entry >= (SELECT number FROM kitchens WHERE id = ?) << 40"
                           " AND entry < ((SELECT number FROM kitchens WHERE id = ?) + 1) << 40");
        values << chain.kitchen.toBytes() << chain.kitchen.toBytes();
    }
    if (layout.folds) {
        sql += QStringLiteral(" UNION ALL SELECT seq, NULL, chain, NULL FROM folded"
                              " WHERE kitchen = ?");
        values += chain.kitchen.toBytes();
    }
    Expected<QSqlQuery> rows = database.run(sql + QStringLiteral(" ORDER BY seq"), values);
    if (!rows)
        return rows.error();
    Walk walk(chain);
    while (rows->next())
        walk.take(*rows);
    return Database::finished(*rows);
}

/// Entries of a kitchen that the file does not know.
Outcome checkStrays(Database &database)
{
    Expected<QSqlQuery> rows = database.run(
        QStringLiteral("SELECT 1 FROM log WHERE kitchen NOT IN (SELECT id FROM kitchens) LIMIT 1"));
    if (!rows)
        return rows.error();
    if (rows->next())
        return Error{ErrorCode::StoreDamaged, QStringLiteral("a log without its kitchen"), {}};
    return done();
}

} // namespace

QString kitchenFileIn(const QString &dataDir)
{
    return dataDir + QStringLiteral("/kitchen.db");
}

Expected<QList<ProvenChain>> proveKitchens(const QString &path, Rest rest)
{
    const auto database = openSound(path, ServerStore::schema(), rest);
    if (!database)
        return database.error();
    const Expected<Layout> layout = layoutOf(**database);
    Expected<QList<ProvenChain>> chains = kitchensOf(**database);
    const Outcome strays = checkStrays(**database);
    if (!layout || !chains || !strays)
        return !layout ? layout.error() : !chains ? chains.error() : strays.error();
    for (ProvenChain &chain : *chains)
        if (const Outcome read = prove(**database, *layout, chain); !read)
            return read.error();
    return chains;
}

Outcome proven(const Expected<QList<ProvenChain>> &chains)
{
    if (!chains)
        return chains.error();
    for (const ProvenChain &chain : *chains)
        if (chain.damagedAt)
            return Error{ErrorCode::StoreDamaged,
                         QStringLiteral("entry %1 of the log of “%2” is damaged")
                             .arg(*chain.damagedAt)
                             .arg(chain.name),
                         {}};
    return done();
}

Outcome checkPhotos(const QString &dataDir, Rest rest)
{
    const QString path = BlobStore::fileIn(dataDir);
    if (!Files::used().exists(path))
        return done();
    const auto database = openSound(path, BlobStore::schema(), rest);
    return database ? done() : Outcome(database.error());
}

std::optional<DailyCopy> newestDailyCopy(const QString &dataDir)
{
    const Backups backups(kitchenFileIn(dataDir), ServerStore::schema());
    QList<QDate> dates = backups.dates();
    if (dates.isEmpty())
        return std::nullopt;
    const QDate newest = *std::max_element(dates.cbegin(), dates.cend());
    return DailyCopy{newest, bool(proven(proveKitchens(backups.pathOf(newest), Rest::Still)))};
}

} // namespace simmer::storage
