// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/ServerStore.h"
#include "syncserver/kitchen/Hatch.h"
#include "syncserver/kitchen/Hub.h"
#include "syncserver/kitchen/OpStore.h"

#include <deque>
#include <memory>
#include <set>

namespace simmer::syncserver {

/// The worker of one kitchen that somebody uses: its hub, its clock and its place in the server's
/// file. One per kitchen decides the order of its ops. In the kitchen thread, all of it.
class LiveKitchen final : public OpStore, public std::enable_shared_from_this<LiveKitchen>
{
public:
    /// What a worker asks of whoever runs it.
    struct Ways {
        /// Runs a task later, as this kitchen's: what it throws is this kitchen's fault alone.
        std::function<void(const KitchenId &, std::function<void(LiveKitchen &)>)> later;
        /// Ops wait to be committed.
        std::function<void(const std::shared_ptr<LiveKitchen> &)> wantsCommit;
        /// Something that whoever runs the server should know.
        std::function<void(const Error &)> troubled;
        int opsPerSecond = protocol::limits::OpsPerSecond; ///< of a device
    };

    /// Wakes a kitchen from what the file has. Errors: NotFound and those of the store.
    static Expected<std::shared_ptr<LiveKitchen>>
    wake(const Clock &clock, storage::ServerStore &server, const KitchenId &id, const Ways &ways);

    const storage::Kitchen &kitchen() const { return m_store->kitchen(); }
    storage::KitchenStore &store() { return *m_store; }
    Hub &hub() { return *m_hub; }
    timers::ServerClock &clock() { return m_clock; }

    // As the hub's store
    void push(PushedOps ops) override;
    void ask(std::function<void(storage::KitchenStore &)> task) override;

    /// The pushes that wait, up to so many ops.
    std::deque<PushedOps> takePushes(qsizetype mostOps);
    bool hasPushes() const { return !m_pushes.empty(); }

    /// Does what is due at `boot`, ms since boot.
    void beat(qint64 boot);
    /// When it wants that next.
    qint64 nextBeat() const { return std::min(m_nextBeat, m_hub->nextBeat().value_or(m_nextBeat)); }
    /// Whether nobody would miss it.
    bool mayRest(qint64 boot) const;

    void seat(const std::shared_ptr<Hatch> &hatch);
    void left(const std::shared_ptr<Hatch> &hatch, qint64 boot);
    /// Everybody is sent away; it is not asked anything any more.
    void dismissAll(const QString &why);

private:
    LiveKitchen(const Clock &clock, std::unique_ptr<storage::KitchenStore> store,
                const timers::ServerClock::Past &past, const QList<storage::Member> &members,
                bool isProven, const Ways &ways);
    void compact();
    void prove();

    std::unique_ptr<storage::KitchenStore> m_store;
    timers::ServerClock m_clock;
    Ways m_ways;
    std::unique_ptr<Hub> m_hub;
    std::deque<PushedOps> m_pushes;
    std::set<std::shared_ptr<Hatch>> m_hatches;
    std::optional<storage::KitchenLog::Proven> m_proven; ///< until all of the log is
    bool m_proving = false;
    qint64 m_nextBeat = 0;
    qint64 m_nextReview = 0;
    qint64 m_nextCompaction = 0;
    qint64 m_quietSince = 0; ///< nobody is there
};

} // namespace simmer::syncserver
