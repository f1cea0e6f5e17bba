// SPDX-License-Identifier: GPL-3.0-or-later
// What others may ask the kitchens: whose a token is, and how they stand.
#include "syncserver/ServerFile.h"
#include "syncserver/house/Kitchens.h"
#include "syncserver/kitchen/OpenKitchen.h"

namespace simmer::syncserver {

namespace {

constexpr qint64 WakeEveryMs = 100;

} // namespace

void Kitchens::setReports(const Lookout::Reports &reports)
{
    Lookout::Reports counted = reports;
    counted.event = [this, event = reports.event](const HookEvent &what) {
        const bool isRing = what.kind == HookEvent::Kind::Ring;
        ++(isRing ? m_metrics.rings : m_metrics.unattendedRings);
        event(what);
    };
    counted.troubled = [this](const Error &error) { Q_EMIT troubled(error); };
    m_workers.setReports(counted);
}

void Kitchens::receive(const QByteArray &token,
                       const std::function<void(std::optional<ApiGuest>)> &then)
{
    const Expected<storage::Admission> admission = m_store->admissions().check(token);
    if (!admission && admission.error().code == ErrorCode::Refused)
        return then(std::nullopt);
    if (!admission)
        return then(ApiGuest{});
    const ApiGuest guest{admission->device, {}, admission->role, nullptr};
    const Expected<LiveKitchens::Worker> kitchen = m_workers.live(admission->kitchen);
    if (!kitchen)
        return then(guest);
    m_seen.insert(admission->device, m_clock.wallMs());
    (*kitchen)->visited(m_clock.bootMs());
    timers::ServerClock &clock = (*kitchen)->clock();
    if (!clock.isSettled()) // a program knows no kitchen time, but somebody is there who wants it
        clock.hear(admission->device, std::nullopt, m_clock.bootMs());
    bool promised = false;
    const bool went = m_workers.guarded(admission->kitchen, [&] {
        promised = (*kitchen)->callWhenReady([guest, then](LiveKitchen &self) {
            then(ApiGuest{guest.device, self.hub().nameOf(guest.device), guest.role,
                          std::make_shared<OpenKitchen>(self.shared_from_this())});
        });
    });
    if (went && !promised)
        then(guest); // in safe mode
    m_workers.review(admission->kitchen);
}

void Kitchens::wakeAstir()
{
    m_astirAfter = KitchenId();
    wakeSome();
}

/// As many as have been read meanwhile, so that those whom somebody comes to wait for few.
void Kitchens::wakeSome()
{
    m_nextWaking = m_clock.bootMs() + WakeEveryMs;
    const qsizetype room = WokenAtOnce - m_workers.spareSteps();
    if (room <= 0)
        return;
    const Expected<QList<KitchenId>> found = m_store->astir(*m_astirAfter, room);
    if (!found) {
        m_astirAfter.reset();
        Q_EMIT troubled(found.error());
        return;
    }
    for (const KitchenId &id : *found) {
        m_astirAfter = id;
        if (const auto woken = m_workers.live(id); !woken)
            Q_EMIT troubled(woken.error());
    }
    if (found->size() < room)
        m_astirAfter.reset();
}

Expected<QList<KitchenState>> Kitchens::states() const
{
    const Expected<QList<storage::Kitchen>> all = m_store->kitchens();
    if (!all)
        return all.error();
    QList<KitchenState> states;
    for (const storage::Kitchen &kitchen : *all) {
        const Expected<KitchenState> asleep = stateOf(*m_store, kitchen);
        if (!asleep)
            return asleep.error();
        KitchenState state = *asleep;
        state.failures = m_failures.value(kitchen.id);
        if (const auto worker = m_workers.awake(kitchen.id)) {
            state.awake = true;
            state.safeMode = worker->mode() == supervision::Mode::Safe;
            state.devices = worker->hub().members().size();
            state.online = worker->hub().onlineCount();
            state.head = worker->store().log().head();
            if (const Lookout *lookout = worker->lookout(); lookout && lookout->isReady()) {
                const PulseState pulse = lookout->lively().pulse(worker->clock().now());
                state.mood = pulse.mood;
                state.score = pulse.score;
            }
        }
        states += state;
    }
    return states;
}

Expected<QByteArray> Kitchens::issue(const QString &name, Role role, const KitchenId &kitchen)
{
    const Expected<QByteArray> token = issueToken(*m_store, kitchen, name, role, m_clock.wallMs());
    if (!token)
        return token;
    const auto issued = m_store->admissions().check(*token);
    if (const auto there = issued ? m_workers.awake(issued->kitchen) : nullptr)
        guardedThenReviewed(issued->kitchen, [&] {
            there->hub().join({issued->device, name, role});
        });
    return token;
}

Metrics Kitchens::metrics() const
{
    Metrics metrics = m_metrics;
    if (const Expected<qint64> count = m_store->count(); count)
        metrics.kitchens = *count;
    const WorkerCounts counts = m_workers.counts();
    metrics.liveKitchens = counts.live;
    metrics.safeModeKitchens = counts.safe;
    metrics.workerRestarts = counts.restarts;
    for (const LiveKitchens::Worker &worker : m_workers.all()) {
        metrics.devices += worker->hub().onlineCount();
        if (Lookout *lookout = worker->lookout())
            metrics.displays += lookout->displays().size();
    }
    metrics.strangers = qint64(m_strangers.size());
    metrics.storeBytes = m_store->bytes();
    return metrics;
}

} // namespace simmer::syncserver
