// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/commands/Commands.h"
#include "app/simmerd/config/Report.h"

namespace simmer::app::commands {

int checkConfig(const Arguments &arguments, const Effective &effective)
{
    if (arguments.json) {
        printLine(toJson(effective));
    } else {
        printLine(inWords(effective).trimmed());
        for (const QString &hint : effective.hints)
            printLine(QStringLiteral("note: ") + hint);
        for (const QString &problem : effective.problems)
            complain(problem);
    }
    return effective.problems.isEmpty() ? exits::Done : exits::WrongUsage;
}

} // namespace simmer::app::commands
