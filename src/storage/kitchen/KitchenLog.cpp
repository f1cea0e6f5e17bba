// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/KitchenLog.h"

#include "storage/Database.h"
#include "timers/Lives.h"
#include "timers/OpCodec.h"

#include <algorithm>
#include <limits>

namespace simmer::storage {

namespace {

LogEntry readEntry(const Rows &row)
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
    if (const Outcome read = log.reread(); !read)
        return read.error();
    return log;
}

/// The newest entry may be folded: then its seq and link are still known.
Outcome KitchenLog::reread()
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT seq, chain FROM (SELECT seq, chain FROM log WHERE kitchen = ?"
                       " ORDER BY seq DESC LIMIT 1) UNION ALL SELECT seq, chain FROM"
                       " (SELECT seq, chain FROM folded WHERE kitchen = ?"
                       " ORDER BY seq DESC LIMIT 1) ORDER BY seq DESC LIMIT 1"),
        {m_kitchen, m_kitchen});
    if (!rows)
        return rows.error();
    m_tip = rows->next() ? Tip{rows->value(0).toLongLong(), rows->value(1).toByteArray()} : Tip();
    rows->finish();
    const auto base = number(QStringLiteral("SELECT base FROM kitchens WHERE id = ?"), {m_kitchen});
    if (!base)
        return base.error();
    m_base = *base;
    return done();
}

Expected<qint64> KitchenLog::number(const QString &sql, const QVariantList &values) const
{
    Expected<Rows> rows = m_database->ask(sql, values);
    if (!rows)
        return rows.error();
    return rows->next() ? rows->value(0).toLongLong() : 0;
}

Expected<std::optional<LogEntry>> KitchenLog::find(const OpId &op) const
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE kitchen = ? AND op = ?"),
        {m_kitchen, op.toBytes()});
    if (!rows)
        return rows.error();
    return rows->next() ? std::optional(readEntry(*rows)) : std::nullopt;
}

Expected<bool> KitchenLog::isHistory(const OpId &op) const
{
    const auto folded =
        number(QStringLiteral("SELECT count(*) FROM folded WHERE kitchen = ? AND op = ?"),
               {m_kitchen, op.toBytes()});
    return folded ? Expected<bool>(*folded > 0) : Expected<bool>(folded.error());
}

/// Where an op that is not in the log stands. Into what is history nothing is written any more;
/// after it an op counts from the first start on (timers/Lives.h).
Expected<Standing> KitchenLog::standingOf(const Arrival &arrival, qint64 kt) const
{
    if (m_base == 0)
        return Standing::InLog;
    const Expected<bool> folded = isHistory(arrival.op);
    if (!folded)
        return folded.error();
    if (*folded)
        return Standing::InHistory;
    if (!arrival.timer)
        return Standing::InLog;
    const QVariantList timer{m_kitchen, arrival.timer->toHex()};
    const auto lives = number(
        QStringLiteral("SELECT count(*) FROM history WHERE kitchen = ? AND timer = ?"), timer);
    const auto newest = number(
        QStringLiteral("SELECT max(newest) FROM history WHERE kitchen = ? AND timer = ?"), timer);
    const auto op = timers::opFromBytes(arrival.body);
    if (!lives || !newest || !op)
        return !lives ? lives.error() : !newest ? newest.error() : op.error();
    if (*lives == 0)
        return Standing::InLog;
    if (kt <= *newest)
        return Standing::TooLate;
    if (timers::beginsAnew(*op))
        return Standing::InLog;
    const auto ops = opsOf(*arrival.timer);
    if (!ops)
        return ops.error();
    const bool follows = !ops->isEmpty() && timers::before(ops->constFirst(), {*op, kt, 0});
    return follows ? Standing::InLog : Standing::TooLate;
}

Expected<Appended> KitchenLog::appendOne(const Arrival &arrival, Tip &tip) const
{
    Expected<std::optional<LogEntry>> known = find(arrival.op);
    if (!known)
        return known.error();
    if (*known)
        return Appended{**std::move(known), false};
    LogEntry entry{tip.seq + 1, std::min(arrival.at, arrival.notAfter), {}, arrival.body};
    const Expected<Standing> standing = standingOf(arrival, entry.kt);
    if (!standing)
        return standing.error();
    if (*standing != Standing::InLog)
        return Appended{{}, false, *standing};
    entry.chain = timers::nextLink(tip.chain, entry.body, entry.kt);
    const Expected<Rows> ran = m_database->ask(
        QStringLiteral("INSERT INTO log (kitchen, seq, op, kt, chain, body, timer)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)"),
        {m_kitchen, entry.seq, arrival.op.toBytes(), entry.kt, entry.chain, entry.body,
         arrival.timer ? QVariant(arrival.timer->toHex()) : QVariant()});
    if (!ran)
        return ran.error();
    tip = {entry.seq, entry.chain};
    return Appended{std::move(entry), true};
}

Expected<QList<Appended>> KitchenLog::appendAll(const QList<Arrival> &arrivals, Tip &tip) const
{
    QList<Appended> results;
    for (const Arrival &arrival : arrivals) {
        Expected<Appended> one = appendOne(arrival, tip);
        if (!one)
            return one.error();
        results += *std::move(one);
    }
    return results;
}

Expected<QList<QList<Appended>>> KitchenLog::append(Database &database, const QList<Batch> &batches)
{
    QList<Tip> tips;
    QList<QList<Appended>> results;
    const Outcome written = database.transact([&]() -> Outcome {
        for (const Batch &batch : batches) {
            tips += batch.log->m_tip;
            auto all = batch.log->appendAll(batch.arrivals, tips.last());
            if (!all)
                return all.error();
            results += *std::move(all);
        }
        return done();
    });
    if (written) {
        for (qsizetype i = 0; i < batches.size(); ++i)
            batches[i].log->m_tip = tips[i];
        return results;
    }
    // A commit that failed may still have reached the disk: what the file says now counts.
    for (const Batch &batch : batches)
        if (const Outcome read = batch.log->reread(); !read)
            return read.error();
    return written.error();
}

Expected<QList<Appended>> KitchenLog::append(const QList<Arrival> &arrivals)
{
    Expected<QList<QList<Appended>>> results = append(*m_database, {{this, arrivals}});
    if (!results)
        return results.error();
    return results->takeFirst();
}

Expected<LogPage> KitchenLog::page(qint64 afterSeq, qsizetype mostEntries,
                                   qsizetype mostBytes) const
{
    Expected<Rows> rows =
        m_database->ask(QStringLiteral("SELECT seq, kt, chain, body FROM log"
                                       " WHERE kitchen = ? AND seq > ? ORDER BY seq LIMIT ?"),
                        {m_kitchen, afterSeq, qint64(mostEntries)});
    if (!rows)
        return rows.error();
    LogPage page{{}, m_tip.seq};
    for (qsizetype bytes = 0; rows->next();) {
        LogEntry entry = readEntry(*rows);
        bytes += entry.body.size();
        if (bytes > mostBytes && !page.entries.isEmpty())
            break;
        page.entries += std::move(entry);
    }
    const Outcome whole = rows->finished();
    return whole ? Expected(page) : whole.error();
}

Outcome KitchenLog::prove() const
{
    Proven proven;
    const auto more = proveSome(proven, std::numeric_limits<qsizetype>::max());
    return more ? done() : Outcome(more.error());
}

Expected<bool> KitchenLog::proveSome(Proven &proven, qsizetype most) const
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE kitchen = ? AND seq > ?"
                       " UNION ALL SELECT seq, NULL, chain, NULL FROM folded"
                       " WHERE kitchen = ? AND seq > ? ORDER BY seq LIMIT ?"),
        {m_kitchen, proven.seq, m_kitchen, proven.seq, qint64(most)});
    if (!rows)
        return rows.error();
    qsizetype count = 0;
    for (; rows->next(); ++count) {
        const qint64 seq = rows->value(0).toLongLong();
        const QByteArray chain = rows->value(2).toByteArray();
        const bool isFolded = rows->value(3).isNull(); // of which only the link is left
        const auto follows = [&] {
            return chain == timers::nextLink(proven.chain, rows->value(3).toByteArray(),
                                             rows->value(1).toLongLong());
        };
        if (seq != proven.seq + 1 || (!isFolded && !follows()))
            return Error{ErrorCode::StoreDamaged,
                         QStringLiteral("entry %1 of the log is damaged").arg(proven.seq + 1),
                         {}};
        proven = {seq, chain};
    }
    if (const Outcome whole = rows->finished(); !whole)
        return whole.error();
    return count == most;
}

Expected<std::optional<qint64>> KitchenLog::newest() const
{
    Expected<QSqlQuery> rows =
        m_database->run(QStringLiteral("SELECT max(kt) FROM log WHERE kitchen = ?"), {m_kitchen});
    if (!rows)
        return rows.error();
    const bool any = rows->next() && !rows->isNull(0);
    return any ? std::optional(rows->value(0).toLongLong()) : std::nullopt;
}

Expected<QByteArray> KitchenLog::linkAt(qint64 seq) const
{
    if (seq == 0)
        return QByteArray();
    if (seq == m_tip.seq)
        return m_tip.chain;
    for (const QLatin1String table : {QLatin1String("log"), QLatin1String("folded")}) {
        Expected<QSqlQuery> rows = m_database->run(
            QStringLiteral("SELECT chain FROM %1 WHERE kitchen = ? AND seq = ?").arg(table),
            {m_kitchen, seq});
        if (!rows)
            return rows.error();
        if (rows->next())
            return rows->value(0).toByteArray();
    }
    return Error{ErrorCode::NotFound, QStringLiteral("no entry %1").arg(seq), {}};
}

Expected<qint64> KitchenLog::countToBase() const
{
    return number(QStringLiteral("SELECT count(*) FROM log WHERE kitchen = ? AND seq <= ?"),
                  {m_kitchen, m_base});
}

Expected<qint64> KitchenLog::count() const
{
    return number(QStringLiteral("SELECT count(*) FROM log WHERE kitchen = ?"), {m_kitchen});
}

Expected<qint64> KitchenLog::countLives() const
{
    return number(QStringLiteral("SELECT count(*) FROM history WHERE kitchen = ?"), {m_kitchen});
}

Expected<QList<std::pair<qint64, TimerId>>> KitchenLog::timersBetween(qint64 after, qint64 upTo,
                                                                      qsizetype most) const
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT seq, timer FROM log WHERE kitchen = ? AND seq > ? AND seq <= ?"
                       " AND timer IS NOT NULL ORDER BY seq LIMIT ?"),
        {m_kitchen, after, upTo, qint64(most)});
    if (!rows)
        return rows.error();
    QList<std::pair<qint64, TimerId>> found;
    while (rows->next())
        if (const auto timer = TimerId::fromHex(rows->value(1).toString()))
            found.append({rows->value(0).toLongLong(), *timer});
    return found;
}

Expected<QList<timers::StampedOp>> KitchenLog::opsOf(const TimerId &timer) const
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT seq, kt, body FROM log WHERE kitchen = ? AND timer = ?"),
        {m_kitchen, timer.toHex()});
    if (!rows)
        return rows.error();
    QList<timers::StampedOp> ops;
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(2).toByteArray());
        if (!op)
            return Error::because(ErrorCode::StoreBroken, QStringLiteral("an op is damaged"),
                                  op.error());
        ops += {*std::move(op), rows->value(1).toLongLong(), rows->value(0).toLongLong()};
    }
    std::sort(ops.begin(), ops.end(), timers::before);
    return ops;
}

Outcome KitchenLog::write(const EndedLife &life) const
{
    const QVariant none;
    const auto &place = life.place;
    const Expected<QSqlQuery> written = m_database->run(
        QStringLiteral("INSERT INTO history (kitchen, timer, newest, name, recipe, step, slot,"
                       " started, started_by, ended, ended_by, how)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {m_kitchen, life.timer.toHex(), life.newest, life.name,
         place ? place->recipe.toBytes() : none, place ? place->step : none,
         place ? place->slot : none, life.started, life.startedBy, life.ended, life.endedBy,
         int(life.how)});
    return written ? done() : Outcome(written.error());
}

Outcome KitchenLog::fold(const QList<timers::StampedOp> &ops, const QList<EndedLife> &lives)
{
    ++m_edition;
    qint64 base = m_base;
    for (const timers::StampedOp &stamped : ops) {
        for (const QLatin1String step :
             {QLatin1String("INSERT INTO folded (kitchen, seq, op, chain) SELECT kitchen, seq, op,"
                            " chain FROM log WHERE kitchen = ? AND seq = ?"),
              QLatin1String("DELETE FROM log WHERE kitchen = ? AND seq = ?")}) {
            const Expected<Rows> ran = m_database->ask(step, {m_kitchen, stamped.seq});
            if (!ran)
                return ran.error();
        }
        base = std::max(base, stamped.seq);
    }
    for (const EndedLife &life : lives)
        if (const Outcome written = write(life); !written)
            return written;
    m_base = base;
    const Expected<QSqlQuery> moved = m_database->run(
        QStringLiteral("UPDATE kitchens SET base = ? WHERE id = ?"), {base, m_kitchen});
    return moved ? done() : Outcome(moved.error());
}

} // namespace simmer::storage
