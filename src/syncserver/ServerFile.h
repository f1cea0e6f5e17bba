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
/// Lets a program into the first kitchen. Errors: as Admissions::issue.
Expected<QByteArray> issueToken(storage::ServerStore &store, const QString &name, Role role,
                                qint64 wallMs);

} // namespace simmer::syncserver
