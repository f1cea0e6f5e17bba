// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/DeviceSalvage.h"

#include "storage/Database.h"
#include "storage/device/DeviceStore.h"
#include "timers/OpCodec.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace simmer::storage {

namespace {

using K = QLatin1String;

const QString Ops = QStringLiteral("ops");
const QString Facts = QStringLiteral("facts");
const QString Rings = QStringLiteral("rings");
const QString Refused = QStringLiteral("refused");
constexpr int IdBytes = 16;
constexpr qsizetype ApartColumn = 6;

bool isId(const QVariant &value)
{
    return value.typeId() == QMetaType::QByteArray && value.toByteArray().size() == IdBytes;
}

bool isNumber(const QVariant &value)
{
    return value.typeId() == QMetaType::LongLong || value.typeId() == QMetaType::Int;
}

/// An op as it waits in the outbox, when its bytes are what was once written.
std::optional<Row> provenOp(Row row)
{
    const QByteArray body = row.value(QStringLiteral("body")).toByteArray();
    const auto op = timers::opFromBytes(body);
    if (!op || timers::canonical(*op) != body)
        return std::nullopt;
    const QVariant id = row.value(QStringLiteral("id"));
    if (id.isValid() && id.toByteArray() != op->id.toBytes())
        return std::nullopt;
    const QVariant kt = row.value(QStringLiteral("kt"));
    row.insert(QStringLiteral("id"), op->id.toBytes());
    row.insert(QStringLiteral("kt"), isNumber(kt) ? std::min(kt.toLongLong(), op->at) : op->at);
    row.insert(QStringLiteral("subject"), ids::toHex(op->subject));
    row.remove(QStringLiteral("seq"));
    return row;
}

/// What this device knows of itself; its place in the log stays behind.
bool isSoundFact(const QString &name, const QByteArray &value)
{
    if (name == K("device"))
        return value.size() == IdBytes;
    if (name == K("counter")) {
        bool isCount = false;
        value.toLongLong(&isCount);
        return isCount;
    }
    return QJsonDocument::fromJson(value).isObject();
}

std::optional<Row> proven(const QString &table, Row row)
{
    if (table == Ops)
        return provenOp(std::move(row));
    if (table == Facts && !isSoundFact(row.value(QStringLiteral("name")).toString(),
                                       row.value(QStringLiteral("value")).toByteArray()))
        return std::nullopt;
    return row;
}

bool isCursor(const Row &row)
{
    const QString name = row.value(QStringLiteral("name")).toString();
    return name == K("cursor") || name == K("base");
}

/// A record without its table's name is known by its shape.
class Recognition
{
public:
    Recognition(Salvage &salvage, const QSet<QString> &wanted)
        : m_salvage(salvage)
        , m_wanted(wanted)
    {
    }

    void take(const QVariantList &record)
    {
        if (m_wanted.contains(Ops))
            takeOp(record);
        if (record.size() == 2)
            takePair(record);
        const bool isRing = record.size() == 4 && isId(record[0]) && isId(record[1]) &&
                            isNumber(record[2]) && isNumber(record[3]);
        if (isRing && m_wanted.contains(Rings))
            m_salvage.take(Rings, {{QStringLiteral("ring_key"), record[0]},
                                   {QStringLiteral("timer"), record[1]},
                                   {QStringLiteral("kind"), record[2]},
                                   {QStringLiteral("at"), record[3]}});
    }
    /// After the ops that they are about.
    void takeRefused()
    {
        for (const Row &row : std::as_const(m_refused))
            m_salvage.take(Refused, row);
    }

private:
    /// Every schema so far: id, kt, seq, …, body, and since the fourth whether it is apart.
    void takeOp(const QVariantList &record)
    {
        const bool tellsApart = record.size() > ApartColumn && isNumber(record[ApartColumn]);
        const QVariant body = tellsApart ? record[ApartColumn - 1] : record.constLast();
        if (record.size() < 4 || body.typeId() != QMetaType::QByteArray)
            return;
        Row row{{QStringLiteral("id"), record[0]},
                {QStringLiteral("kt"), record[1]},
                {QStringLiteral("body"), body}};
        if (tellsApart)
            row.insert(QStringLiteral("apart"), record[ApartColumn]);
        if (const auto op = provenOp(std::move(row)); op && m_salvage.take(Ops, *op))
            ++m_salvage.report.ops;
    }
    void takePair(const QVariantList &record)
    {
        static const QStringList names{QStringLiteral("device"), QStringLiteral("membership"),
                                       QStringLiteral("counter")};
        const bool isFact = record[0].typeId() == QMetaType::QString &&
                            record[1].typeId() == QMetaType::QByteArray &&
                            names.contains(record[0].toString()) &&
                            isSoundFact(record[0].toString(), record[1].toByteArray());
        if (isFact && m_wanted.contains(Facts))
            m_salvage.take(
                Facts, {{QStringLiteral("name"), record[0]}, {QStringLiteral("value"), record[1]}});
        if (isId(record[0]) && record[1].typeId() == QMetaType::QString &&
            m_wanted.contains(Refused))
            m_refused += Row{{QStringLiteral("id"), record[0]}, {QStringLiteral("why"), record[1]}};
    }

    Salvage &m_salvage;
    QSet<QString> m_wanted;
    QList<Row> m_refused;
};

/// Every table of a file; gives those that did not come whole.
QSet<QString> copyAll(Database &from, const QStringList &tables, Salvage &salvage)
{
    QSet<QString> broken;
    for (const QString &table : tables) {
        const auto proof = [&](Row row) -> std::optional<Row> {
            if (table == Facts && isCursor(row))
                return Row{{QStringLiteral("name"), row.value(QStringLiteral("name"))},
                           {QStringLiteral("value"), QByteArray("{}")}};
            return proven(table, std::move(row));
        };
        if (!salvage.copyTable(from, table, proof))
            broken.insert(table);
    }
    return broken;
}

Outcome fillDevice(Salvage::Sources &sources, Salvage &salvage)
{
    const Expected<QStringList> tables = salvage.tables();
    if (!tables)
        return tables.error();
    const QSet<QString> all(tables->cbegin(), tables->cend());
    QSet<QString> broken = sources.file ? copyAll(*sources.file, *tables, salvage) : all;
    if (sources.lostCommits)
        broken = all;
    if (!sources.file || sources.lostCommits)
        ++salvage.report.unreadable;
    Recognition recognition(salvage, broken);
    if (!broken.isEmpty())
        sources.raw.forEach([&](const QVariantList &record) { recognition.take(record); });
    recognition.takeRefused();
    const Expected<qint64> saved = salvage.count(Ops);
    if (!saved)
        return saved.error();
    salvage.report.ops = *saved;
    if (salvage.report.unreadable > 0 && sources.backup.database) {
        const qint64 unreadable = salvage.report.unreadable;
        copyAll(*sources.backup.database, *tables, salvage);
        salvage.report.unreadable = unreadable;
        salvage.report.backup = sources.backup.date;
        const Expected<qint64> together = salvage.count(Ops);
        if (!together)
            return together.error();
        salvage.report.opsFromBackup = *together - *saved;
    }
    Expected<QSqlQuery> device =
        salvage.fresh().run(QStringLiteral("SELECT 1 FROM facts WHERE name = 'device'"));
    if (!device)
        return device.error();
    salvage.report.identityLost = !device->next();
    return done();
}

} // namespace

Expected<Salvaged> mendDevice(const QString &path, const QDate &today)
{
    return Salvage::mend(path, DeviceStore::schema(), today, fillDevice);
}

} // namespace simmer::storage
