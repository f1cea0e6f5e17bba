// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/commands/Commands.h"
#include "base/Clock.h"

namespace simmer::app::commands {

namespace {

Expected<syncserver::Invite> newInvite(const QString &dataDir)
{
    const SystemClock clock;
    const Expected<QString> code = syncserver::SyncServer::inviteWithoutServer(dataDir, clock);
    if (code)
        return syncserver::Invite{*code, lastUrl(dataDir)};
    if (code.error().code == ErrorCode::StoreBusy)
        return askForInvite(dataDir);
    return code.error();
}

} // namespace

int invite(const Arguments &arguments, const Config &config)
{
    const Expected<syncserver::Invite> invite = newInvite(config.dataDir);
    if (!invite)
        return fail(invite.error());
    const QString url = invite->url.toString();
    if (arguments.json)
        printLine(
            QJsonObject{{QStringLiteral("code"), invite->code}, {QStringLiteral("url"), url}});
    else
        printLine(QStringLiteral("%1\nOn the new device, within 5 minutes: simmerctl pair %2 %1")
                      .arg(invite->code, url));
    return exits::Done;
}

} // namespace simmer::app::commands
