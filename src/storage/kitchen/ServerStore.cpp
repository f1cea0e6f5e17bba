// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/ServerStore.h"

#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/kitchen/Checkpointer.h"
#include "storage/safety/KitchenSalvage.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace simmer::storage {

namespace {

constexpr qint32 ApplicationId = 0x53696d4b; // "SimK", as `file` and SQLite's tools show it

// Ops in the WAL, of a page or two: as the WAL has room for at the start.
constexpr qsizetype WakeAfter = 1500;
constexpr qint64 FrameBytes = 4096 + 24; // https://www.sqlite.org/fileformat2.html

const QString Columns = QStringLiteral("SELECT id, name, epoch FROM kitchens");
const QString OneKitchen = Columns + QStringLiteral(" WHERE id = ?");

template<class Row>
Kitchen kitchenIn(const Row &row)
{
    return {KitchenId::fromBytes(row.value(0).toByteArray()), row.value(1).toString(),
            EpochId::fromBytes(row.value(2).toByteArray())};
}

/// After so many ops in the WAL it is emptied. It grows when very much comes in meanwhile; then the
/// next time is later, since what was written to a page several times is moved once.
qsizetype opsUntilMoved(const QString &path)
{
    const qint64 frames = QFileInfo(path + QStringLiteral("-wal")).size() / FrameBytes;
    return std::max<qsizetype>(WakeAfter, frames * 3 / 4);
}

QString suspicionOf(const QString &path)
{
    return path + QStringLiteral(".suspect");
}

/// A foreign key would tell late what this tells in words.
Outcome checkThatNothingIsLost(Database &database)
{
    Expected<QSqlQuery> log = database.run(QStringLiteral("SELECT 1 FROM log LIMIT 1"));
    if (!log)
        return log.error();
    return log->next()
               ? Outcome(Error{
                     ErrorCode::StoreDamaged, QStringLiteral("a log without its kitchen"), {}})
               : done();
}

} // namespace

ServerStore::ServerStore(const QString &path, std::unique_ptr<Database> database,
                         const AdmissionRules &rules, qint64 horizonMs)
    : m_path(path)
    , m_database(std::move(database))
    , m_horizonMs(horizonMs)
    , m_admissions(*m_database, rules)
{
}

ServerStore::~ServerStore() = default;

Schema ServerStore::schema()
{
    return {QStringLiteral("kitchen"), ApplicationId};
}

void ServerStore::suspect(const QString &path)
{
    QFile mark(suspicionOf(path));
    if (!mark.open(QIODevice::WriteOnly))
        qWarning("%s: %s", qUtf8Printable(mark.fileName()), qUtf8Printable(mark.errorString()));
}

Expected<std::unique_ptr<ServerStore>> ServerStore::open(const QString &path,
                                                         const AdmissionRules &rules,
                                                         const QDate &today, qint64 horizonMs,
                                                         const QString &firstName)
{
    if (const auto ended = Salvage::finishMending(path, today); !ended)
        return ended.error();
    const bool suspected = QFile::exists(suspicionOf(path));
    if (!Salvage::isLost(path, schema()) && !Salvage::hasLostCommits(path)) {
        auto store = openSound(path, rules, horizonMs, suspected, firstName);
        if (store && suspected)
            QFile::remove(suspicionOf(path));
        if (store || store.error().code != ErrorCode::StoreDamaged)
            return store;
    }
    const Expected<Salvaged> salvaged = mendKitchen(path, today);
    if (!salvaged)
        return Error::because(salvaged.error().code, path, salvaged.error());
    QFile::remove(suspicionOf(path));
    auto store = openSound(path, rules, horizonMs, true, firstName);
    if (store)
        (*store)->m_salvaged = *salvaged;
    return store;
}

Expected<std::unique_ptr<ServerStore>> ServerStore::openSound(const QString &path,
                                                              const AdmissionRules &rules,
                                                              qint64 horizonMs, bool suspected,
                                                              const QString &firstName)
{
    const bool wholly = suspected || Files::used().size(path) <= WholeCheckBytes;
    Expected<std::unique_ptr<Database>> database = Database::open(path, schema());
    if (!database)
        return database.error();
    std::unique_ptr<ServerStore> store(
        new ServerStore(path, *std::move(database), rules, horizonMs));
    if (const Outcome prepared = store->prepare(wholly, firstName); !prepared)
        return prepared.error();
    return store;
}

Expected<std::unique_ptr<ServerStore>>
ServerStore::openBeside(const QString &path, const AdmissionRules &rules, qint64 horizonMs)
{
    Expected<std::unique_ptr<Database>> database = Database::openBeside(path, schema());
    if (!database)
        return database.error();
    std::unique_ptr<ServerStore> store(
        new ServerStore(path, *std::move(database), rules, horizonMs));
    if (const Outcome prepared = store->prepare(false, StandardName); !prepared)
        return prepared.error();
    return store;
}

void ServerStore::useTurnstile(Turnstile *turnstile)
{
    m_database->useTurnstile(turnstile);
}

Outcome ServerStore::expectMuch()
{
    if (const Outcome prepared = m_database->expectMuch(m_path); !prepared)
        return prepared;
    m_checkpointer = new Checkpointer(m_path, schema());
    m_checkpoints = startThread(QStringLiteral("checkpoints"), m_checkpointer);
    return done();
}

Expected<std::shared_ptr<const WalSync>> ServerStore::openSync() const
{
    return WalSync::open(m_path);
}

Outcome ServerStore::commitEarly()
{
    return m_database->commitEarly();
}

qint64 ServerStore::writes() const
{
    return m_database->writes();
}

Outcome ServerStore::prepare(bool wholly, const QString &firstName)
{
    m_proven = wholly;
    if (wholly)
        if (const Outcome whole = m_database->check(Database::Check::Quick); !whole)
            return whole;
    Expected<QSqlQuery> rows =
        m_database->run(Columns + QStringLiteral(" ORDER BY made, id LIMIT 1"));
    if (!rows)
        return rows.error();
    if (rows->next()) {
        m_first = kitchenIn(*rows);
        rows->finish();
        return wholly ? check() : done();
    }
    rows->finish();
    if (const Outcome empty = checkThatNothingIsLost(*m_database); !empty)
        return empty;
    const Expected<Kitchen> made = make(firstName, 0);
    if (!made)
        return made.error();
    m_first = *made;
    m_isNew = true;
    return done();
}

Outcome ServerStore::check()
{
    const Expected<QList<Kitchen>> all = kitchens();
    if (!all)
        return all.error();
    for (const Kitchen &kitchen : *all) {
        const Expected<KitchenLog> log = KitchenLog::open(*m_database, kitchen.id);
        if (!log)
            return log.error();
        if (const Outcome proven = log->prove(); !proven)
            return proven;
    }
    return done();
}

Expected<QList<Kitchen>> ServerStore::kitchens() const
{
    Expected<QSqlQuery> rows = m_database->run(Columns + QStringLiteral(" ORDER BY made, id"));
    if (!rows)
        return rows.error();
    QList<Kitchen> all;
    while (rows->next())
        all += kitchenIn(*rows);
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(all) : whole.error();
}

Expected<Kitchen> ServerStore::make(const QString &name, qint64 now)
{
    Kitchen kitchen{KitchenId::random(), name, EpochId::random()};
    const Expected<QSqlQuery> made = m_database->run(
        QStringLiteral("INSERT INTO kitchens (id, name, epoch, made, number) VALUES (?, ?, ?, ?,"
                       " (SELECT coalesce(max(number), 0) + 1 FROM kitchens))"),
        {kitchen.id.toBytes(), kitchen.name, kitchen.epoch.toBytes(), now});
    if (!made)
        return made.error();
    return kitchen;
}

Expected<Kitchen> ServerStore::find(const KitchenId &id) const
{
    Expected<Rows> rows = m_database->ask(OneKitchen, {id.toBytes()});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Error{ErrorCode::NotFound, QStringLiteral("there is no such kitchen"), {}};
    return kitchenIn(*rows);
}

Expected<qint64> ServerStore::count() const
{
    Expected<Rows> rows = m_database->ask(QStringLiteral("SELECT count(*) FROM kitchens"));
    if (!rows)
        return rows.error();
    return rows->next() ? rows->value(0).toLongLong() : 0;
}

qint64 ServerStore::bytes() const
{
    return QFileInfo(m_path).size() + QFileInfo(m_path + QStringLiteral("-wal")).size();
}

Expected<ServerStore::Census> ServerStore::census(const KitchenId &id) const
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT (SELECT count(*) FROM devices WHERE kitchen = ?),"
                       " max(ifnull((SELECT max(entry) FROM log WHERE entry < (number + 1) << 40"
                       " AND entry >= number << 40), 0) & ((1 << 40) - 1),"
                       " ifnull((SELECT max(seq) FROM folded WHERE kitchen = id), 0))"
                       " FROM kitchens WHERE id = ?"),
        {id.toBytes(), id.toBytes()});
    if (!rows)
        return rows.error();
    rows->next();
    return Census{rows->value(0).toLongLong(), rows->value(1).toLongLong()};
}

/// Behind the stand there are few entries.
Expected<QList<KitchenId>> ServerStore::astir(const KitchenId &after, qsizetype most) const
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT id FROM kitchens LEFT JOIN stands ON stands.kitchen = id"
                       " WHERE id > ? AND (due IS NOT NULL OR EXISTS (SELECT 1 FROM log WHERE"
                       " entry > (number << 40) + ifnull(stands.seq, 0)"
                       " AND entry < (number + 1) << 40 AND timer IS NOT NULL))"
                       " ORDER BY id LIMIT ?"),
        {after.toBytes(), qint64(most)});
    if (!rows)
        return rows.error();
    QList<KitchenId> found;
    while (rows->next())
        found += KitchenId::fromBytes(rows->value(0).toByteArray());
    const Outcome whole = rows->finished();
    return whole ? Expected(found) : whole.error();
}

Expected<std::unique_ptr<KitchenStore>> ServerStore::kitchen(const KitchenId &id)
{
    const Expected<Kitchen> kitchen = find(id);
    if (!kitchen)
        return kitchen.error();
    const QString folder = QFileInfo(m_path).path();
    const QString photos =
        id == m_first.id ? folder : QStringLiteral("%1/kitchens/%2").arg(folder, id.toHex());
    return KitchenStore::open(*m_database, *kitchen, photos, m_horizonMs);
}

Expected<QList<QList<Appended>>> ServerStore::append(const QList<KitchenLog::Batch> &batches)
{
    if (m_checkpointer && m_checkpointer->isDone())
        if (const Outcome moved = m_database->checkpoint(); !moved)
            qWarning("%s: %s", qUtf8Printable(m_path), qUtf8Printable(describe(moved.error())));
    auto appended = KitchenLog::append(*m_database, batches);
    for (const KitchenLog::Batch &batch : batches)
        m_inWal += batch.arrivals.size();
    if (m_checkpointer && m_inWal >= WakeAfter && m_inWal >= opsUntilMoved(m_path)) {
        m_inWal = 0;
        m_checkpointer->wake();
    }
    return appended;
}

} // namespace simmer::storage
