// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/DeviceList.h"

#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/kitchen/ServerStore.h"

#include <QSqlRecord>

namespace simmer::storage {

namespace {

/// By the names of its columns: an older file has fewer.
ListedDevice deviceOf(const QSqlRecord &row)
{
    const QVariant seen = row.value(QStringLiteral("seen"));
    ListedDevice device;
    device.id = DeviceId::fromBytes(row.value(QStringLiteral("id")).toByteArray());
    device.kitchen = row.value(QStringLiteral("kitchen_name")).toString();
    device.name = row.value(QStringLiteral("name")).toString();
    device.role = Role(row.value(QStringLiteral("role")).toInt()); // all were owners before
    device.joined = row.value(QStringLiteral("joined")).toLongLong();
    device.seen = seen.isNull() ? std::nullopt : std::optional(seen.toLongLong());
    return device;
}

} // namespace

Expected<QList<ListedDevice>> listDevices(const QString &path)
{
    if (!Files::used().exists(path))
        return Error{ErrorCode::NotFound,
                     path + QStringLiteral(" is not there; start simmerd once, or name another "
                                           "--data-dir"),
                     {}};
    const auto database =
        Database::openReading(path, ServerStore::schema(), Database::Reading::Living);
    if (!database)
        return database.error();
    Expected<QSqlQuery> rows = (*database)->run(QStringLiteral(
        "SELECT devices.*, kitchens.name AS kitchen_name FROM devices"
        " JOIN kitchens ON kitchens.id = devices.kitchen ORDER BY joined, devices.id"));
    if (!rows)
        return rows.error();
    QList<ListedDevice> devices;
    while (rows->next())
        devices += deviceOf(rows->record());
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(devices) : whole.error();
}

Outcome removeDevice(const QString &path, const DeviceId &device)
{
    const auto database = Database::open(path, ServerStore::schema());
    if (!database)
        return database.error();
    const auto removed =
        (*database)->run(QStringLiteral("DELETE FROM devices WHERE id = ?"), {device.toBytes()});
    if (!removed)
        return removed.error();
    if (removed->numRowsAffected() == 0)
        return Error{ErrorCode::NotFound, QStringLiteral("no such device"), {}};
    return done();
}

} // namespace simmer::storage
