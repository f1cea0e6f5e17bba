// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/LiveKitchen.h"

#include "syncserver/kitchen/Farewell.h"
#include "syncserver/kitchen/Session.h"

#include <algorithm>

namespace simmer::syncserver {

namespace {

constexpr qint64 UnsettledMs = 500; // between two looks at the clock, before it is settled
constexpr qint64 SettledMs = timers::ServerClock::LookEveryMs;
constexpr qint64 CompactEveryMs = 24LL * 3600 * 1000;
constexpr qint64 RestAfterMs = 60'000;   // nobody there: devices that reconnect find it awake
constexpr qsizetype ProvenAtOnce = 2000; // entries, 3 ms here: an ack hardly notices

} // namespace

LiveKitchen::LiveKitchen(const Clock &clock, std::unique_ptr<storage::KitchenStore> store,
                         const timers::ServerClock::Past &past,
                         const QList<storage::Member> &members, bool isProven, const Ways &ways)
    : m_store(std::move(store))
    , m_clock(clock, past)
    , m_ways(ways)
    , m_hub(std::make_unique<Hub>(m_clock, *this, members, ways.opsPerSecond))
    , m_proven(isProven ? std::nullopt : std::optional(storage::KitchenLog::Proven()))
    , m_quietSince(clock.bootMs())
{
}

Expected<std::shared_ptr<LiveKitchen>> LiveKitchen::wake(const Clock &clock,
                                                         storage::ServerStore &server,
                                                         const KitchenId &id, const Ways &ways)
{
    Expected<std::unique_ptr<storage::KitchenStore>> store = server.kitchen(id);
    if (!store)
        return store.error();
    const auto past = (*store)->past();
    if (!past)
        return past.error();
    const auto members = server.admissions().devices(id);
    if (!members)
        return members.error();
    return std::shared_ptr<LiveKitchen>(
        new LiveKitchen(clock, *std::move(store), *past, *members, server.isProven(), ways));
}

void LiveKitchen::push(PushedOps ops)
{
    m_pushes.push_back(std::move(ops));
    m_ways.wantsCommit(shared_from_this());
}

void LiveKitchen::ask(std::function<void(storage::KitchenStore &)> task)
{
    m_ways.later(kitchen().id,
                 [task = std::move(task)](LiveKitchen &self) { task(*self.m_store); });
}

std::deque<PushedOps> LiveKitchen::takePushes(qsizetype mostOps)
{
    std::deque<PushedOps> taken;
    qsizetype ops = 0;
    while (!m_pushes.empty()) {
        ops += m_pushes.front().arrivals.size();
        if (ops > mostOps && !taken.empty())
            break;
        taken.push_back(std::move(m_pushes.front()));
        m_pushes.pop_front();
    }
    return taken;
}

void LiveKitchen::beat(qint64 boot)
{
    m_hub->beat(boot);
    if (boot >= m_nextReview) {
        m_hub->reviewClock();
        m_nextReview = boot + (m_clock.isSettled() ? SettledMs : UnsettledMs);
    }
    if (m_clock.isSettled() && boot >= m_nextCompaction) {
        m_nextCompaction = boot + CompactEveryMs;
        compact();
    }
    if (m_proven && !std::exchange(m_proving, true))
        prove();
    m_nextBeat = m_nextReview;
    if (m_clock.isSettled())
        m_nextBeat = std::min(m_nextBeat, m_nextCompaction);
    if (m_hatches.empty())
        m_nextBeat = std::min(m_nextBeat, std::max(boot + UnsettledMs, m_quietSince + RestAfterMs));
}

/// One step; the next one waits behind whatever else was asked meanwhile.
void LiveKitchen::compact()
{
    ask([self = weak_from_this()](storage::KitchenStore &store) {
        const auto kitchen = self.lock();
        if (!kitchen)
            return;
        const Expected<bool> more = store.compaction().step(kitchen->m_clock.now());
        if (!more)
            kitchen->m_ways.troubled(more.error());
        else if (*more)
            kitchen->compact();
    });
}

/// The same with the proof of its log.
void LiveKitchen::prove()
{
    m_ways.later(kitchen().id, [](LiveKitchen &self) {
        if (!self.m_proven)
            return;
        const Expected<bool> more = self.m_store->log().proveSome(*self.m_proven, ProvenAtOnce);
        if (!more)
            self.m_ways.troubled(more.error());
        if (more && *more)
            self.prove();
        else
            self.m_proven.reset();
    });
}

bool LiveKitchen::mayRest(qint64 boot) const
{
    return m_hatches.empty() && m_pushes.empty() && !m_proven && boot - m_quietSince >= RestAfterMs;
}

void LiveKitchen::seat(const std::shared_ptr<Hatch> &hatch)
{
    m_hatches.insert(hatch);
}

void LiveKitchen::left(const std::shared_ptr<Hatch> &hatch, qint64 boot)
{
    m_hatches.erase(hatch);
    if (m_hatches.empty()) {
        m_quietSince = boot;
        m_nextBeat = std::min(m_nextBeat, boot + RestAfterMs);
    }
}

void LiveKitchen::dismissAll(const QString &why)
{
    m_hub->abandon();
    const Text lastWord = farewell(protocol::ByeReason::Closing, why);
    for (const auto &hatch : std::exchange(m_hatches, {}))
        hatch->dismiss(lastWord);
}

} // namespace simmer::syncserver
