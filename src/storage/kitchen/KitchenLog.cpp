// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/KitchenLog.h"

#include "storage/Database.h"
#include "timers/Lives.h"
#include "timers/OpCodec.h"

#include <algorithm>
#include <limits>

namespace simmer::storage {

namespace {

constexpr qsizetype Stride = 256;        // entries whose ids are in memory until then
constexpr qsizetype LeastFollowed = 256; // in one commit
constexpr qsizetype ProvenAtOnce = 4096; // entries, sorted with what is left of folded ones

template<class Row>
LogEntry readEntry(const Row &row)
{
    return {row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toByteArray(),
            row.value(3).toByteArray()};
}

/// `ops` are in the order of their seqs.
const timers::StampedOp *findIn(const QList<timers::StampedOp> &ops, qint64 seq)
{
    const auto found = std::lower_bound(
        ops.cbegin(), ops.cend(), seq,
        [](const timers::StampedOp &op, qint64 wanted) { return op.seq < wanted; });
    return found != ops.cend() && found->seq == seq ? &*found : nullptr;
}

/// The entries with these keys, but what damage took: the proof of the chain tells of that.
Outcome readOps(Database &database, qint64 first, qint64 last, QList<timers::StampedOp> &ops)
{
    Expected<Rows> rows = database.ask(
        QStringLiteral("SELECT seq, kt, body FROM log WHERE entry >= ? AND entry <= ?"),
        {first, last});
    if (!rows)
        return rows.error();
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(2).toByteArray());
        if (!op)
            return Error::because(ErrorCode::StoreBroken, QStringLiteral("an op is damaged"),
                                  op.error());
        ops += {*std::move(op), rows->value(1).toLongLong(), rows->value(0).toLongLong()};
    }
    return rows->finished();
}

} // namespace

KitchenLog::KitchenLog(Database &database, const KitchenId &kitchen, EntryKeys keys)
    : m_database(&database)
    , m_kitchen(kitchen.toBytes())
    , m_keys(keys)
    , m_index(database, keys)
{
}

Expected<KitchenLog> KitchenLog::open(Database &database, const KitchenId &kitchen)
{
    Expected<Rows> rows = database.ask(QStringLiteral("SELECT number FROM kitchens WHERE id = ?"),
                                       {kitchen.toBytes()});
    if (!rows)
        return rows.error();
    if (!rows->next() || rows->value(0).toLongLong() <= 0)
        return Error{ErrorCode::StoreBroken, QStringLiteral("a kitchen without a number"), {}};
    KitchenLog log(database, kitchen, EntryKeys(rows->value(0).toLongLong()));
    if (const Outcome read = log.reread(); !read)
        return read.error();
    return log;
}

Outcome KitchenLog::reread()
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT base, indexed FROM kitchens WHERE id = ?"), {m_kitchen});
    if (!rows)
        return rows.error();
    const bool any = rows->next();
    m_base = any ? rows->value(0).toLongLong() : 0;
    const qint64 indexed = any ? rows->value(1).toLongLong() : 0;
    const Expected<Tip> tip = readTip();
    if (!tip)
        return tip.error();
    m_tip = *tip;
    const Outcome read = m_index.reread(indexed);
    m_isUnsure = !read;
    return read;
}

/// The newest entry may be folded: then its seq and link are still known.
Expected<KitchenLog::Tip> KitchenLog::readTip() const
{
    Tip tip;
    Expected<Rows> log = m_database->ask(
        QStringLiteral("SELECT seq, chain, newest FROM log"
                       " WHERE entry > ? AND entry < ? ORDER BY entry DESC LIMIT 1"),
        {m_keys.of(0), m_keys.end()});
    Expected<Rows> folded =
        m_database->ask(QStringLiteral("SELECT seq, chain FROM folded WHERE kitchen = ?"
                                       " ORDER BY seq DESC LIMIT 1"),
                        {m_kitchen});
    if (!log || !folded)
        return log ? folded.error() : log.error();
    if (log->next())
        tip = {log->value(0).toLongLong(), log->value(1).toByteArray(), log->value(2).toLongLong()};
    if (folded->next() && folded->value(0).toLongLong() > tip.seq)
        tip = {folded->value(0).toLongLong(), folded->value(1).toByteArray(), tip.newest};
    const Outcome whole = log->finished();
    return whole ? Expected(tip) : whole.error();
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
    const Expected<std::optional<qint64>> seq = m_index.seqOf(op);
    if (!seq)
        return seq.error();
    if (!*seq)
        return std::optional<LogEntry>();
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE entry = ?"), {m_keys.of(**seq)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Error{ErrorCode::StoreDamaged,
                     QStringLiteral("entry %1 of the log is missing").arg(**seq),
                     {}};
    return std::optional(readEntry(*rows));
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

Expected<Appended> KitchenLog::appendOne(const Arrival &arrival, Tip &tip)
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
    const qint64 newest = std::max(entry.kt, tip.newest.value_or(entry.kt));
    const Expected<Rows> ran = m_database->ask(
        QStringLiteral("INSERT INTO log (entry, kitchen, seq, op, kt, newest, chain, timer, body)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {m_keys.of(entry.seq), m_kitchen, entry.seq, arrival.op.toBytes(), entry.kt, newest,
         entry.chain, arrival.timer ? QVariant(arrival.timer->toHex()) : QVariant(), entry.body});
    if (!ran)
        return ran.error();
    m_index.add(arrival.op, arrival.timer, entry.seq);
    tip = {entry.seq, entry.chain, newest};
    return Appended{std::move(entry), true};
}

Expected<QList<Appended>> KitchenLog::appendAll(const QList<Arrival> &arrivals, Tip &tip)
{
    QList<Appended> results;
    results.reserve(arrivals.size());
    for (const Arrival &arrival : arrivals) {
        Expected<Appended> one = appendOne(arrival, tip);
        if (!one)
            return one.error();
        results += *std::move(one);
    }
    return results;
}

/// Indexes about as much as came in, for some of the logs that lag: no commit waits for all.
Outcome KitchenLog::followLog(const QList<Batch> &batches, const QList<Tip> &tips)
{
    qsizetype budget = LeastFollowed;
    for (const Batch &batch : batches)
        budget += batch.arrivals.size();
    for (qsizetype i = 0; i < batches.size() && budget > 0; ++i) {
        OpIndex &index = batches[i].log->m_index;
        if (index.lag() < Stride)
            continue;
        budget -= index.lag();
        if (const Outcome followed = index.follow(tips[i].seq); !followed)
            return followed;
    }
    return done();
}

Outcome KitchenLog::rereadUnsure(const QList<Batch> &batches)
{
    for (const Batch &batch : batches)
        if (batch.log->m_isUnsure)
            if (const Outcome read = batch.log->reread(); !read)
                return read;
    return done();
}

Expected<QList<QList<Appended>>> KitchenLog::append(Database &database, const QList<Batch> &batches)
{
    if (const Outcome sure = rereadUnsure(batches); !sure)
        return sure.error();
    for (const Batch &batch : batches)
        batch.log->m_isUnsure = true; // until the end is known, also if something is thrown
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
        return followLog(batches, tips);
    });
    if (!written) { // a commit that failed may still have reached the disk
        const Outcome read = rereadUnsure(batches);
        return read ? written.error() : read.error();
    }
    for (qsizetype i = 0; i < batches.size(); ++i) {
        batches[i].log->m_tip = tips[i];
        batches[i].log->m_isUnsure = false;
    }
    return results;
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
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE entry > ? AND entry < ?"
                       " ORDER BY entry LIMIT ?"),
        {m_keys.of(afterSeq), m_keys.end(), qint64(mostEntries)});
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
    for (;;) {
        const auto more = proveSome(proven, ProvenAtOnce);
        if (!more)
            return more.error();
        if (!*more)
            return done();
    }
}

Expected<bool> KitchenLog::proveSome(Proven &proven, qsizetype most) const
{
    const qint64 end = std::min(m_tip.seq, proven.seq + most);
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT seq, kt, chain, body FROM log WHERE entry > ? AND entry <= ?"
                       " UNION ALL SELECT seq, NULL, chain, NULL FROM folded"
                       " WHERE kitchen = ? AND seq > ? AND seq <= ? ORDER BY seq"),
        {m_keys.of(proven.seq), m_keys.of(end), m_kitchen, proven.seq, end});
    if (!rows)
        return rows.error();
    const auto damaged = [&proven] {
        return Error{ErrorCode::StoreDamaged,
                     QStringLiteral("entry %1 of the log is damaged").arg(proven.seq + 1),
                     {}};
    };
    while (rows->next()) {
        const qint64 seq = rows->value(0).toLongLong();
        const QByteArray chain = rows->value(2).toByteArray();
        const bool isFolded = rows->value(3).isNull(); // of which only the link is left
        const auto follows = [&] {
            return chain == timers::nextLink(proven.chain, rows->value(3).toByteArray(),
                                             rows->value(1).toLongLong());
        };
        if (seq != proven.seq + 1 || (!isFolded && !follows()))
            return damaged();
        proven = {seq, chain};
    }
    if (const Outcome whole = rows->finished(); !whole)
        return whole.error();
    return proven.seq < end ? Expected<bool>(damaged()) : Expected(end < m_tip.seq);
}

Expected<QByteArray> KitchenLog::linkAt(qint64 seq) const
{
    if (seq == 0)
        return QByteArray();
    if (seq == m_tip.seq)
        return m_tip.chain;
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT chain FROM log WHERE entry = ?"
                       " UNION ALL SELECT chain FROM folded WHERE kitchen = ? AND seq = ?"),
        {m_keys.of(seq), m_kitchen, seq});
    if (!rows)
        return rows.error();
    if (rows->next())
        return rows->value(0).toByteArray();
    return Error{ErrorCode::NotFound, QStringLiteral("no entry %1").arg(seq), {}};
}

Expected<qint64> KitchenLog::countToBase() const
{
    return number(QStringLiteral("SELECT count(*) FROM log WHERE entry > ? AND entry <= ?"),
                  {m_keys.of(0), m_keys.of(m_base)});
}

Expected<qint64> KitchenLog::count() const
{
    return number(QStringLiteral("SELECT count(*) FROM log WHERE entry > ? AND entry < ?"),
                  {m_keys.of(0), m_keys.end()});
}

Expected<qint64> KitchenLog::countLives() const
{
    return number(QStringLiteral("SELECT count(*) FROM history WHERE kitchen = ?"), {m_kitchen});
}

Expected<QList<std::pair<qint64, TimerId>>> KitchenLog::timersBetween(qint64 after, qint64 upTo,
                                                                      qsizetype most) const
{
    Expected<QSqlQuery> rows =
        m_database->run(QStringLiteral("SELECT seq, timer FROM log WHERE entry > ? AND entry <= ?"
                                       " AND timer IS NOT NULL ORDER BY entry LIMIT ?"),
                        {m_keys.of(after), m_keys.of(upTo), qint64(most)});
    if (!rows)
        return rows.error();
    QList<std::pair<qint64, TimerId>> found;
    while (rows->next())
        if (const auto timer = TimerId::fromHex(rows->value(1).toString()))
            found.append({rows->value(0).toLongLong(), *timer});
    return found;
}

/// Who presses a timer mostly presses it again: ops that stand side by side are read at once.
Expected<QList<timers::StampedOp>> KitchenLog::opsOf(const TimerId &timer,
                                                     const QList<timers::StampedOp> &fresh) const
{
    Expected<QList<qint64>> seqs = m_index.seqsOf(timer);
    if (!seqs)
        return seqs.error();
    std::sort(seqs->begin(), seqs->end());
    QList<timers::StampedOp> ops;
    for (qsizetype i = 0; i < seqs->size();) {
        const qint64 first = seqs->at(i);
        if (const auto *known = findIn(fresh, first)) {
            ops += *known;
            ++i;
            continue;
        }
        qint64 last = first;
        while (++i < seqs->size() && seqs->at(i) == last + 1 && !findIn(fresh, last + 1))
            ++last;
        const Outcome read = readOps(*m_database, m_keys.of(first), m_keys.of(last), ops);
        if (!read)
            return read.error();
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
        const auto kept = m_database->ask(
            QStringLiteral("INSERT INTO folded (kitchen, seq, op, chain) SELECT kitchen, seq, op,"
                           " chain FROM log WHERE entry = ?"),
            {m_keys.of(stamped.seq)});
        const auto gone = m_database->ask(QStringLiteral("DELETE FROM log WHERE entry = ?"),
                                          {m_keys.of(stamped.seq)});
        const auto timer = timers::timerOf(stamped.op);
        const Outcome removed =
            m_index.remove(stamped.op.id, timer ? timer->toHex() : QString(), stamped.seq);
        if (!kept || !gone || !removed)
            return !kept ? kept.error() : !gone ? gone.error() : removed.error();
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
