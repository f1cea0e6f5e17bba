// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/KitchenSalvage.h"

#include "storage/Database.h"
#include "storage/KitchenStore.h"
#include "timers/OpCodec.h"

#include <map>

namespace simmer::storage {

namespace {

const QString Kitchens = QStringLiteral("kitchens");
const QString Devices = QStringLiteral("devices");
const QString Log = QStringLiteral("log");
constexpr int IdBytes = 16;
constexpr int HashBytes = 32;

bool isBlob(const QVariant &value, qsizetype bytes)
{
    return value.typeId() == QMetaType::QByteArray && value.toByteArray().size() == bytes;
}

/// What was found of the log, in several versions where sources differ.
class Candidates
{
public:
    void add(const Row &row)
    {
        const LogEntry entry{row.value(QStringLiteral("seq")).toLongLong(),
                             row.value(QStringLiteral("kt")).toLongLong(),
                             row.value(QStringLiteral("chain")).toByteArray(),
                             row.value(QStringLiteral("body")).toByteArray()};
        QList<LogEntry> &known = m_entries[entry.seq];
        if (entry.seq > 0 && !known.contains(entry))
            known += entry;
    }
    void add(const QVariantList &record)
    {
        if (record.size() == 6 && isBlob(record[0], IdBytes) && isBlob(record[4], HashBytes))
            add(Row{{QStringLiteral("seq"), record[1]},
                    {QStringLiteral("kt"), record[3]},
                    {QStringLiteral("chain"), record[4]},
                    {QStringLiteral("body"), record[5]}});
    }

    /// The proven log, and behind it under new links whatever else is an op.
    QList<LogEntry> log() const
    {
        QList<LogEntry> log;
        QSet<OpId> taken;
        const auto append = [&](LogEntry entry) {
            const auto op = timers::opFromBytes(entry.body);
            if (!op || timers::canonical(*op) != entry.body || taken.contains(op->id))
                return;
            taken.insert(op->id);
            log += std::move(entry);
        };
        for (const auto &[seq, versions] : m_entries) {
            const QByteArray before = log.isEmpty() ? QByteArray() : log.constLast().chain;
            const auto proven =
                std::find_if(versions.cbegin(), versions.cend(), [&](const LogEntry &entry) {
                    return entry.chain == timers::nextLink(before, entry.body, entry.kt);
                });
            if (seq != log.size() + 1 || proven == versions.cend())
                break;
            append(*proven);
        }
        for (const auto &[seq, versions] : m_entries)
            for (const LogEntry &entry : versions) {
                const QByteArray before = log.isEmpty() ? QByteArray() : log.constLast().chain;
                append({log.size() + 1, entry.kt, timers::nextLink(before, entry.body, entry.kt),
                        entry.body});
            }
        return log;
    }
    qsizetype size() const { return qsizetype(m_entries.size()); }

private:
    std::map<qint64, QList<LogEntry>> m_entries;
};

/// Adds all that a file has; whether it gave all.
bool copyAll(Database &from, const QStringList &tables, Salvage &salvage, Candidates &candidates)
{
    bool whole = true;
    for (const QString &table : tables)
        whole = salvage.copyTable(from, table, [&](Row row) -> std::optional<Row> {
            if (table == Log)
                candidates.add(row);
            return row;
        }) && whole;
    return whole;
}

void takeRecord(const QVariantList &record, Salvage &salvage, Candidates &candidates)
{
    candidates.add(record);
    if (record.size() == 3 && isBlob(record[0], IdBytes) && isBlob(record[2], IdBytes) &&
        record[1].typeId() == QMetaType::QString)
        salvage.take(Kitchens, {{QStringLiteral("id"), record[0]},
                                {QStringLiteral("name"), record[1]},
                                {QStringLiteral("epoch"), record[2]}});
    if (record.size() == 5 && isBlob(record[0], IdBytes) && isBlob(record[1], IdBytes) &&
        isBlob(record[3], HashBytes))
        salvage.take(Devices, {{QStringLiteral("id"), record[0]},
                               {QStringLiteral("kitchen"), record[1]},
                               {QStringLiteral("name"), record[2]},
                               {QStringLiteral("token"), record[3]},
                               {QStringLiteral("joined"), record[4]}});
}

Outcome writeLog(const QList<LogEntry> &log, Salvage &salvage)
{
    Expected<QSqlQuery> kitchen =
        salvage.fresh().run(QStringLiteral("SELECT id FROM kitchens LIMIT 1"));
    if (!kitchen)
        return kitchen.error();
    if (!kitchen->next())
        return Error{ErrorCode::StoreDamaged,
                     QStringLiteral("nothing in it can be read, and there is no backup. Put a copy"
                                    " of kitchen.db in its place; or move it away to begin a new"
                                    " kitchen, which all devices have to join"),
                     {}};
    const QByteArray id = kitchen->value(0).toByteArray();
    kitchen->finish();
    for (const LogEntry &entry : log)
        salvage.take(Log, {{QStringLiteral("kitchen"), id},
                           {QStringLiteral("seq"), entry.seq},
                           {QStringLiteral("op"), timers::opFromBytes(entry.body)->id.toBytes()},
                           {QStringLiteral("kt"), entry.kt},
                           {QStringLiteral("chain"), entry.chain},
                           {QStringLiteral("body"), entry.body}});
    return done();
}

Outcome fillKitchen(Salvage::Sources &sources, Salvage &salvage)
{
    Expected<QStringList> tables = salvage.tables();
    if (!tables)
        return tables.error();
    Candidates candidates;
    bool whole = sources.file && copyAll(*sources.file, *tables, salvage, candidates);
    whole = whole && !sources.lostCommits;
    if (!whole)
        sources.raw.forEach(
            [&](const QVariantList &record) { takeRecord(record, salvage, candidates); });
    QList<LogEntry> log = candidates.log();
    salvage.report.ops = log.size();
    whole = whole && log.size() == candidates.size();
    if (!whole && sources.backup.database) {
        copyAll(*sources.backup.database, *tables, salvage, candidates);
        log = candidates.log();
        salvage.report.backup = sources.backup.date;
        salvage.report.opsFromBackup = log.size() - salvage.report.ops;
    }
    salvage.report.unreadable = whole ? 0 : 1;
    Expected<QSqlQuery> cleared = salvage.fresh().run(QStringLiteral("DELETE FROM log"));
    return cleared ? writeLog(log, salvage) : Outcome(cleared.error());
}

} // namespace

Expected<Salvaged> mendKitchen(const QString &path, const QDate &today)
{
    return Salvage::mend(path, KitchenStore::schema(), today, fillKitchen);
}

} // namespace simmer::storage
