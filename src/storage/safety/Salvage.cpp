// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/Salvage.h"

#include "storage/Database.h"
#include "storage/Files.h"

#include <algorithm>

namespace simmer::storage {

namespace {

QString walOf(const QString &path)
{
    return path + QStringLiteral("-wal");
}

/// Under this name it is not finished …
QString unfinished(const QString &path)
{
    return path + QStringLiteral(".mending");
}

/// … and under this one it is whole, and its time has come.
QString finished(const QString &path)
{
    return path + QStringLiteral(".mended");
}

RawPages rawPages(const QString &path)
{
    const Files &files = Files::used();
    return {files.read(path), files.read(walOf(path))};
}

Outcome removeWithCompanions(const QString &path)
{
    for (const QString &file : withCompanions(path))
        if (const Outcome removed = Files::used().remove(file); !removed)
            return removed;
    return done();
}

/// A name that nothing has yet: an older damaged file is never written over.
QString freeName(const QString &path, const QDate &today)
{
    const Files &files = Files::used();
    const QString wished = QStringLiteral("%1.damaged-%2").arg(path, today.toString(Qt::ISODate));
    QString name = wished;
    for (int number = 2; files.exists(name) || files.exists(walOf(name)); ++number)
        name = QStringLiteral("%1-%2").arg(wished).arg(number);
    return name;
}

/// The WAL goes first: it must never stand beside a file that it does not belong to.
Outcome exchange(const QString &path, const QString &aside)
{
    Files &files = Files::used();
    if (files.exists(walOf(path)))
        if (const Outcome moved = files.rename(walOf(path), walOf(aside)); !moved)
            return moved;
    if (const Outcome removed = files.remove(path + QStringLiteral("-shm")); !removed)
        return removed;
    if (files.exists(path))
        if (const Outcome moved = files.rename(path, aside); !moved)
            return moved;
    return files.rename(finished(path), path);
}

Salvage::Sources openSources(const QString &path, const Schema &schema, const QDate &today)
{
    const Files &files = Files::used();
    const auto reading =
        files.size(walOf(path)) > 0 ? Database::Reading::Living : Database::Reading::Still;
    Salvage::Sources sources{nullptr, rawPages(path), false,
                             Backups(path, schema).newestGood(today)};
    sources.lostCommits = sources.raw.hasLostCommits();
    if (files.size(path) == 0) // SQLite would throw its WAL away
        return sources;
    if (auto file = Database::openReading(path, schema, reading))
        sources.file = *std::move(file);
    return sources;
}

} // namespace

Expected<Salvaged> Salvage::mend(const QString &path, const Schema &schema, const QDate &today,
                                 const Fill &fill)
{
    const QString making = unfinished(path);
    if (const Outcome removed = removeWithCompanions(making); !removed)
        return removed.error();
    Salvaged report;
    {
        auto fresh = Database::open(making, schema);
        if (!fresh)
            return fresh.error();
        Sources sources = openSources(path, schema, today);
        Salvage salvage(**fresh);
        const Outcome filled = (*fresh)->transact([&]() -> Outcome {
            const Outcome taken = fill(sources, salvage);
            return taken && salvage.trouble() ? Outcome(*salvage.trouble()) : taken;
        });
        if (!filled)
            return filled.error();
        report = salvage.report;
    }
    Files &files = Files::used();
    if (const Outcome synced = files.sync(making); !synced)
        return synced.error();
    const bool there = files.exists(path) || files.exists(walOf(path));
    const QString aside = freeName(path, today);
    if (const Outcome whole = files.rename(making, finished(path)); !whole)
        return whole.error();
    if (const Outcome exchanged = exchange(path, aside); !exchanged)
        return exchanged.error();
    report.damagedFile = there ? aside : QString();
    return report;
}

Expected<bool> Salvage::finishMending(const QString &path, const QDate &today)
{
    if (!Files::used().exists(finished(path)))
        return false;
    const Outcome exchanged = exchange(path, freeName(path, today));
    return exchanged ? Expected(true) : exchanged.error();
}

bool Salvage::isLost(const QString &path, const Schema &schema)
{
    const Files &files = Files::used();
    return files.size(path) == 0 &&
           (files.size(walOf(path)) > 0 || !Backups(path, schema).dates().isEmpty());
}

bool Salvage::endedUncleanly(const QString &path)
{
    return Files::used().size(walOf(path)) > 0;
}

bool Salvage::hasLostCommits(const QString &path)
{
    return endedUncleanly(path) && rawPages(path).hasLostCommits();
}

Salvage::Salvage(Database &fresh)
    : m_fresh(fresh)
{
}

Expected<QStringList> Salvage::tables()
{
    Expected<QSqlQuery> rows = m_fresh.run(QStringLiteral(
        "SELECT t.name, EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name)) AS refers"
        " FROM sqlite_schema AS t"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY refers"));
    if (!rows)
        return rows.error();
    QStringList names;
    while (rows->next())
        names += rows->value(0).toString();
    return names;
}

QStringList Salvage::columnsOf(Database &database, const QString &table) const
{
    QStringList columns;
    Expected<QSqlQuery> rows =
        database.run(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table});
    while (rows && rows->next())
        columns += rows->value(0).toString();
    return columns;
}

bool Salvage::copyTable(Database &from, const QString &table, const Proof &proof)
{
    const QStringList there = columnsOf(from, table);
    QStringList columns = columnsOf(m_fresh, table);
    columns.removeIf([&](const QString &column) { return !there.contains(column); });
    if (columns.isEmpty()) { // an older schema without it, or a damaged one
        ++report.unreadable;
        return false;
    }
    const qint64 before = report.unreadable;
    if (!scan(from, table, columns, From::Start, proof)) {
        ++report.unreadable;
        scan(from, table, columns, From::End, proof);
    }
    return report.unreadable == before;
}

/// Whether it came to the other end.
bool Salvage::scan(Database &from, const QString &table, const QStringList &columns, From end,
                   const Proof &proof)
{
    const QString all = QStringLiteral("SELECT \"%1\" FROM \"%2\" NOT INDEXED")
                            .arg(columns.join(QStringLiteral("\", \"")), table);
    Expected<QSqlQuery> rows =
        from.run(end == From::Start ? all : all + QStringLiteral(" ORDER BY rowid DESC"));
    if (!rows && end == From::End) // a table without rowid is ordered by its key
        rows = from.run(all.chopped(12) + QStringLiteral(" ORDER BY 1 DESC"));
    if (!rows)
        return false;
    while (rows->next()) {
        Row row;
        for (qsizetype i = 0; i < columns.size(); ++i)
            row.insert(columns[i], rows->value(int(i)));
        if (const std::optional<Row> proven = proof(std::move(row)))
            take(table, *proven);
        else
            ++report.unreadable;
    }
    return bool(Database::finished(*rows));
}

bool Salvage::take(const QString &table, const Row &row)
{
    const QStringList columns = row.keys();
    const QString sql =
        QStringLiteral("INSERT OR IGNORE INTO \"%1\" (\"%2\") VALUES (%3)")
            .arg(table, columns.join(QStringLiteral("\", \"")),
                 QStringList(columns.size(), QStringLiteral("?")).join(QStringLiteral(", ")));
    const Expected<QSqlQuery *> insert = m_fresh.prepared(sql);
    const Outcome ran = insert ? Database::execute(**insert, row.values()) : insert.error();
    if (!ran && ran.error().code == ErrorCode::DiskFull)
        m_trouble = ran.error();
    return ran && (*insert)->numRowsAffected() > 0;
}

Expected<qint64> Salvage::count(const QString &table)
{
    Expected<QSqlQuery> rows =
        m_fresh.run(QStringLiteral("SELECT count(*) FROM \"%1\"").arg(table));
    if (!rows)
        return rows.error();
    return rows->next() ? rows->value(0).toLongLong() : 0;
}

} // namespace simmer::storage
