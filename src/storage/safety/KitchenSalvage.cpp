// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/KitchenSalvage.h"

#include "storage/Database.h"
#include "storage/kitchen/ServerStore.h"
#include "timers/OpCodec.h"

#include <map>

namespace simmer::storage {

namespace {

const QString Kitchens = QStringLiteral("kitchens");
const QString Devices = QStringLiteral("devices");
const QString Log = QStringLiteral("log");
const QString Folded = QStringLiteral("folded");
const QStringList Derived{QStringLiteral("ops_by_id"), QStringLiteral("ops_by_timer")};
const QString KitchenColumn = QStringLiteral("kitchen");
constexpr int IdBytes = 16;
constexpr int HashBytes = 32;

bool isBlob(const QVariant &value, qsizetype bytes)
{
    return value.typeId() == QMetaType::QByteArray && value.toByteArray().size() == bytes;
}

/// What was found of a kitchen's log, in several versions where sources differ.
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

/// Those of all kitchens.
class AllCandidates
{
public:
    void add(const Row &row) { of(row).add(row); }
    void addFolded(const Row &row) { of(row).addFolded(row); }
    void add(const QVariantList &record)
    {
        if (record.size() == 9) {
            addNew(record);
            return;
        }
        if (record.isEmpty() || !isBlob(record[0], IdBytes))
            return;
        const bool isEntry = record.size() == 6 || record.size() == 7; // the newer with a timer
        Row row{{KitchenColumn, record[0]}, {QStringLiteral("seq"), record.value(1)}};
        if (isEntry && isBlob(record[4], HashBytes)) {
            row.insert(QStringLiteral("kt"), record[3]);
            row.insert(QStringLiteral("chain"), record[4]);
            row.insert(QStringLiteral("body"), record[5]);
            add(row);
        } else if (record.size() == 4) {
            row.insert(QStringLiteral("op"), record[2]);
            row.insert(QStringLiteral("chain"), record[3]);
            addFolded(row);
        }
    }
    /// What is left of each kitchen, by its id.
    std::map<QByteArray, Candidates::Mended> mended() const
    {
        std::map<QByteArray, Candidates::Mended> all;
        for (const auto &[kitchen, candidates] : m_kitchens)
            all[kitchen] = candidates.mended();
        return all;
    }
    qsizetype size() const
    {
        qsizetype size = 0;
        for (const auto &[kitchen, candidates] : m_kitchens)
            size += candidates.size();
        return size;
    }

private:
    /// As entries are since they have keys, which stand outside of the record.
    void addNew(const QVariantList &record)
    {
        if (isBlob(record[1], IdBytes) && isBlob(record[6], HashBytes))
            add(Row{{KitchenColumn, record[1]},
                    {QStringLiteral("seq"), record[2]},
                    {QStringLiteral("kt"), record[4]},
                    {QStringLiteral("chain"), record[6]},
                    {QStringLiteral("body"), record[8]}});
    }
    Candidates &of(const Row &row) { return m_kitchens[row.value(KitchenColumn).toByteArray()]; }

    std::map<QByteArray, Candidates> m_kitchens;
};

using Mended = std::map<QByteArray, Candidates::Mended>;

qsizetype entriesIn(const Mended &mended)
{
    qsizetype entries = 0;
    for (const auto &[kitchen, one] : mended)
        entries += one.log.size();
    return entries;
}

void removeNumbers(Row &kitchen)
{
    kitchen.remove(QStringLiteral("number"));
    kitchen.remove(QStringLiteral("indexed"));
}

/// Adds all that a file has; whether it gave all.
bool copyAll(Database &from, const QStringList &tables, Salvage &salvage, AllCandidates &candidates)
{
    bool whole = true;
    for (const QString &table : tables)
        if (!Derived.contains(table))
            whole = salvage.copyTable(from, table, [&](Row row) -> std::optional<Row> {
                if (table == Log)
                    candidates.add(row);
                if (table == Folded)
                    candidates.addFolded(row);
                if (table == Kitchens) // those are of another file
                    removeNumbers(row);
                return row;
            }) && whole;
    return whole;
}

void takeKitchen(const QVariantList &record, Salvage &salvage)
{
    const bool fits =
        record.size() >= 3 && record.size() <= 7; // newer ones: base, when it was made, number …
    if (fits && isBlob(record[0], IdBytes) && isBlob(record[2], IdBytes) &&
        record[1].typeId() == QMetaType::QString)
        salvage.take(Kitchens, {{QStringLiteral("id"), record[0]},
                                {QStringLiteral("name"), record[1]},
                                {QStringLiteral("epoch"), record[2]},
                                {QStringLiteral("made"), record.value(4, 0)}});
}

/// As it was before devices had roles and keys, and as it is since.
void takeDevice(const QVariantList &record, Salvage &salvage)
{
    const bool isOld = record.size() == 5;
    if ((!isOld && record.size() != 8) || !isBlob(record[0], IdBytes) ||
        !isBlob(record[1], IdBytes))
        return;
    const QVariant key = isOld ? QVariant() : record[4];
    const QVariant token = isOld ? record[3] : record[5];
    if (!isBlob(key, HashBytes) && !isBlob(token, HashBytes))
        return;
    salvage.take(Devices, {{QStringLiteral("id"), record[0]},
                           {KitchenColumn, record[1]},
                           {QStringLiteral("name"), record[2]},
                           {QStringLiteral("role"), isOld ? 0 : record[3]},
                           {QStringLiteral("key"), key},
                           {QStringLiteral("token"), token},
                           {QStringLiteral("joined"), isOld ? record[4] : record[6]},
                           {QStringLiteral("seen"), isOld ? QVariant() : record[7]}});
}

void takeRecord(const QVariantList &record, Salvage &salvage, AllCandidates &candidates)
{
    candidates.add(record);
    takeKitchen(record, salvage);
    takeDevice(record, salvage);
}

void writeEntry(const QByteArray &kitchen, const EntryKeys &keys, const LogEntry &entry,
                qint64 newest, Salvage &salvage)
{
    const auto op = timers::opFromBytes(entry.body);
    const auto timer = timers::timerOf(*op);
    salvage.take(Log, {{QStringLiteral("entry"), keys.of(entry.seq)},
                       {KitchenColumn, kitchen},
                       {QStringLiteral("seq"), entry.seq},
                       {QStringLiteral("op"), op->id.toBytes()},
                       {QStringLiteral("kt"), entry.kt},
                       {QStringLiteral("newest"), newest},
                       {QStringLiteral("chain"), entry.chain},
                       {QStringLiteral("timer"), timer ? QVariant(timer->toHex()) : QVariant()},
                       {QStringLiteral("body"), entry.body}});
}

/// The kitchen gets a number of this file.
Outcome writeLog(const QByteArray &kitchen, const EntryKeys &keys, const Candidates::Mended &mended,
                 Salvage &salvage)
{
    qint64 newest = mended.log.isEmpty() ? 0 : mended.log.constFirst().kt;
    for (const LogEntry &entry : mended.log) {
        newest = std::max(newest, entry.kt);
        writeEntry(kitchen, keys, entry, newest, salvage);
    }
    qint64 base = 0;
    for (Row row : mended.folded) {
        row.insert(KitchenColumn, kitchen);
        base = std::max(base, row.value(QStringLiteral("seq")).toLongLong());
        salvage.take(Folded, row);
    }
    const Expected<QSqlQuery> numbered = salvage.fresh().run(
        QStringLiteral("UPDATE kitchens SET base = ?, number = ?, indexed = 0 WHERE id = ?"),
        {base, keys.number(), kitchen});
    if (!numbered)
        return numbered.error();
    const qint64 head = mended.log.isEmpty() ? 0 : mended.log.constLast().seq;
    return OpIndex(salvage.fresh(), keys).follow(head);
}

/// The ids of the kitchens that are known by name, the oldest first.
Expected<QList<QByteArray>> kitchensIn(Database &database)
{
    Expected<QSqlQuery> rows =
        database.run(QStringLiteral("SELECT id FROM kitchens ORDER BY made, id"));
    if (!rows)
        return rows.error();
    QList<QByteArray> kitchens;
    while (rows->next())
        kitchens += rows->value(0).toByteArray();
    return kitchens;
}

Outcome writeLogs(const Mended &mended, Salvage &salvage)
{
    const Expected<QList<QByteArray>> kitchens = kitchensIn(salvage.fresh());
    if (!kitchens)
        return kitchens.error();
    if (kitchens->isEmpty())
        return Error{ErrorCode::StoreDamaged,
                     QStringLiteral("nothing in it can be read, and there is no backup. Put a copy"
                                    " of kitchen.db in its place; or move it away to begin a new"
                                    " kitchen, which all devices have to join"),
                     {}};
    qint64 number = 0;
    for (const QByteArray &kitchen : *kitchens) {
        const auto found = mended.find(kitchen);
        const Outcome written =
            writeLog(kitchen, EntryKeys(++number),
                     found == mended.end() ? Candidates::Mended() : found->second, salvage);
        if (!written)
            return written;
    }
    return done();
}

Outcome fillKitchen(Salvage::Sources &sources, Salvage &salvage)
{
    Expected<QStringList> tables = salvage.tables();
    if (!tables)
        return tables.error();
    AllCandidates candidates;
    bool whole = sources.file && copyAll(*sources.file, *tables, salvage, candidates);
    whole = whole && !sources.lostCommits;
    if (!whole)
        sources.raw.forEach(
            [&](const QVariantList &record) { takeRecord(record, salvage, candidates); });
    Mended mended = candidates.mended();
    salvage.report.ops = entriesIn(mended);
    whole = whole && entriesIn(mended) == candidates.size();
    if (!whole && sources.backup.database) {
        copyAll(*sources.backup.database, *tables, salvage, candidates);
        mended = candidates.mended();
        salvage.report.backup = sources.backup.date;
        salvage.report.opsFromBackup = entriesIn(mended) - salvage.report.ops;
    }
    salvage.report.unreadable = whole ? 0 : 1;
    for (const QString &table : {Log, Folded, Derived[0], Derived[1]}) {
        const Expected<QSqlQuery> cleared =
            salvage.fresh().run(QStringLiteral("DELETE FROM ") + table);
        if (!cleared)
            return cleared.error();
    }
    return writeLogs(mended, salvage);
}

} // namespace

Expected<Salvaged> mendKitchen(const QString &path, const QDate &today)
{
    return Salvage::mend(path, ServerStore::schema(), today, fillKitchen);
}

} // namespace simmer::storage
