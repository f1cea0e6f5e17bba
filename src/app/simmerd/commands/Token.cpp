// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/commands/Commands.h"
#include "base/Clock.h"

namespace simmer::app::commands {

namespace {

constexpr qsizetype LongestName = 64; // of a device, as the protocol has it

Expected<QByteArray> newToken(const QString &dataDir, const QString &name, Role role,
                              const KitchenId &kitchen)
{
    const SystemClock clock;
    const auto absent = syncserver::AbsentServer::open(dataDir, clock);
    if (!absent && absent.error().code == ErrorCode::StoreBusy)
        return askForToken(dataDir, name, role, kitchen);
    return absent ? (*absent)->issueToken(name, role, kitchen) : absent.error();
}

} // namespace

/// Its name is a setting that was read already.
int token(const Arguments &arguments, const Config &config)
{
    const QString name = config.name.left(LongestName);
    const Expected<KitchenId> kitchen = chosenKitchen(arguments, config);
    if (!kitchen)
        return fail(kitchen.error());
    const Expected<QByteArray> token = newToken(config.dataDir, name, arguments.role, *kitchen);
    if (!token)
        return fail(token.error());
    const QString digits = QString::fromLatin1(token->toHex());
    if (arguments.json)
        printLine(QJsonObject{{QStringLiteral("token"), digits}});
    else
        printLine(digits);
    return exits::Done;
}

} // namespace simmer::app::commands
