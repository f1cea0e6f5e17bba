// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DataFolder.h"
#include "syncserver/ServerFile.h"

namespace simmer::syncserver {

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

Expected<QString> AbsentServer::invite(Role role, const KitchenId &kitchen)
{
    return syncserver::invite(*m_store, kitchen, role, m_clock.wallMs());
}

Expected<KitchenId> AbsentServer::makeKitchen(const QString &name)
{
    const Expected<storage::Kitchen> made = m_store->make(name, m_clock.wallMs());
    return made ? Expected(made->id) : made.error();
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

Expected<QByteArray> AbsentServer::issueToken(const QString &name, Role role,
                                              const KitchenId &kitchen)
{
    return syncserver::issueToken(*m_store, kitchen, name, role, m_clock.wallMs());
}

} // namespace simmer::syncserver
