// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/commands/Commands.h"
#include "base/Clock.h"

namespace simmer::app::commands {

int status(const Arguments &arguments, const Config &config)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(config.dataDir, clock);
    const bool isBusy = !absent && absent.error().code == ErrorCode::StoreBusy;
    const Expected<syncserver::LogSize> size = isBusy   ? askForSize(config.dataDir)
                                               : absent ? (*absent)->measure()
                                                        : absent.error();
    if (!size)
        return fail(size.error());
    if (arguments.json)
        printLine(QJsonObject{{QStringLiteral("ops"), size->ops},
                              {QStringLiteral("head"), size->head},
                              {QStringLiteral("base"), size->base},
                              {QStringLiteral("history"), size->lives}});
    else
        printLine(QStringLiteral("%1 ops in the log, the newest is number %2\n"
                                 "%3 ended timers in the history, folded up to number %4")
                      .arg(size->ops)
                      .arg(size->head)
                      .arg(size->lives)
                      .arg(size->base));
    return exits::Done;
}

} // namespace simmer::app::commands
