// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/device/DeviceStore.h"

#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/safety/DeviceSalvage.h"
#include "timers/OpCodec.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace simmer::storage {

namespace {

using K = QLatin1String;

constexpr qint32 DeviceFile = 0x53694465; // "SiDe"

const QString DeviceFact = QStringLiteral("device");
const QString CursorFact = QStringLiteral("cursor");
const QString BaseFact = QStringLiteral("base"); // what is older came with a snapshot, unproven
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

timers::Cursor cursorFrom(const QByteArray &bytes)
{
    const QJsonObject json = toObject(bytes);
    return {EpochId::fromBytes(unhex(json.value(K("epoch")))), json.value(K("seq")).toInteger(),
            unhex(json.value(K("chain")))};
}

Error damagedOp(const Error &cause)
{
    return Error::because(ErrorCode::StoreDamaged, QStringLiteral("an op is damaged"), cause);
}

} // namespace

DeviceStore::DeviceStore(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

DeviceStore::~DeviceStore() = default;

Schema DeviceStore::schema()
{
    return {QStringLiteral("device"), DeviceFile};
}

QString DeviceStore::fileIn(const QString &directory)
{
    return directory + QStringLiteral("/device.db");
}

Expected<std::unique_ptr<DeviceStore>> DeviceStore::open(const QString &directory,
                                                         const QDate &today)
{
    if (const Outcome made = Files::used().makeFolder(directory); !made)
        return made.error();
    const QString path = fileIn(directory);
    if (const auto ended = Salvage::finishMending(path, today); !ended)
        return ended.error();
    if (Salvage::isLost(path, schema()) || Salvage::hasLostCommits(path))
        return mend(directory, today);
    auto store = openSound(path);
    if (store || store.error().code != ErrorCode::StoreDamaged)
        return store;
    return mend(directory, today);
}

Expected<std::unique_ptr<DeviceStore>> DeviceStore::mend(const QString &directory,
                                                         const QDate &today)
{
    const QString path = fileIn(directory);
    const Expected<Salvaged> salvaged = mendDevice(path, today);
    if (!salvaged)
        return salvaged.error();
    auto store = openSound(path);
    if (store)
        (*store)->m_salvaged = *salvaged;
    return store;
}

Expected<std::unique_ptr<DeviceStore>> DeviceStore::openSound(const QString &path)
{
    const bool unclean = Salvage::endedUncleanly(path);
    Expected<std::unique_ptr<Database>> database = Database::open(path, schema());
    if (!database && database.error().code == ErrorCode::StoreNewer)
        return openNewer(path);
    if (!database)
        return database.error();
    std::unique_ptr<DeviceStore> store(new DeviceStore(*std::move(database)));
    if (Outcome loaded = store->load(); !loaded)
        return loaded.error();
    if (unclean && Files::used().size(path) <= ProvenBytes)
        if (const Outcome proven = store->prove(); !proven)
            return proven.error();
    return store;
}

/// Where its WAL still holds something SQLite has to look at that too.
Expected<std::unique_ptr<DeviceStore>> DeviceStore::openNewer(const QString &path)
{
    const auto reading =
        Salvage::endedUncleanly(path) ? Database::Reading::Living : Database::Reading::Still;
    Expected<std::unique_ptr<Database>> database = Database::openReading(path, schema(), reading);
    if (!database)
        return database.error();
    std::unique_ptr<DeviceStore> store(new DeviceStore(*std::move(database)));
    store->m_readOnly = true;
    if (Outcome loaded = store->load(); !loaded)
        return Error::because(
            ErrorCode::StoreNewer,
            QStringLiteral("%1: this kitchen's file was written by a newer Simmer").arg(path),
            loaded.error());
    return store;
}

/// Pages, indexes, every op, and the links of those that came from the server.
Outcome DeviceStore::prove()
{
    if (const Outcome whole = m_database->check(Database::Check::Full); !whole)
        return whole;
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT id, kt, seq, body FROM ops ORDER BY coalesce(seq, 0)"));
    if (!rows)
        return rows.error();
    const Error damaged{ErrorCode::StoreDamaged, QStringLiteral("an op is damaged"), {}};
    const auto base = fact(BaseFact);
    if (!base)
        return base.error();
    const timers::Cursor start = cursorFrom(base->value_or(QByteArray()));
    qint64 seq = start.seq;
    QByteArray link = start.chain;
    while (rows->next()) {
        const QByteArray body = rows->value(3).toByteArray();
        const Expected<timers::Op> op = timers::opFromBytes(body);
        if (!op || op->id.toBytes() != rows->value(0).toByteArray())
            return damaged;
        const qint64 next = rows->value(2).toLongLong();
        if (next <= start.seq) // also what is in no log yet
            continue;
        if (next != ++seq)
            return damaged;
        link = timers::nextLink(link, body, rows->value(1).toLongLong());
    }
    if (const Outcome whole = Database::finished(*rows); !whole)
        return whole;
    return seq == m_cursor.seq && link == m_cursor.chain ? done() : Outcome(damaged);
}

Outcome DeviceStore::load()
{
    const auto device = fact(DeviceFact);
    if (!device)
        return device.error();
    m_device = device->has_value() ? DeviceId::fromBytes(**device) : DeviceId::random();
    if (m_device.isNull())
        return Error{ErrorCode::StoreDamaged, QStringLiteral("the device's id is damaged"), {}};
    if (!device->has_value())
        if (Outcome set = setFact(DeviceFact, m_device.toBytes()); !set)
            return set;
    const auto cursor = fact(CursorFact);
    if (!cursor)
        return cursor.error();
    m_cursor = cursorFrom(cursor->value_or(QByteArray()));
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
                              json.value(K("name")).toString(),
                              unhex(json.value(K("token"))),
                              json.value(K("identity")).toString().toLatin1(),
                              unhex(json.value(K("server_key"))),
                              json.value(K("by_name")).toBool()};
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
            return damagedOp(op.error());
        ops += {*std::move(op), rows->value(1).toLongLong(), rows->value(2).toLongLong()};
    }
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(ops) : whole.error();
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
            return damagedOp(op.error());
        ops += *std::move(op);
    }
    const Outcome whole = rows->finished();
    return whole ? Expected(ops) : whole.error();
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
        return fresh.isEmpty() ? done() : keepCursor(CursorFact, cursor);
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

Outcome DeviceStore::keepCursor(const QString &name, const timers::Cursor &cursor)
{
    return setFact(name, toBytes({{K("epoch"), cursor.epoch.toHex()},
                                  {K("seq"), cursor.seq},
                                  {K("chain"), hex(cursor.chain)}}));
}

/// What comes after `base` is proven from there.
Outcome DeviceStore::beginAt(const timers::Cursor &base)
{
    const Outcome based = keepCursor(BaseFact, base);
    return based ? keepCursor(CursorFact, base) : based;
}

Outcome DeviceStore::restart(const EpochId &epoch)
{
    const timers::Cursor start{epoch, 0, {}};
    const Outcome restarted = m_database->transact([&]() -> Outcome {
        Expected<QSqlQuery> cleared =
            m_database->run(QStringLiteral("UPDATE ops SET seq = NULL WHERE seq IS NOT NULL"));
        if (!cleared)
            return cleared.error();
        return beginAt(start);
    });
    if (restarted)
        m_cursor = start;
    return restarted;
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
            return damagedOp(op.error());
        if (op->boot != boot || op->at == op->bootMs + offsetMs)
            continue;
        op->at = op->bootMs + offsetMs;
        moved += {*op, op->at, 0};
    }
    if (const Outcome whole = Database::finished(*rows); !whole)
        return whole.error();
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
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(rings) : whole.error();
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

Outcome DeviceStore::join(const Membership &membership)
{
    const Outcome set =
        setFact(MembershipFact, toBytes({{K("server"), membership.server.toString()},
                                         {K("kitchen"), membership.kitchen.toHex()},
                                         {K("name"), membership.kitchenName},
                                         {K("token"), hex(membership.token)},
                                         {K("identity"), QString::fromLatin1(membership.identity)},
                                         {K("server_key"), hex(membership.serverKey)},
                                         {K("by_name"), membership.isByName}}));
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
