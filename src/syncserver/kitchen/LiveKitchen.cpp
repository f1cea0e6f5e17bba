// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/LiveKitchen.h"

#include "protocol/Limits.h"
#include "syncserver/sessions/Farewell.h"
#include "syncserver/sessions/Session.h"
#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::syncserver {

using supervision::Mode;

namespace {

constexpr qint64 UnsettledMs = 500; // between two looks at the clock, before it is settled
constexpr qint64 SettledMs = timers::ServerClock::LookEveryMs;
constexpr qint64 CompactEveryMs = 24LL * 3600 * 1000;
constexpr qint64 FirstCompactionMs = 30'000; // after the wake: not while all devices come
constexpr qint64 RestAfterMs = 60'000;       // nobody there: devices that reconnect find it awake
constexpr qsizetype ProvenAtOnce = 2000;     // entries, 3 ms here: an ack hardly notices

} // namespace

LiveKitchen::LiveKitchen(const Clock &clock, std::unique_ptr<storage::KitchenStore> store,
                         const timers::ServerClock::Past &past,
                         const QList<storage::Member> &members, bool isProven, const Ways &ways,
                         supervision::Mode mode)
    : m_mode(mode)
    , m_store(std::move(store))
    , m_clock(clock, past)
    , m_ways(ways)
    , m_hub(std::make_unique<Hub>(m_clock, *this, members, ways.opsPerSecond))
    , m_proven(isProven || mode == Mode::Safe ? std::nullopt
                                              : std::optional(storage::KitchenLog::Proven()))
    , m_nextCompaction(clock.bootMs() + FirstCompactionMs)
    , m_quietSince(clock.bootMs())
{
    if (mode == Mode::Normal)
        m_lookout = std::make_unique<Lookout>(*m_store, m_clock, *m_hub, m_ways.reports);
}

LiveKitchen::~LiveKitchen() = default;

Expected<std::shared_ptr<LiveKitchen>> LiveKitchen::wake(const Clock &clock,
                                                         storage::ServerStore &server,
                                                         const KitchenId &id, const Ways &ways,
                                                         supervision::Mode mode)
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
        new LiveKitchen(clock, *std::move(store), *past, *members, server.isProven(), ways, mode));
}

void LiveKitchen::push(PushedOps ops)
{
    m_pushes.push_back(std::move(ops));
    m_ways.wantsCommit(shared_from_this());
}

void LiveKitchen::ask(std::function<void(storage::KitchenStore &)> task)
{
    m_ways.later(shared_from_this(),
                 [task = std::move(task)](LiveKitchen &self) { task(*self.m_store); });
}

void LiveKitchen::pushOne(const timers::Op &op, std::function<void(const Outcome &)> then)
{
    const qint64 notAfter = m_clock.now() + protocol::limits::FutureMs;
    PushedOps one{m_hub->newNumber(),
                  {{op.id, op.at, notAfter, timers::canonical(op), timers::timerOf(op)}},
                  {op}};
    m_asked.emplace(one.session, std::move(then));
    m_hub->push(std::move(one));
}

void LiveKitchen::committed(const Committed &commit)
{
    m_hub->committed(commit);
    if (m_lookout)
        m_unseen += commit.ops;
    for (const Committed::Push &push : commit.pushes) {
        const auto asked = m_asked.find(push.session);
        if (asked == m_asked.end())
            continue;
        Outcome outcome = done();
        if (commit.error)
            outcome = *commit.error;
        else if (!push.tooLate.isEmpty())
            outcome = Error{ErrorCode::Refused, QStringLiteral("its timer is history"), {}};
        m_answers.emplace_back([then = std::move(asked->second), outcome] { then(outcome); });
        m_asked.erase(asked);
    }
}

void LiveKitchen::lookOn()
{
    if (m_lookout)
        m_lookout->committed(std::exchange(m_unseen, {}));
    while (!m_answers.empty()) {
        const auto answer = std::move(m_answers.front());
        m_answers.pop_front();
        answer();
    }
}

void LiveKitchen::inSpareTime(std::function<void(LiveKitchen &)> task)
{
    m_ways.inSpareTime(shared_from_this(), std::move(task));
}

bool LiveKitchen::callWhenReady(std::function<void(LiveKitchen &)> task)
{
    if (!m_lookout || qsizetype(m_callers.size()) >= MostCallers)
        return false;
    if (m_lookout->isReady())
        task(*this);
    else
        m_callers.push_back(std::move(task));
    return true;
}

/// A step of the lookout's reading; the next one waits for whatever else is to be done.
void LiveKitchen::look()
{
    if (m_lookout->readSome())
        return inSpareTime([](LiveKitchen &self) { self.look(); });
    while (!m_callers.empty()) {
        const auto caller = std::move(m_callers.front());
        m_callers.pop_front();
        caller(*this);
    }
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
    const bool compacts = m_clock.isSettled() && m_mode == Mode::Normal;
    if (compacts && boot >= m_nextCompaction) {
        m_nextCompaction = boot + CompactEveryMs;
        compact();
    }
    if (m_proven && !std::exchange(m_proving, true))
        prove();
    if (m_lookout && m_clock.isSettled()) {
        if (!std::exchange(m_looking, true))
            inSpareTime([](LiveKitchen &self) { self.look(); });
        lookOn(); // a ring that was cancelled meanwhile is none
        m_lookout->tick();
    }
    m_nextBeat = m_nextReview;
    if (compacts)
        m_nextBeat = std::min(m_nextBeat, m_nextCompaction);
    if (m_hatches.empty())
        m_nextBeat = std::min(m_nextBeat, std::max(boot + UnsettledMs, m_quietSince + RestAfterMs));
}

/// One step; the next one waits behind whatever else is to be done, in any kitchen: kitchens that
/// woke together come to it together.
void LiveKitchen::compact()
{
    inSpareTime([](LiveKitchen &self) {
        const Expected<bool> more = self.m_store->compaction().step(self.m_clock.now());
        if (!more)
            self.m_ways.troubled(more.error());
        else if (*more)
            self.compact();
    });
}

/// The same with the proof of its log.
void LiveKitchen::prove()
{
    m_ways.later(shared_from_this(), [](LiveKitchen &self) {
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

qint64 LiveKitchen::nextBeat() const
{
    const auto lookout = m_lookout ? m_lookout->nextAt() : std::nullopt;
    return std::min(
        {m_nextBeat, m_hub->nextBeat().value_or(m_nextBeat), lookout.value_or(m_nextBeat)});
}

bool LiveKitchen::mayRest(qint64 boot) const
{
    const bool isIdle = m_hatches.empty() && m_pushes.empty() && m_asked.empty();
    return isIdle && !m_proven && boot - m_quietSince >= RestAfterMs &&
           !(m_lookout && m_clock.isSettled() && m_lookout->isNeeded());
}

void LiveKitchen::rest()
{
    if (m_lookout)
        m_lookout->keepStand();
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
    for (const auto &[number, then] : std::exchange(m_asked, {}))
        then(Error{ErrorCode::Unreachable, why, {}});
}

} // namespace simmer::syncserver
