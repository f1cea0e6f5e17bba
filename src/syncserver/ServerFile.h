// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "protocol/Limits.h"
#include "storage/kitchen/ServerStore.h"
#include "syncserver/SyncServer.h"

#include <QDateTime>

/// What a running server and an absent one do alike with the file.
namespace simmer::syncserver {

inline constexpr QLatin1String StoreFile("kitchen.db");
inline constexpr storage::AdmissionRules Rules{protocol::limits::CodeLifetimeMs,
                                               protocol::limits::CodeTries,
                                               protocol::limits::DevicesPerKitchen};

inline QDate todayBy(const Clock &clock)
{
    return QDateTime::fromMSecsSinceEpoch(clock.wallMs()).date();
}

/// Errors: StoreBusy, StoreBroken.
Expected<LogSize> sizeOf(const storage::KitchenLog &log);
/// A kitchen whose worker sleeps. Errors: StoreBusy, StoreBroken.
Expected<KitchenState> stateOf(const storage::ServerStore &store, const storage::Kitchen &kitchen);
/// The kitchen that was named, or the first for a null id. Errors: NotFound.
Expected<KitchenId> chosenIn(const storage::ServerStore &store, const KitchenId &kitchen);
/// A one-time code. Errors: NotFound, and as Admissions::invite.
Expected<QString> invite(storage::ServerStore &store, const KitchenId &kitchen, Role role,
                         qint64 wallMs);
/// Lets a program in. Errors: NotFound, and as Admissions::issue.
Expected<QByteArray> issueToken(storage::ServerStore &store, const KitchenId &kitchen,
                                const QString &name, Role role, qint64 wallMs);

} // namespace simmer::syncserver
