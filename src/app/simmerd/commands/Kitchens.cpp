// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/KitchenJson.h"
#include "app/simmerd/commands/Chosen.h"
#include "app/simmerd/commands/Commands.h"
#include "base/Clock.h"

#include <algorithm>

namespace simmer::app::commands {

namespace {

constexpr qsizetype ShownDigits = 12;
constexpr qsizetype LongestName = 100;

void printRow(const QStringList &row)
{
    printLine(QStringLiteral("%1 %2 %3 %4 %5 %6")
                  .arg(row[0], -12)
                  .arg(row[1], -10)
                  .arg(row[2], 8)
                  .arg(row[3], 10)
                  .arg(row[4], 8)
                  .arg(row[5]));
}

void printTable(const QList<syncserver::KitchenState> &kitchens)
{
    printRow({QStringLiteral("ID"), QStringLiteral("MOOD"), QStringLiteral("DEVICES"),
              QStringLiteral("OPS"), QStringLiteral("FAILURES"), QStringLiteral("NAME")});
    for (const syncserver::KitchenState &kitchen : kitchens)
        printRow({kitchen.id.toHex().left(ShownDigits),
                  kitchen.safeMode ? QStringLiteral("safe mode")
                  : kitchen.awake  ? nameOf(kitchen.mood)
                                   : QStringLiteral("asleep"),
                  QStringLiteral("%1/%2").arg(kitchen.online).arg(kitchen.devices),
                  QString::number(kitchen.head), QString::number(kitchen.failures), kitchen.name});
}

Expected<QList<syncserver::KitchenState>> allKitchens(const QString &dataDir)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(dataDir, clock);
    if (!absent && absent.error().code == ErrorCode::StoreBusy)
        return askForKitchens(dataDir);
    return absent ? (*absent)->kitchens() : absent.error();
}

Expected<KitchenId> newKitchen(const QString &dataDir, const QString &name)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(dataDir, clock);
    if (!absent && absent.error().code == ErrorCode::StoreBusy)
        return askForKitchen(dataDir, name);
    return absent ? (*absent)->makeKitchen(name) : absent.error();
}

bool isGoodName(const QString &name)
{
    return !name.isEmpty() && name.size() <= LongestName &&
           std::all_of(name.begin(), name.end(), [](QChar c) { return c.isPrint(); });
}

} // namespace

Expected<KitchenId> chosenKitchen(const Arguments &arguments, const Config &config)
{
    const QString &digits = arguments.kitchen;
    if (digits.isEmpty())
        return KitchenId();
    const auto kitchens = allKitchens(config.dataDir);
    if (!kitchens)
        return kitchens.error();
    const auto kitchen =
        chosen(*kitchens, digits, QStringLiteral("kitchen"), QStringLiteral("simmerd kitchens"));
    return kitchen ? Expected(kitchen->id) : kitchen.error();
}

/// With a code, as a kitchen without a device is of no use.
int addKitchen(const Arguments &arguments, const Config &config)
{
    const QString name = arguments.operand.trimmed();
    if (!isGoodName(name))
        return fail(
            {ErrorCode::BadArgument,
             QStringLiteral("a kitchen's name is one line of 1 to %1 letters").arg(LongestName),
             {}});
    const Expected<KitchenId> made = newKitchen(config.dataDir, name);
    if (!made)
        return fail(made.error());
    if (arguments.json)
        printLine(QJsonObject{{QStringLiteral("kitchen"), made->toHex()},
                              {QStringLiteral("name"), name}});
    else
        printLine(QStringLiteral("“%1” is made: %2").arg(name, made->toHex()));
    Arguments first = arguments;
    first.kitchen = made->toHex();
    return invite(first, config);
}

int kitchens(const Arguments &arguments, const Config &config)
{
    const auto kitchens = allKitchens(config.dataDir);
    if (!kitchens)
        return fail(kitchens.error());
    if (arguments.json)
        printLine(QJsonObject{{QStringLiteral("kitchens"), toJson(*kitchens)}});
    else
        printTable(*kitchens);
    return exits::Done;
}

} // namespace simmer::app::commands
