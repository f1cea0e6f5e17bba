// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DataFolder.h"
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

Expected<QByteArray> issueToken(storage::ServerStore &store, const QString &name, Role role,
                                qint64 wallMs)
{
    const auto issued = store.admissions().issue(store.first().id, name, role, wallMs);
    return issued ? Expected(issued->token) : issued.error();
}

Expected<std::unique_ptr<AbsentServer>> AbsentServer::open(const QString &dataDir,
                                                           const Clock &clock)
{
    auto folder = storage::DataFolder::take(dataDir);
    if (!folder)
        return folder.error();
    auto store = storage::ServerStore::open((*folder)->file(StoreFile), Rules, todayBy(clock));
    if (!store)
        return store.error();
    return std::unique_ptr<AbsentServer>(
        new AbsentServer(clock, *std::move(folder), *std::move(store)));
}

AbsentServer::AbsentServer(const Clock &clock, std::unique_ptr<storage::DataFolder> folder,
                           std::unique_ptr<storage::ServerStore> store)
    : m_clock(clock)
    , m_folder(std::move(folder))
    , m_store(std::move(store))
{
}

AbsentServer::~AbsentServer() = default;

Expected<QString> AbsentServer::invite(Role role)
{
    return m_store->admissions().invite(m_store->first().id, role, m_clock.wallMs());
}

Expected<LogSize> AbsentServer::measure()
{
    const auto kitchen = m_store->kitchen(m_store->first().id);
    return kitchen ? sizeOf((*kitchen)->log()) : kitchen.error();
}

Expected<QList<storage::Member>> AbsentServer::devices()
{
    return m_store->admissions().devices(m_store->first().id);
}

Outcome AbsentServer::revoke(const DeviceId &device)
{
    const Expected<KitchenId> kitchen = m_store->admissions().revoke(device);
    return kitchen ? done() : Outcome(kitchen.error());
}

Expected<QList<KitchenState>> AbsentServer::kitchens()
{
    const Expected<QList<storage::Kitchen>> all = m_store->kitchens();
    if (!all)
        return all.error();
    QList<KitchenState> states;
    for (const storage::Kitchen &kitchen : *all) {
        const Expected<KitchenState> state = stateOf(*m_store, kitchen);
        if (!state)
            return state.error();
        states += *state;
    }
    return states;
}

Expected<QByteArray> AbsentServer::issueToken(const QString &name, Role role)
{
    return syncserver::issueToken(*m_store, name, role, m_clock.wallMs());
}

} // namespace simmer::syncserver
