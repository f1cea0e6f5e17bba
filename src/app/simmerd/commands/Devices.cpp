// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/commands/Chosen.h"
#include "app/simmerd/commands/Commands.h"
#include "storage/DataFolder.h"
#include "storage/kitchen/DeviceList.h"
#include "storage/safety/Inspection.h"

#include <QDateTime>
#include <QJsonArray>

#include <array>

namespace simmer::app::commands {

namespace {

using K = QLatin1String;
using storage::ListedDevice;
using Line = std::array<QString, 5>;

constexpr qsizetype ShownDigits = 12; // of an id: enough to tell devices of a household apart

QString day(qint64 wallMs)
{
    return QDateTime::fromMSecsSinceEpoch(wallMs).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

/// Of a name that somebody else chose nothing may move the cursor.
QString printable(QString name)
{
    for (QChar &c : name)
        if (!c.isPrint())
            c = QLatin1Char('?');
    return name;
}

Line lineOf(const ListedDevice &device)
{
    const QString dash = QStringLiteral("-");
    return {device.id.toHex().left(ShownDigits), nameOf(device.role), day(device.joined),
            device.seen ? day(*device.seen) : dash, printable(device.name)};
}

void printTable(const QList<ListedDevice> &devices)
{
    printLine(QStringLiteral("%1 %2 %3 %4 %5")
                  .arg(QStringLiteral("ID"), -12)
                  .arg(QStringLiteral("ROLE"), -6)
                  .arg(QStringLiteral("JOINED"), -16)
                  .arg(QStringLiteral("LAST SEEN"), -16)
                  .arg(QStringLiteral("NAME")));
    for (const ListedDevice &device : devices) {
        const Line line = lineOf(device);
        printLine(QStringLiteral("%1 %2 %3 %4 %5")
                      .arg(line[0], -12)
                      .arg(line[1], -6)
                      .arg(line[2], -16)
                      .arg(line[3], -16)
                      .arg(line[4]));
    }
}

QJsonObject toJson(const ListedDevice &device)
{
    QJsonObject json{{K("id"), device.id.toHex()},
                     {K("kitchen"), device.kitchen},
                     {K("name"), device.name},
                     {K("role"), nameOf(device.role)},
                     {K("joined"), device.joined}};
    if (device.seen)
        json.insert(K("seen"), *device.seen);
    return json;
}

/// By the running server, which closes the device's connection too, or in its absence.
Outcome shutOut(const QString &dataDir, const DeviceId &device)
{
    const auto folder = storage::DataFolder::take(dataDir);
    if (folder)
        return storage::removeDevice(storage::kitchenFileIn(dataDir), device);
    return folder.error().code == ErrorCode::StoreBusy ? askToRevoke(dataDir, device)
                                                       : Outcome(folder.error());
}

} // namespace

int devices(const Arguments &arguments, const Config &config)
{
    const auto devices = storage::listDevices(storage::kitchenFileIn(config.dataDir));
    if (!devices)
        return fail(devices.error());
    if (!arguments.json) {
        printTable(*devices);
        return exits::Done;
    }
    QJsonArray all;
    for (const ListedDevice &device : *devices)
        all += toJson(device);
    printLine(QJsonObject{{K("devices"), all}});
    return exits::Done;
}

int revoke(const Arguments &arguments, const Config &config)
{
    const auto devices = storage::listDevices(storage::kitchenFileIn(config.dataDir));
    if (!devices)
        return fail(devices.error());
    const Expected<ListedDevice> device = chosen(
        *devices, arguments.operand, QStringLiteral("device"), QStringLiteral("simmerd devices"));
    if (!device)
        return fail(device.error());
    if (const Outcome out = shutOut(config.dataDir, device->id); !out)
        return fail(out.error());
    if (arguments.json)
        printLine(QJsonObject{{K("revoked"), device->id.toHex()}});
    else
        printLine(QStringLiteral("%1 (%2) is shut out; to come back it has to pair again")
                      .arg(printable(device->name), device->id.toHex().left(ShownDigits)));
    return exits::Done;
}

} // namespace simmer::app::commands
