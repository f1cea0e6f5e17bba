// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/ServerFile.h"

namespace simmer::syncserver {

Expected<LogSize> sizeOf(const storage::KitchenLog &log)
{
    const Expected<qint64> ops = log.count();
    const Expected<qint64> lives = log.countLives();
    if (!ops || !lives)
        return ops ? lives.error() : ops.error();
    return LogSize{*ops, log.head(), log.base(), *lives};
}

Expected<KitchenState> stateOf(const storage::ServerStore &store, const storage::Kitchen &kitchen)
{
    const auto census = store.census(kitchen.id);
    if (!census)
        return census.error();
    KitchenState state{kitchen.id, kitchen.name};
    state.devices = census->devices;
    state.head = census->head;
    return state;
}

Expected<KitchenId> chosenIn(const storage::ServerStore &store, const KitchenId &kitchen)
{
    if (kitchen.isNull())
        return store.first().id;
    const Expected<storage::Kitchen> found = store.find(kitchen);
    return found ? Expected(found->id) : found.error();
}

Expected<QString> invite(storage::ServerStore &store, const KitchenId &kitchen, Role role,
                         qint64 wallMs)
{
    const Expected<KitchenId> chosen = chosenIn(store, kitchen);
    return chosen ? store.admissions().invite(*chosen, role, wallMs) : chosen.error();
}

Expected<QByteArray> issueToken(storage::ServerStore &store, const KitchenId &kitchen,
                                const QString &name, Role role, qint64 wallMs)
{
    const Expected<KitchenId> chosen = chosenIn(store, kitchen);
    if (!chosen)
        return chosen.error();
    const auto issued = store.admissions().issue(*chosen, name, role, wallMs);
    return issued ? Expected(issued->token) : issued.error();
}

} // namespace simmer::syncserver
