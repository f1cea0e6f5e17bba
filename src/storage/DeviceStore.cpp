// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DeviceStore.h"

#include "storage/Database.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace simmer::storage {

namespace {

using K = QLatin1String;

constexpr qint32 DeviceFile = 0x53694465; // "SiDe"

const QString DeviceFact = QStringLiteral("device");
const QString CursorFact = QStringLiteral("cursor");
const QString MembershipFact = QStringLiteral("membership");

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QByteArray unhex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

QByteArray toBytes(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject toObject(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

} // namespace

DeviceStore::DeviceStore(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

DeviceStore::~DeviceStore() = default;

Expected<std::unique_ptr<DeviceStore>> DeviceStore::open(const QString &directory)
{
    if (!QDir().mkpath(directory))
        return Error{
            ErrorCode::FileUnreadable, QStringLiteral("%1 cannot be made").arg(directory), {}};
    QFile::setPermissions(directory,
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    Expected<std::unique_ptr<Database>> database =
        Database::open(QDir(directory).filePath(QStringLiteral("device.db")), schema());
    if (!database)
        return database.error();
    std::unique_ptr<DeviceStore> store(new DeviceStore(*std::move(database)));
    if (Outcome loaded = store->load(); !loaded)
        return loaded.error();
    return store;
}

Schema DeviceStore::schema()
{
    return {QStringLiteral("device"), DeviceFile};
}

Outcome DeviceStore::load()
{
    const auto device = fact(DeviceFact);
    if (!device)
        return device.error();
    m_device = device->has_value() ? DeviceId::fromBytes(**device) : DeviceId::random();
    if (!device->has_value())
        if (Outcome set = setFact(DeviceFact, m_device.toBytes()); !set)
            return set;
    const auto cursor = fact(CursorFact);
    if (!cursor)
        return cursor.error();
    const QJsonObject json = toObject(cursor->value_or(QByteArray()));
    m_cursor = {EpochId::fromBytes(unhex(json.value(K("epoch")))), json.value(K("seq")).toInteger(),
                unhex(json.value(K("chain")))};
    return loadMembership();
}

Outcome DeviceStore::loadMembership()
{
    const auto written = fact(MembershipFact);
    if (!written)
        return written.error();
    if (!written->has_value())
        return done();
    const QJsonObject json = toObject(**written);
    m_membership = Membership{QUrl(json.value(K("server")).toString()),
                              KitchenId::fromBytes(unhex(json.value(K("kitchen")))),
                              json.value(K("name")).toString(), unhex(json.value(K("token")))};
    return done();
}

Expected<QList<timers::StampedOp>> DeviceStore::read(const QString &where,
                                                     const QVariantList &values)
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT body, kt, coalesce(seq, 0) FROM ops WHERE ") + where, values);
    if (!rows)
        return rows.error();
    QList<timers::StampedOp> ops;
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(0).toByteArray());
        if (!op)
            return Error::because(ErrorCode::StoreBroken, QStringLiteral("an op is damaged"),
                                  op.error());
        ops += {*std::move(op), rows->value(1).toLongLong(), rows->value(2).toLongLong()};
    }
    return ops;
}

Expected<QList<timers::StampedOp>> DeviceStore::all()
{
    return read(QStringLiteral("apart = 0"));
}

Expected<QList<timers::StampedOp>> DeviceStore::apart()
{
    return read(QStringLiteral("apart = 1"));
}

Expected<QList<timers::StampedOp>> DeviceStore::awake()
{
    return read(QStringLiteral("rests = 0 AND apart = 0"));
}

Outcome DeviceStore::rest(const QList<QUuid> &subjects)
{
    return m_database->transact([&]() -> Outcome {
        for (const QUuid &subject : subjects) {
            const Expected<QSqlQuery> rested =
                m_database->run(QStringLiteral("UPDATE ops SET rests = 1 WHERE subject = ?"),
                                {ids::toHex(subject)});
            if (!rested)
                return rested.error();
        }
        return done();
    });
}

Expected<QList<timers::StampedOp>> DeviceStore::wake(const QList<timers::Op> &ops)
{
    QSet<QString> resting;
    for (const timers::Op &op : ops) {
        const QString subject = ids::toHex(op.subject);
        Expected<Rows> asked = m_database->ask(
            QStringLiteral("SELECT 1 FROM ops WHERE subject = ? AND rests = 1 AND apart = 0"
                           " LIMIT 1"),
            {subject});
        if (!asked)
            return asked.error();
        if (asked->next())
            resting.insert(subject);
    }
    QList<timers::StampedOp> woken;
    for (const QString &subject : std::as_const(resting)) {
        const Expected<QSqlQuery> awake = m_database->run(
            QStringLiteral("UPDATE ops SET rests = 0 WHERE subject = ?"), {subject});
        if (!awake)
            return awake.error();
        const auto read = this->read(QStringLiteral("subject = ? AND apart = 0"), {subject});
        if (!read)
            return read.error();
        woken += *read;
    }
    return woken;
}

Expected<QList<timers::StampedOp>> DeviceStore::wakeAll()
{
    auto rested = read(QStringLiteral("rests = 1 AND apart = 0"));
    if (!rested)
        return rested;
    const Expected<QSqlQuery> woken =
        m_database->run(QStringLiteral("UPDATE ops SET rests = 0 WHERE rests = 1"));
    return woken ? rested : woken.error();
}

Outcome DeviceStore::append(const timers::Op &op)
{
    const Expected<Rows> inserted =
        m_database->ask(QStringLiteral("INSERT INTO ops (id, kt, subject, body) VALUES (?, ?, ?, ?)"
                                       " ON CONFLICT DO NOTHING"),
                        {op.id.toBytes(), op.at, ids::toHex(op.subject), timers::canonical(op)});
    return inserted ? done() : Outcome(inserted.error());
}

Expected<QList<timers::Op>> DeviceStore::outbox(qsizetype most)
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT body FROM ops WHERE seq IS NULL AND apart = 0"
                       " AND id NOT IN (SELECT id FROM refused) ORDER BY kt LIMIT ?"),
        {most});
    if (!rows)
        return rows.error();
    QList<timers::Op> ops;
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(0).toByteArray());
        if (!op)
            return op.error();
        ops += *std::move(op);
    }
    return ops;
}

Expected<qint64> DeviceStore::waiting()
{
    Expected<Rows> rows =
        m_database->ask(QStringLiteral("SELECT count(*) FROM ops WHERE seq IS NULL AND apart = 0"
                                       " AND id NOT IN (SELECT id FROM refused)"));
    if (!rows)
        return rows.error();
    rows->next();
    return rows->value(0).toLongLong();
}

Expected<QList<timers::StampedOp>> DeviceStore::merge(const QList<timers::LogEntry> &entries)
{
    QList<timers::StampedOp> fresh;
    timers::Cursor cursor = m_cursor;
    const Outcome merged = m_database->transact([&]() -> Outcome {
        for (const timers::LogEntry &entry : entries) {
            if (entry.seq <= cursor.seq)
                continue;
            const QByteArray body = timers::canonical(entry.op);
            const QByteArray link = timers::nextLink(cursor.chain, body, entry.kt);
            if (entry.seq != cursor.seq + 1 || entry.chain != link)
                return Error{ErrorCode::BadChain,
                             QStringLiteral("entry %1 does not follow").arg(entry.seq),
                             {}};
            if (Outcome written = write({entry.op, entry.kt, entry.seq}, body); !written)
                return written;
            cursor.seq = entry.seq;
            cursor.chain = link;
            fresh += {entry.op, entry.kt, entry.seq};
        }
        return fresh.isEmpty() ? done() : keepCursor(cursor);
    });
    if (!merged)
        return merged.error();
    m_cursor = cursor;
    return fresh;
}

/// What the server's log has counts, whatever it was before.
Outcome DeviceStore::write(const timers::StampedOp &stamped, const QByteArray &body)
{
    const Expected<Rows> written = m_database->ask(
        QStringLiteral("INSERT INTO ops (id, kt, seq, subject, body) VALUES (?, ?, ?, ?, ?)"
                       " ON CONFLICT (id) DO UPDATE SET kt = excluded.kt, seq = excluded.seq, body "
                       "= excluded.body, apart = 0"),
        {stamped.op.id.toBytes(), stamped.kt, stamped.seq, ids::toHex(stamped.op.subject), body});
    return written ? done() : Outcome(written.error());
}

Outcome DeviceStore::keepCursor(const timers::Cursor &cursor)
{
    return setFact(CursorFact, toBytes({{K("epoch"), cursor.epoch.toHex()},
                                        {K("seq"), cursor.seq},
                                        {K("chain"), hex(cursor.chain)}}));
}

Outcome DeviceStore::restart(const EpochId &epoch)
{
    const timers::Cursor start{epoch, 0, {}};
    const Outcome restarted = m_database->transact([&]() -> Outcome {
        Expected<QSqlQuery> cleared =
            m_database->run(QStringLiteral("UPDATE ops SET seq = NULL WHERE seq IS NOT NULL"));
        return cleared ? keepCursor(start) : Outcome(cleared.error());
    });
    if (restarted)
        m_cursor = start;
    return restarted;
}

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
        return keepCursor(base);
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

Expected<QList<timers::StampedOp>> DeviceStore::correct(const BootId &boot, qint64 offsetMs)
{
    Expected<QSqlQuery> rows =
        m_database->run(QStringLiteral("SELECT body FROM ops WHERE seq IS NULL AND apart = 0"));
    if (!rows)
        return rows.error();
    QList<timers::StampedOp> moved;
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(0).toByteArray());
        if (!op)
            return op.error();
        if (op->boot != boot || op->at == op->bootMs + offsetMs)
            continue;
        op->at = op->bootMs + offsetMs;
        moved += {*op, op->at, 0};
    }
    rows->finish();
    const Outcome written = m_database->transact([&]() -> Outcome {
        for (const timers::StampedOp &stamped : std::as_const(moved)) {
            const Expected<QSqlQuery> updated = m_database->run(
                QStringLiteral("UPDATE ops SET kt = ?, body = ? WHERE id = ?"),
                {stamped.kt, timers::canonical(stamped.op), stamped.op.id.toBytes()});
            if (!updated)
                return updated.error();
        }
        return done();
    });
    return written ? Expected(moved) : Expected<QList<timers::StampedOp>>(written.error());
}

Expected<QList<timers::Ring>> DeviceStore::rings()
{
    Expected<QSqlQuery> rows =
        m_database->run(QStringLiteral("SELECT ring_key, timer, kind, at FROM rings"));
    if (!rows)
        return rows.error();
    QList<timers::Ring> rings;
    while (rows->next())
        rings +=
            timers::Ring{OpId::fromBytes(rows->value(0).toByteArray()),
                         TimerId::fromBytes(rows->value(1).toByteArray()),
                         timers::RingKind(rows->value(2).toInt()), rows->value(3).toLongLong()};
    return rings;
}

Expected<bool> DeviceStore::noteRing(const timers::Ring &ring)
{
    const Expected<Rows> noted = m_database->ask(
        QStringLiteral("INSERT INTO rings (ring_key, timer, kind, at) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT DO NOTHING"),
        {ring.key.toBytes(), ring.timer.toBytes(), int(ring.kind), ring.at});
    if (!noted)
        return noted.error();
    return noted->changed() > 0;
}

Outcome DeviceStore::forgetRing(const OpId &key)
{
    const Expected<QSqlQuery> gone =
        m_database->run(QStringLiteral("DELETE FROM rings WHERE ring_key = ?"), {key.toBytes()});
    return gone ? done() : Outcome(gone.error());
}

Expected<QList<timers::StampedOp>> DeviceStore::refuse(const OpId &op, const QString &why)
{
    const Expected<QSqlQuery> noted = m_database->run(
        QStringLiteral("INSERT INTO refused (why, id) SELECT ?, id FROM ops WHERE id = ?"
                       " ON CONFLICT DO NOTHING"),
        {why, op.toBytes()});
    return noted ? part({op}) : Expected<QList<timers::StampedOp>>(noted.error());
}

Expected<QList<Refusal>> DeviceStore::refusals()
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT body, why FROM refused JOIN ops USING (id) WHERE seq IS NULL"));
    if (!rows)
        return rows.error();
    QList<Refusal> refusals;
    while (rows->next()) {
        Expected<timers::Op> op = timers::opFromBytes(rows->value(0).toByteArray());
        if (!op)
            return op.error();
        refusals += Refusal{*std::move(op), rows->value(1).toString()};
    }
    return refusals;
}

Outcome DeviceStore::join(const Membership &membership)
{
    const Outcome set =
        setFact(MembershipFact, toBytes({{K("server"), membership.server.toString()},
                                         {K("kitchen"), membership.kitchen.toHex()},
                                         {K("name"), membership.kitchenName},
                                         {K("token"), hex(membership.token)}}));
    if (set)
        m_membership = membership;
    return set;
}

Outcome DeviceStore::renew()
{
    const DeviceId fresh = DeviceId::random();
    const Outcome set = setFact(DeviceFact, fresh.toBytes());
    if (set)
        m_device = fresh;
    return set;
}

Expected<std::optional<QByteArray>> DeviceStore::fact(const QString &name)
{
    Expected<Rows> rows =
        m_database->ask(QStringLiteral("SELECT value FROM facts WHERE name = ?"), {name});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return std::optional<QByteArray>();
    return std::optional(rows->value(0).toByteArray());
}

Outcome DeviceStore::setFact(const QString &name, const QByteArray &value)
{
    const Expected<Rows> set =
        m_database->ask(QStringLiteral("INSERT INTO facts (name, value) VALUES (?, ?)"
                                       " ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
                        {name, value});
    return set ? done() : Outcome(set.error());
}

} // namespace simmer::storage
