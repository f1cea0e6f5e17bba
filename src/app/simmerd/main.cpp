// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Arguments.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/EventPrinter.h"
#include "app/simmerd/StopSignals.h"
#include "base/Clock.h"
#include "syncserver/SyncServer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/stat.h>

using namespace simmer;
using namespace simmer::app;

namespace {

constexpr int Failed = 1;
constexpr int WrongUsage = 2;

int serve(const Arguments &arguments)
{
    const SystemClock clock;
    StopSignals stopSignals;
    syncserver::SyncServer server(clock);
    EventPrinter printer(server, arguments.json);
    const Expected<QUrl> url = server.start(
        {arguments.dataDir, arguments.address, arguments.port, arguments.behindProxy, 0, 0});
    if (!url) {
        complain(describe(url.error()));
        return Failed;
    }
    ControlSocket control(server);
    if (const Outcome listens = control.listen(arguments.dataDir, *url); !listens) {
        complain(describe(listens.error()));
        return Failed;
    }
    QObject::connect(&stopSignals, &StopSignals::stopAsked, qApp, &QCoreApplication::quit);
    QObject::connect(&server, &syncserver::SyncServer::troubled, qApp, [](const Error &error) {
        if (error.code == ErrorCode::StoreDamaged) // whoever starts it again has it mended
            QCoreApplication::exit(Failed);
    });
    printer.listening(*url);
    const int exitCode = QCoreApplication::exec();
    server.stop();
    QCoreApplication::sendPostedEvents(); // what happened last is still printed
    printer.stopped();
    return exitCode;
}

Expected<syncserver::Invite> newInvite(const QString &dataDir)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(dataDir, clock);
    if (!absent && absent.error().code == ErrorCode::StoreBusy)
        return askForInvite(dataDir);
    const Expected<QString> code = absent ? (*absent)->invite(Role::Owner) : absent.error();
    if (!code)
        return code.error();
    return syncserver::Invite{*code, lastUrl(dataDir)};
}

int invite(const Arguments &arguments)
{
    const Expected<syncserver::Invite> invite = newInvite(arguments.dataDir);
    if (!invite) {
        complain(describe(invite.error()));
        return Failed;
    }
    const QString url = invite->url.toString();
    if (arguments.json)
        printLine(
            QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("code"), invite->code},
                                                        {QStringLiteral("url"), url}})
                                  .toJson(QJsonDocument::Compact)));
    else
        printLine(QStringLiteral("%1\nOn the new device, within 5 minutes: simmerctl pair %2 %1")
                      .arg(invite->code, url));
    return 0;
}

int status(const Arguments &arguments)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(arguments.dataDir, clock);
    const bool isBusy = !absent && absent.error().code == ErrorCode::StoreBusy;
    const Expected<syncserver::LogSize> size = isBusy   ? askForSize(arguments.dataDir)
                                               : absent ? (*absent)->measure()
                                                        : absent.error();
    if (!size) {
        complain(describe(size.error()));
        return Failed;
    }
    if (arguments.json)
        printLine(
            QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("ops"), size->ops},
                                                        {QStringLiteral("head"), size->head},
                                                        {QStringLiteral("base"), size->base},
                                                        {QStringLiteral("history"), size->lives}})
                                  .toJson(QJsonDocument::Compact)));
    else
        printLine(QStringLiteral("%1 ops in the log, the newest is number %2\n"
                                 "%3 ended timers in the history, folded up to number %4")
                      .arg(size->ops)
                      .arg(size->head)
                      .arg(size->lives)
                      .arg(size->base));
    return 0;
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
        return WrongUsage;
    }
    switch (arguments->task) {
    case Arguments::Task::Serve:
        return serve(*arguments);
    case Arguments::Task::Invite:
        return invite(*arguments);
    case Arguments::Task::Status:
        return status(*arguments);
    case Arguments::Task::Help:
        printLine(arguments->help.trimmed());
        return 0;
    case Arguments::Task::Version:
        printLine(QStringLiteral("simmerd " SIMMER_VERSION));
        return 0;
    }
    Q_UNREACHABLE();
}
