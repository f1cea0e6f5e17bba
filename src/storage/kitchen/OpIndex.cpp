// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/OpIndex.h"

#include "storage/Database.h"

namespace simmer::storage {

OpIndex::OpIndex(Database &database, EntryKeys keys)
    : m_database(&database)
    , m_keys(keys)
{
}

Outcome OpIndex::reread(qint64 indexed)
{
    m_indexed = indexed;
    clear();
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT op, timer, seq FROM log WHERE entry > ? AND entry < ?"),
        {m_keys.of(indexed), m_keys.end()});
    if (!rows)
        return rows.error();
    while (rows->next())
        add(OpId::fromBytes(rows->value(0).toByteArray()),
            TimerId::fromHex(rows->value(1).toString()), rows->value(2).toLongLong());
    return rows->finished();
}

void OpIndex::add(const OpId &op, const std::optional<TimerId> &timer, qint64 seq)
{
    m_fresh.insert(op, seq);
    if (timer)
        m_freshTimers.emplace_back(*timer, seq);
}

void OpIndex::clear()
{
    m_fresh.clear();
    m_freshTimers.clear();
}

Expected<std::optional<qint64>> OpIndex::seqOf(const OpId &op) const
{
    if (const auto fresh = m_fresh.constFind(op); fresh != m_fresh.cend())
        return std::optional(*fresh);
    if (m_indexed == 0)
        return std::optional<qint64>();
    Expected<Rows> rows =
        m_database->ask(QStringLiteral("SELECT seq FROM ops_by_id WHERE kitchen = ? AND op = ?"),
                        {m_keys.number(), op.toBytes()});
    if (!rows)
        return rows.error();
    return rows->next() ? std::optional(rows->value(0).toLongLong()) : std::nullopt;
}

Expected<QList<qint64>> OpIndex::seqsOf(const TimerId &timer) const
{
    QList<qint64> seqs;
    for (const auto &[about, seq] : m_freshTimers)
        if (about == timer)
            seqs += seq;
    if (m_indexed == 0)
        return seqs;
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT seq FROM ops_by_timer WHERE kitchen = ? AND timer = ?"),
        {m_keys.number(), timer.toHex()});
    if (!rows)
        return rows.error();
    while (rows->next())
        seqs += rows->value(0).toLongLong();
    const Outcome whole = rows->finished();
    return whole ? Expected(seqs) : whole.error();
}

/// In the order of the tables: neighbours go to the same page.
Outcome OpIndex::follow(qint64 head)
{
    const QVariantList stretch{m_keys.number(), m_keys.of(m_indexed), m_keys.of(head)};
    for (const QLatin1String step :
         {QLatin1String("INSERT INTO ops_by_id SELECT ?, op, seq FROM log"
                        " WHERE entry > ? AND entry <= ? ORDER BY op"),
          QLatin1String(
              "INSERT INTO ops_by_timer SELECT ?, timer, seq FROM log"
              " WHERE entry > ? AND entry <= ? AND timer IS NOT NULL ORDER BY timer, seq")})
        if (const auto ran = m_database->ask(step, stretch); !ran)
            return ran.error();
    const auto noted =
        m_database->ask(QStringLiteral("UPDATE kitchens SET indexed = ? WHERE number = ?"),
                        {head, m_keys.number()});
    if (!noted)
        return noted.error();
    m_indexed = head;
    clear();
    return done();
}

Outcome OpIndex::remove(const OpId &op, const QString &timer, qint64 seq)
{
    const auto byId =
        m_database->ask(QStringLiteral("DELETE FROM ops_by_id WHERE kitchen = ? AND op = ?"),
                        {m_keys.number(), op.toBytes()});
    const auto byTimer = m_database->ask(
        QStringLiteral("DELETE FROM ops_by_timer WHERE kitchen = ? AND timer = ? AND seq = ?"),
        {m_keys.number(), timer, seq});
    return !byId ? Outcome(byId.error()) : !byTimer ? Outcome(byTimer.error()) : done();
}

} // namespace simmer::storage
