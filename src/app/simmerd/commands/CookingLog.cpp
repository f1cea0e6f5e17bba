// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/CookingLog.h"

#include "app/simmerd/Console.h"
#include "app/simmerd/commands/Commands.h"

#include <QDateTime>
#include <QJsonArray>

namespace simmer::app::commands {

namespace {

using K = QLatin1String;
using storage::Cooked;

constexpr qsizetype MostLines = 100'000;

QString instant(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject toJson(const Cooked &cooked)
{
    QJsonObject json{{K("kitchen"), cooked.kitchen.toHex()},
                     {K("name"), cooked.name},
                     {K("cook"), cooked.cook},
                     {K("started"), instant(cooked.started)},
                     {K("ended"), instant(cooked.ended)},
                     {K("planned_ms"), cooked.plannedMs},
                     {K("actual_ms"), cooked.ended - cooked.started},
                     {K("overtime_ms"), cooked.overtimeMs},
                     {K("how"), nameOf(cooked.how)}};
    if (cooked.place) { // steps and slots count from 1, as on screen
        json.insert(K("recipe"), cooked.place->recipe.toHex());
        json.insert(K("step"), cooked.place->step + 1);
        json.insert(K("slot"), cooked.place->slot + 1);
    }
    return json;
}

QString inWords(const Cooked &cooked)
{
    const auto minutes = [](qint64 ms) { return timers::clockText(ms / 1000); };
    return QStringLiteral("%1  %2 (planned %3)  %4  %5%6")
        .arg(QDateTime::fromMSecsSinceEpoch(cooked.ended)
                 .toString(QStringLiteral("yyyy-MM-dd HH:mm")),
             minutes(cooked.ended - cooked.started), minutes(cooked.plannedMs), nameOf(cooked.how),
             cooked.name, cooked.cook.isEmpty() ? QString() : QStringLiteral(", ") + cooked.cook);
}

} // namespace

int cookingLog(const Arguments &arguments, const Config &config)
{
    const qint64 since =
        arguments.since.isValid() ? arguments.since.startOfDay().toMSecsSinceEpoch() : 0;
    const auto rows =
        storage::CookingLog::read(config.dataDir + K("/cooking.db"), since, MostLines);
    if (!rows)
        return fail(rows.error());
    for (const Cooked &cooked : *rows)
        if (arguments.json)
            printLine(toJson(cooked));
        else
            printLine(inWords(cooked));
    return exits::Done;
}

} // namespace simmer::app::commands
