// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/commands/Commands.h"
#include "app/simmerd/config/Load.h"

#include <QCoreApplication>

#include <sys/stat.h>

using namespace simmer;
using namespace simmer::app;

namespace {

using Task = Arguments::Task;

/// What cannot be done with settings that are wrong; whether that is so.
bool complainOf(const QStringList &problems)
{
    for (const QString &problem : problems)
        complain(problem);
    return !problems.isEmpty();
}

int runSettled(const Arguments &arguments)
{
    Effective effective = loadConfig(arguments);
    if (arguments.task == Task::CheckConfig)
        return commands::checkConfig(arguments, effective);
    if (arguments.task == Task::Doctor)
        return commands::doctor(arguments, effective);
    const Config &config = effective.config;
    if (config.dataDir.isEmpty())
        effective.problems += QStringLiteral("--data-dir is missing; see simmerd --help");
    if (complainOf(effective.problems))
        return exits::WrongUsage;
    switch (arguments.task) {
    case Task::Serve:
        return commands::serve(arguments, effective);
    case Task::Invite:
        return commands::invite(arguments, config);
    case Task::Status:
        return commands::status(arguments, config);
    case Task::Backup:
        return commands::backup(arguments, config);
    case Task::Restore:
        return commands::restore(arguments, config);
    case Task::Devices:
        return commands::devices(arguments, config);
    case Task::Revoke:
        return commands::revoke(arguments, config);
    case Task::Kitchens:
        return commands::kitchens(arguments, config);
    case Task::AddKitchen:
        return commands::addKitchen(arguments, config);
    case Task::Token:
        return commands::token(arguments, config);
    case Task::CookingLog:
        return commands::cookingLog(arguments, config);
    case Task::CheckConfig:
    case Task::Doctor:
    case Task::ExampleConfig:
    case Task::Help:
    case Task::Version:
        break;
    }
    Q_UNREACHABLE();
}

} // namespace

int main(int argc, char **argv)
{
    ::umask(077); // what simmerd writes is for its user alone
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("simmerd"));
    const Expected<Arguments> arguments = readArguments(QCoreApplication::arguments());
    if (!arguments) {
        complain(describe(arguments.error()));
        return exits::WrongUsage;
    }
    if (arguments->task == Task::Help)
        printLine(arguments->help.trimmed());
    else if (arguments->task == Task::Version)
        printLine(QStringLiteral("simmerd " SIMMER_VERSION));
    else if (arguments->task == Task::ExampleConfig)
        printLine(exampleFile().trimmed());
    else
        return runSettled(*arguments);
    return exits::Done;
}
