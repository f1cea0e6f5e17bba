// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/KitchenLog.h"

#include "storage/Database.h"
#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::storage {

namespace {

LogEntry readEntry(const QSqlQuery &row)
{
    return {row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toByteArray(),
            row.value(3).toByteArray()};
}

} // namespace

KitchenLog::KitchenLog(Database &database, const KitchenId &kitchen)
    : m_database(&database)
    , m_kitchen(kitchen.toBytes())
{
}

Expected<KitchenLog> KitchenLog::open(Database &database, const KitchenId &kitchen)
{
    KitchenLog log(database, kitchen);
    if (const Outcome read = log.readTip(); !read)
        return read.error();
    return log;
}

Outcome KitchenLog::readTip()
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT seq, chain FROM log WHERE kitchen = ? ORDER BY seq DESC LIMIT 1"),
        {m_kitchen});
    if (!rows)
        return rows.error();
    m_tip = rows->next() ? Tip{rows->value(0).toLongLong(), rows->value(1).toByteArray()} : Tip();
    return done();
}

Expected<std::optional<LogEntry>> KitchenLog::find(const OpId &op) const
{
    const Expected<QSqlQuery *> query = m_database->prepared(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE kitchen = ? AND op = ?"));
    if (!query)
        return query.error();
    if (const Outcome ran = Database::execute(**query, {m_kitchen, op.toBytes()}); !ran)
        return ran.error();
    std::optional<LogEntry> entry;
    if ((*query)->next())
        entry = readEntry(**query);
    (*query)->finish();
    return entry;
}

Expected<Appended> KitchenLog::appendOne(const Arrival &arrival, Tip &tip) const
{
    Expected<std::optional<LogEntry>> known = find(arrival.op);
    if (!known)
        return known.error();
    if (*known)
        return Appended{**std::move(known), false};
    LogEntry entry{tip.seq + 1, std::min(arrival.at, arrival.notAfter), {}, arrival.body};
    entry.chain = timers::nextLink(tip.chain, entry.body, entry.kt);
    const Expected<QSqlQuery *> query =
        m_database->prepared(QStringLiteral("INSERT INTO log (kitchen, seq, op, kt, chain, body)"
                                            " VALUES (?, ?, ?, ?, ?, ?)"));
    if (!query)
        return query.error();
    const Outcome ran = Database::execute(
        **query, {m_kitchen, entry.seq, arrival.op.toBytes(), entry.kt, entry.chain, entry.body});
    if (!ran)
        return ran.error();
    tip = {entry.seq, entry.chain};
    return Appended{std::move(entry), true};
}

Expected<QList<Appended>> KitchenLog::append(const QList<Arrival> &arrivals)
{
    Tip tip = m_tip;
    QList<Appended> results;
    const Outcome written = m_database->transact([&]() -> Outcome {
        for (const Arrival &arrival : arrivals) {
            Expected<Appended> one = appendOne(arrival, tip);
            if (!one)
                return one.error();
            results += *std::move(one);
        }
        return done();
    });
    if (written) {
        m_tip = tip;
        return results;
    }
    // A commit that failed may still have reached the disk: what the file says now counts.
    if (const Outcome read = readTip(); !read)
        return read.error();
    return written.error();
}

Expected<LogPage> KitchenLog::page(qint64 afterSeq, qsizetype mostEntries,
                                   qsizetype mostBytes) const
{
    const Expected<QSqlQuery *> query =
        m_database->prepared(QStringLiteral("SELECT seq, kt, chain, body FROM log"
                                            " WHERE kitchen = ? AND seq > ? ORDER BY seq LIMIT ?"));
    if (!query)
        return query.error();
    if (const Outcome ran = Database::execute(**query, {m_kitchen, afterSeq, qint64(mostEntries)});
        !ran)
        return ran.error();
    LogPage page{{}, m_tip.seq};
    for (qsizetype bytes = 0; (*query)->next();) {
        LogEntry entry = readEntry(**query);
        bytes += entry.body.size();
        if (bytes > mostBytes && !page.entries.isEmpty())
            break;
        page.entries += std::move(entry);
    }
    const Outcome whole = Database::finished(**query);
    (*query)->finish();
    return whole ? Expected(page) : whole.error();
}

Outcome KitchenLog::prove() const
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE kitchen = ? ORDER BY seq"),
        {m_kitchen});
    if (!rows)
        return rows.error();
    Tip tip;
    while (rows->next()) {
        const LogEntry entry = readEntry(*rows);
        if (entry.seq != tip.seq + 1 ||
            entry.chain != timers::nextLink(tip.chain, entry.body, entry.kt))
            return Error{ErrorCode::StoreDamaged,
                         QStringLiteral("entry %1 of the log is damaged").arg(entry.seq),
                         {}};
        tip = {entry.seq, entry.chain};
    }
    return Database::finished(*rows);
}

Expected<QByteArray> KitchenLog::linkAt(qint64 seq) const
{
    if (seq == 0)
        return QByteArray();
    if (seq == m_tip.seq)
        return m_tip.chain;
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT chain FROM log WHERE kitchen = ? AND seq = ?"), {m_kitchen, seq});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Error{ErrorCode::NotFound, QStringLiteral("no entry %1").arg(seq), {}};
    return rows->value(0).toByteArray();
}

} // namespace simmer::storage
