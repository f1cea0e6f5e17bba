// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/KitchenSalvage.h"

#include "storage/Database.h"
#include "storage/kitchen/KitchenStore.h"
#include "timers/OpCodec.h"

#include <map>

namespace simmer::storage {

namespace {

const QString Kitchens = QStringLiteral("kitchens");
const QString Devices = QStringLiteral("devices");
const QString Log = QStringLiteral("log");
const QString Folded = QStringLiteral("folded");
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
    /// Of a folded op its id and its link are left.
    void addFolded(const Row &row)
    {
        const qint64 seq = row.value(QStringLiteral("seq")).toLongLong();
        if (seq > 0 && isBlob(row.value(QStringLiteral("op")), IdBytes) &&
            isBlob(row.value(QStringLiteral("chain")), HashBytes))
            m_folded.insert_or_assign(seq, row);
    }
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
        const bool isEntry = record.size() == 6 || record.size() == 7; // the newer with a timer
        if (record.size() == 4 && isBlob(record[0], IdBytes))
            addFolded(Row{{QStringLiteral("seq"), record[1]},
                          {QStringLiteral("op"), record[2]},
                          {QStringLiteral("chain"), record[3]}});
        if (isEntry && isBlob(record[0], IdBytes) && isBlob(record[4], HashBytes))
            add(Row{{QStringLiteral("seq"), record[1]},
                    {QStringLiteral("kt"), record[3]},
                    {QStringLiteral("chain"), record[4]},
                    {QStringLiteral("body"), record[5]}});
    }

    /// A log without gaps: what is left of each seq.
    struct Mended {
        QList<LogEntry> log;
        QList<Row> folded;
    };

    /// The proven log, and behind it under new links whatever else is an op, or was one.
    Mended mended() const
    {
        Mended mended;
        QSet<OpId> taken;
        Link tip;
        for (qint64 next = 1; takeProven(next, tip, mended, taken); ++next)
            tip.seq = next;
        for (const auto &[seq, row] : m_folded) {
            const OpId op = OpId::fromBytes(row.value(QStringLiteral("op")).toByteArray());
            if (taken.contains(op))
                continue;
            taken.insert(op);
            tip = {tip.seq + 1, timers::nextLink(tip.chain, op.toBytes(), 0)};
            mended.folded += foldedRow(row, tip);
        }
        for (const auto &[seq, versions] : m_entries)
            for (LogEntry entry : versions) {
                const auto op = soundOp(entry, taken);
                if (!op)
                    continue;
                taken.insert(*op);
                tip = {tip.seq + 1, timers::nextLink(tip.chain, entry.body, entry.kt)};
                entry.seq = tip.seq;
                entry.chain = tip.chain;
                mended.log += std::move(entry);
            }
        return mended;
    }
    qsizetype size() const { return qsizetype(m_entries.size()); }

private:
    struct Link {
        qint64 seq = 0;
        QByteArray chain;
    };

    static Row foldedRow(Row row, const Link &link)
    {
        row.insert(QStringLiteral("seq"), link.seq);
        row.insert(QStringLiteral("chain"), link.chain);
        return row;
    }
    /// The op of an entry that is whole and not taken yet.
    static std::optional<OpId> soundOp(const LogEntry &entry, const QSet<OpId> &taken)
    {
        const auto op = timers::opFromBytes(entry.body);
        const bool isSound = op && timers::canonical(*op) == entry.body && !taken.contains(op->id);
        return isSound ? std::optional(op->id) : std::nullopt;
    }
    /// Takes what is at `seq` when it follows the tip; of a folded op nothing can prove that but
    /// the entry after it.
    bool takeProven(qint64 seq, Link &tip, Mended &mended, QSet<OpId> &taken) const
    {
        if (const auto versions = m_entries.find(seq); versions != m_entries.end())
            for (const LogEntry &entry : versions->second) {
                const auto op = soundOp(entry, taken);
                if (!op || entry.chain != timers::nextLink(tip.chain, entry.body, entry.kt))
                    continue;
                taken.insert(*op);
                tip.chain = entry.chain;
                mended.log += entry;
                return true;
            }
        const auto folded = m_folded.find(seq);
        if (folded == m_folded.end())
            return false;
        tip.chain = folded->second.value(QStringLiteral("chain")).toByteArray();
        taken.insert(OpId::fromBytes(folded->second.value(QStringLiteral("op")).toByteArray()));
        mended.folded += foldedRow(folded->second, {seq, tip.chain});
        return true;
    }

    std::map<qint64, QList<LogEntry>> m_entries;
    std::map<qint64, Row> m_folded;
};

/// Adds all that a file has; whether it gave all.
bool copyAll(Database &from, const QStringList &tables, Salvage &salvage, Candidates &candidates)
{
    bool whole = true;
    for (const QString &table : tables)
        whole = salvage.copyTable(from, table, [&](Row row) -> std::optional<Row> {
            if (table == Log)
                candidates.add(row);
            if (table == Folded)
                candidates.addFolded(row);
            return row;
        }) && whole;
    return whole;
}

void takeRecord(const QVariantList &record, Salvage &salvage, Candidates &candidates)
{
    candidates.add(record);
    const bool isShort = record.size() == 3 || record.size() == 4; // the newer with its base
    if (isShort && isBlob(record[0], IdBytes) && isBlob(record[2], IdBytes) &&
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

Outcome writeLog(const Candidates::Mended &mended, Salvage &salvage)
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
    for (const LogEntry &entry : mended.log) {
        const auto op = timers::opFromBytes(entry.body);
        const auto timer = timers::timerOf(*op);
        salvage.take(Log,
                     {{QStringLiteral("kitchen"), id},
                      {QStringLiteral("seq"), entry.seq},
                      {QStringLiteral("op"), op->id.toBytes()},
                      {QStringLiteral("kt"), entry.kt},
                      {QStringLiteral("chain"), entry.chain},
                      {QStringLiteral("body"), entry.body},
                      {QStringLiteral("timer"), timer ? QVariant(timer->toHex()) : QVariant()}});
    }
    qint64 base = 0;
    for (Row row : mended.folded) {
        row.insert(QStringLiteral("kitchen"), id);
        base = std::max(base, row.value(QStringLiteral("seq")).toLongLong());
        salvage.take(Folded, row);
    }
    const Expected<QSqlQuery> based =
        salvage.fresh().run(QStringLiteral("UPDATE kitchens SET base = ?"), {base});
    return based ? done() : Outcome(based.error());
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
    Candidates::Mended mended = candidates.mended();
    salvage.report.ops = mended.log.size();
    whole = whole && mended.log.size() == candidates.size();
    if (!whole && sources.backup.database) {
        copyAll(*sources.backup.database, *tables, salvage, candidates);
        mended = candidates.mended();
        salvage.report.backup = sources.backup.date;
        salvage.report.opsFromBackup = mended.log.size() - salvage.report.ops;
    }
    salvage.report.unreadable = whole ? 0 : 1;
    for (const QString &table : {Log, Folded}) {
        const Expected<QSqlQuery> cleared =
            salvage.fresh().run(QStringLiteral("DELETE FROM ") + table);
        if (!cleared)
            return cleared.error();
    }
    return writeLog(mended, salvage);
}

} // namespace

Expected<Salvaged> mendKitchen(const QString &path, const QDate &today)
{
    return Salvage::mend(path, KitchenStore::schema(), today, fillKitchen);
}

} // namespace simmer::storage
