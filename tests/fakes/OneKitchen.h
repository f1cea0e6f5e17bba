// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OneTimeCode.h"
#include "storage/kitchen/ServerStore.h"

namespace simmer::fakes {

/// A server's file and its first kitchen, opened together.
class OneKitchen
{
public:
    /// Errors: as ServerStore::open.
    static Expected<std::unique_ptr<OneKitchen>>
    open(const QString &path, const storage::AdmissionRules &rules,
         const QDate &today = QDate::currentDate(),
         qint64 horizonMs = storage::Compaction::HorizonMs)
    {
        auto server = storage::ServerStore::open(path, rules, today, horizonMs);
        if (!server)
            return server.error();
        auto store = (*server)->kitchen((*server)->first().id);
        if (!store)
            return store.error();
        std::unique_ptr<OneKitchen> one(new OneKitchen);
        one->m_server = *std::move(server);
        one->m_store = *std::move(store);
        return one;
    }

    storage::ServerStore &server() { return *m_server; }
    storage::KitchenStore &store() { return *m_store; }
    const storage::Kitchen &kitchen() const { return m_store->kitchen(); }
    storage::KitchenLog &log() { return m_store->log(); }
    storage::Admissions &admissions() { return m_server->admissions(); }
    storage::Compaction &compaction() { return m_store->compaction(); }
    storage::BlobStore &blobs() { return **m_store->blobs(); }
    Expected<timers::ServerClock::Past> past() const { return m_store->past(); }
    Outcome keepClock(const timers::KeptClock &clock) { return m_store->keepClock(clock); }
    const std::optional<storage::Salvaged> &salvaged() const { return m_server->salvaged(); }

    /// Lets a device in by its code, as the server does.
    Expected<storage::Admission> redeem(const QString &code, const storage::Member &device,
                                        qint64 now, const QByteArray &network = {})
    {
        const QByteArray hash = hashOfCode(code);
        return admissions().redeem([&](const QByteArray &open) { return open == hash; }, device,
                                   now, network);
    }

private:
    OneKitchen() = default;

    std::unique_ptr<storage::ServerStore> m_server;
    std::unique_ptr<storage::KitchenStore> m_store;
};

} // namespace simmer::fakes
