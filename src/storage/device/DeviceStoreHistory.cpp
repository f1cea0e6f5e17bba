// SPDX-License-Identifier: GPL-3.0-or-later
// What of a device's log is part of no timer any more: the kitchen's history, and what the server
// refused.
#include "storage/Database.h"
#include "storage/device/DeviceStore.h"
#include "timers/OpCodec.h"

#include <utility>

namespace simmer::storage {

Outcome DeviceStore::checkSnapshot(const QList<timers::StampedOp> &kept,
                                   const timers::Cursor &base) const
{
    if (base.epoch != m_cursor.epoch || base.seq <= m_cursor.seq)
        return Error{ErrorCode::BadChain, QStringLiteral("the snapshot is of another log"), {}};
    qint64 before = 0;
    for (const timers::StampedOp &stamped : kept)
        if (stamped.seq <= std::exchange(before, stamped.seq) || stamped.seq > base.seq)
            return Error{ErrorCode::BadChain, QStringLiteral("the snapshot is in disorder"), {}};
    return done();
}

Outcome DeviceStore::wake(const QString &subject, QSet<QString> &woken)
{
    const Expected<QSqlQuery> awake = m_database->run(
        QStringLiteral("UPDATE ops SET rests = 0 WHERE subject = ? AND rests = 1 AND apart = 0"),
        {subject});
    if (awake && awake->numRowsAffected() > 0)
        woken.insert(subject);
    return awake ? done() : Outcome(awake.error());
}

/// Stood in the log here, and does not in the server's any more.
Outcome DeviceStore::leave(const timers::StampedOp &stamped)
{
    const Expected<QSqlQuery> left = m_database->run(
        timers::timerOf(stamped.op) ? QStringLiteral("UPDATE ops SET apart = 1 WHERE id = ?")
                                    : QStringLiteral("UPDATE ops SET seq = NULL WHERE id = ?"),
        {stamped.op.id.toBytes()});
    return left ? done() : Outcome(left.error());
}

Expected<EarlierOps> DeviceStore::earlier(const EarlierPlace &before, qint64 mostTimers)
{
    const QString isEarlier =
        QStringLiteral("(rests = 1 OR apart = 1) AND id NOT IN (SELECT id FROM refused)");
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT subject, max(kt) AS newest FROM ops WHERE %1 GROUP BY subject"
                       " HAVING (newest, subject) < (?, ?)"
                       " ORDER BY newest DESC, subject DESC LIMIT ?")
            .arg(isEarlier),
        {before.kt, before.subject, mostTimers});
    if (!rows)
        return rows.error();
    EarlierOps earlier;
    while (rows->next()) {
        const QString subject = rows->value(0).toString();
        const auto read = this->read(QStringLiteral("subject = ? AND ") + isEarlier, {subject});
        if (!read)
            return read.error();
        earlier.ops += *read;
        earlier.next = EarlierPlace{rows->value(1).toLongLong(), subject};
    }
    const Outcome whole = rows->finished();
    return whole ? Expected(earlier) : whole.error();
}

Expected<TakenSnapshot> DeviceStore::takeSnapshot(const QList<timers::StampedOp> &kept,
                                                  const timers::Cursor &base)
{
    if (const Outcome checked = checkSnapshot(kept, base); !checked)
        return checked.error();
    const auto verified = read(QStringLiteral("seq IS NOT NULL AND apart = 0"));
    if (!verified)
        return verified.error();
    QHash<qint64, timers::StampedOp> here;
    for (const timers::StampedOp &stamped : *verified)
        here.insert(stamped.seq, stamped);
    TakenSnapshot taken;
    QSet<QString> woken;
    const Outcome written = m_database->transact([&]() -> Outcome {
        for (const timers::StampedOp &stamped : kept) {
            const auto known = here.constFind(stamped.seq);
            if (known != here.cend() && *known != stamped)
                return Error{ErrorCode::BadChain,
                             QStringLiteral("entry %1 is another op here").arg(stamped.seq),
                             {}};
            if (here.remove(stamped.seq) > 0)
                continue;
            taken.ops += stamped;
            if (const Outcome one = write(stamped, timers::canonical(stamped.op)); !one)
                return one;
            if (const Outcome one = wake(ids::toHex(stamped.op.subject), woken); !one)
                return one;
        }
        for (const timers::StampedOp &stamped : std::as_const(here)) {
            if (timers::timerOf(stamped.op))
                taken.parted += stamped;
            if (const Outcome one = leave(stamped); !one)
                return one;
        }
        return beginAt(base);
    });
    if (!written)
        return written.error();
    m_cursor = base;
    for (const QString &subject : std::as_const(woken)) {
        const auto awake = read(QStringLiteral("subject = ? AND apart = 0"), {subject});
        if (!awake)
            return awake.error();
        taken.ops = *awake + taken.ops;
    }
    return taken;
}

Expected<QList<timers::StampedOp>> DeviceStore::part(const QList<OpId> &ops)
{
    QList<timers::StampedOp> parted;
    const Outcome written = m_database->transact([&]() -> Outcome {
        for (const OpId &id : ops) {
            const auto found = read(QStringLiteral("id = ? AND apart = 0"), {id.toBytes()});
            if (!found)
                return found.error();
            for (const timers::StampedOp &stamped : *found) {
                if (!timers::timerOf(stamped.op))
                    continue;
                parted += stamped;
                if (const Outcome left = leave(stamped); !left)
                    return left;
            }
        }
        return done();
    });
    return written ? Expected(parted) : Expected<QList<timers::StampedOp>>(written.error());
}

Expected<QList<timers::StampedOp>> DeviceStore::refuse(const OpId &op, const QString &why)
{
    const Expected<QSqlQuery> noted = m_database->run(
        QStringLiteral("INSERT INTO refused (why, id) SELECT ?, id FROM ops WHERE id = ?"
                       " ON CONFLICT DO NOTHING"),
        {why, op.toBytes()});
    return noted ? part({op}) : Expected<QList<timers::StampedOp>>(noted.error());
}

Expected<QList<RefusedOp>> DeviceStore::refused()
{
    Expected<QSqlQuery> rows = m_database->run(QStringLiteral(
        "SELECT ops.body, refused.why FROM refused JOIN ops USING (id) ORDER BY ops.kt"));
    if (!rows)
        return rows.error();
    QList<RefusedOp> list;
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(0).toByteArray());
        if (!op)
            return Error::because(ErrorCode::StoreDamaged, QStringLiteral("an op is damaged"),
                                  op.error());
        list += {*std::move(op), rows->value(1).toString()};
    }
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(list) : whole.error();
}

} // namespace simmer::storage
