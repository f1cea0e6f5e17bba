// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/commands/Commands.h"
#include "base/Clock.h"

namespace simmer::app::commands {

namespace {

Expected<syncserver::Invite> newInvite(const QString &dataDir, Role role, const KitchenId &kitchen)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(dataDir, clock);
    if (!absent && absent.error().code == ErrorCode::StoreBusy)
        return askForInvite(dataDir, role, kitchen);
    const Expected<QString> code = absent ? (*absent)->invite(role, kitchen) : absent.error();
    if (!code)
        return code.error();
    return syncserver::Invite{*code, lastUrl(dataDir)};
}

} // namespace

int invite(const Arguments &arguments, const Config &config)
{
    const Expected<KitchenId> kitchen = chosenKitchen(arguments, config);
    if (!kitchen)
        return fail(kitchen.error());
    const Expected<syncserver::Invite> invite = newInvite(config.dataDir, arguments.role, *kitchen);
    if (!invite)
        return fail(invite.error());
    const QString url = invite->url.toString();
    if (arguments.json)
        printLine(QJsonObject{{QStringLiteral("code"), invite->code},
                              {QStringLiteral("role"), nameOf(arguments.role)},
                              {QStringLiteral("url"), url}});
    else
        printLine(QStringLiteral("%1\nOn the new device, within 5 minutes: simmerctl pair %2 %1")
                      .arg(invite->code, url));
    return exits::Done;
}

} // namespace simmer::app::commands
