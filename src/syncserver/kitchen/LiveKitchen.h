// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/ServerStore.h"
#include "supervision/Mode.h"
#include "syncserver/kitchen/Lookout.h"
#include "syncserver/sessions/Hatch.h"
#include "syncserver/sessions/Hub.h"
#include "syncserver/sessions/OpStore.h"

#include <deque>
#include <list>
#include <map>
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
        std::function<void(const std::shared_ptr<LiveKitchen> &,
                           std::function<void(LiveKitchen &)>)>
            later;
        /// The same when nothing more urgent is to be done in any kitchen.
        std::function<void(const std::shared_ptr<LiveKitchen> &,
                           std::function<void(LiveKitchen &)>)>
            inSpareTime;
        /// Ops wait to be committed.
        std::function<void(const std::shared_ptr<LiveKitchen> &)> wantsCommit;
        /// Something that whoever runs the server should know.
        std::function<void(const Error &)> troubled;
        /// What onlookers tell.
        Lookout::Reports reports = {};
        int opsPerSecond = protocol::limits::OpsPerSecond; ///< of a device
    };
    static constexpr qsizetype MostCallers = 256;

    /// Wakes a kitchen from what the file has. In safe mode it keeps, acks and passes on what
    /// comes, and does nothing that could wait: no compaction, no proof of its log, no onlookers.
    /// Errors: NotFound and those of the store.
    static Expected<std::shared_ptr<LiveKitchen>> wake(const Clock &clock,
                                                       storage::ServerStore &server,
                                                       const KitchenId &id, const Ways &ways,
                                                       supervision::Mode mode);
    ~LiveKitchen() override;

    supervision::Mode mode() const { return m_mode; }
    const storage::Kitchen &kitchen() const { return m_store->kitchen(); }
    storage::KitchenStore &store() { return *m_store; }
    Hub &hub() { return *m_hub; }
    timers::ServerClock &clock() { return m_clock; }
    /// Null in safe mode.
    Lookout *lookout() { return m_lookout.get(); }

    // As the hub's store
    void push(PushedOps ops) override;
    void ask(std::function<void(storage::KitchenStore &)> task) override;

    /// The pushes that wait, up to so many ops.
    std::deque<PushedOps> takePushes(qsizetype mostOps);
    bool hasPushes() const { return !m_pushes.empty(); }

    /// One op that comes from no session; `then` is told once it is durable and the lookout saw it.
    void pushOne(const timers::Op &op, std::function<void(const Outcome &)> then);
    /// What became of pushes; onlookers hear of it by lookOn(), when the devices were told.
    void committed(const Committed &commit);
    void lookOn();
    void inSpareTime(std::function<void(LiveKitchen &)> task);
    /// Calls back once the lookout is ready, perhaps at once. False when that cannot be promised.
    bool callWhenReady(std::function<void(LiveKitchen &)> task);
    /// Somebody came who has no hatch.
    void visited(qint64 boot) { m_quietSince = std::max(m_quietSince, boot); }

    /// Does what is due at `boot`, ms since boot.
    void beat(qint64 boot);
    /// When it wants that next.
    qint64 nextBeat() const;
    /// Whether nobody would miss it.
    bool mayRest(qint64 boot) const;
    /// The last of it: what the next worker has to know is written down.
    void rest();

    void seat(const std::shared_ptr<Hatch> &hatch);
    void left(const std::shared_ptr<Hatch> &hatch, qint64 boot);
    /// Everybody is sent away; it is not asked anything any more.
    void dismissAll(const QString &why);

private:
    LiveKitchen(const Clock &clock, std::unique_ptr<storage::KitchenStore> store,
                const timers::ServerClock::Past &past, const QList<storage::Member> &members,
                bool isProven, const Ways &ways, supervision::Mode mode);
    void compact();
    void prove();
    void look();

    const supervision::Mode m_mode;
    std::unique_ptr<storage::KitchenStore> m_store;
    timers::ServerClock m_clock;
    Ways m_ways;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Lookout> m_lookout;
    bool m_looking = false; ///< the lookout reads
    // Lists: an empty deque has half a KiB, and most kitchens are idle.
    QList<timers::StampedOp> m_unseen;          ///< that the lookout is to hear of,
    std::list<std::function<void()>> m_answers; ///< and who waits for that
    std::map<SessionNumber, std::function<void(const Outcome &)>> m_asked;
    std::list<std::function<void(LiveKitchen &)>> m_callers; ///< until the lookout is ready
    std::list<PushedOps> m_pushes;
    std::set<std::shared_ptr<Hatch>> m_hatches;
    std::optional<storage::KitchenLog::Proven> m_proven; ///< until all of the log is
    bool m_proving = false;
    qint64 m_nextBeat = 0;
    qint64 m_nextReview = 0;
    qint64 m_nextCompaction;
    qint64 m_quietSince = 0; ///< nobody is there
};

} // namespace simmer::syncserver
