// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/KitchenJson.h"
#include "app/simmerd/commands/Commands.h"
#include "base/Clock.h"

namespace simmer::app::commands {

namespace {

constexpr qsizetype ShownDigits = 12;

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

} // namespace

int kitchens(const Arguments &arguments, const Config &config)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(config.dataDir, clock);
    const bool isBusy = !absent && absent.error().code == ErrorCode::StoreBusy;
    const auto kitchens = isBusy   ? askForKitchens(config.dataDir)
                          : absent ? (*absent)->kitchens()
                                   : absent.error();
    if (!kitchens)
        return fail(kitchens.error());
    if (arguments.json)
        printLine(QJsonObject{{QStringLiteral("kitchens"), toJson(*kitchens)}});
    else
        printTable(*kitchens);
    return exits::Done;
}

} // namespace simmer::app::commands
