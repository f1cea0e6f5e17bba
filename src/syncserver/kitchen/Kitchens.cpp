// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/Kitchens.h"

#include "syncserver/kitchen/Farewell.h"
#include "syncserver/kitchen/Session.h"
#include "syncserver/kitchen/Stranger.h"

#include <algorithm>

namespace simmer::syncserver {

namespace {

constexpr qsizetype OpsPerCommit = 1024; // of one kitchen; beyond that SQLite gains little
constexpr qint64 NoteSeenMs = 60'000;    // a device that comes costs no fsync of its own

const QString Restarts = QStringLiteral("this kitchen starts anew");
const QString Stops = QStringLiteral("the server stops");

} // namespace

Kitchens::Kitchens(const Clock &clock, KitchenThread &thread, Outbox &outbox,
                   std::unique_ptr<storage::ServerStore> store)
    : m_clock(clock)
    , m_thread(thread)
    , m_outbox(outbox)
    , m_store(std::move(store))
{
}

Kitchens::~Kitchens()
{
    for (const auto &[id, place] : m_live)
        place.kitchen->dismissAll(Stops);
}

LiveKitchen::Ways Kitchens::ways()
{
    return {[this](const KitchenId &id, std::function<void(LiveKitchen &)> task) {
                m_thread.post([this, id, task = std::move(task), asker = std::weak_ptr(awake(id)),
                               alive = std::weak_ptr(m_alive)] {
                    if (alive.expired())
                        return;
                    const auto kitchen = asker.lock();
                    if (kitchen && guarded(id, [&] { task(*kitchen); }))
                        schedule(id);
                });
            },
            [this](const std::shared_ptr<LiveKitchen> &kitchen) { m_pushing.insert(kitchen); },
            [this](const Error &error) { Q_EMIT troubled(error); }, m_opsPerSecond};
}

/// The one place where exceptions of a kitchen's worker end; whether there was none.
bool Kitchens::guarded(const KitchenId &kitchen, const std::function<void()> &what)
{
    try {
        what();
        return true;
    } catch (const std::exception &error) {
        failed(kitchen, QString::fromUtf8(error.what()));
    } catch (...) {
        failed(kitchen, QStringLiteral("something unknown was thrown"));
    }
    return false;
}

/// Its devices come back to a new worker, which begins with what the file has.
void Kitchens::failed(const KitchenId &id, const QString &why)
{
    if (const auto kitchen = awake(id)) {
        remove(id);
        kitchen->dismissAll(Restarts);
    }
    Q_EMIT kitchenFailed(id, why);
}

void Kitchens::remove(const KitchenId &id)
{
    const auto found = m_live.find(id);
    if (found == m_live.end())
        return;
    m_due.erase({found->second.due, id});
    m_pushing.erase(found->second.kitchen);
    m_live.erase(found);
}

void Kitchens::schedule(const KitchenId &id)
{
    const auto found = m_live.find(id);
    if (found == m_live.end())
        return;
    const qint64 next = found->second.kitchen->nextBeat();
    if (next == found->second.due)
        return;
    m_due.erase({found->second.due, id});
    found->second.due = next;
    m_due.insert({found->second.due, id});
}

void Kitchens::greet(const std::shared_ptr<Hatch> &hatch)
{
    if (m_closing) {
        hatch->dismiss(farewell(protocol::ByeReason::Closing, Stops));
        return;
    }
    hatch->setGuest(std::make_unique<Stranger>(*this, *hatch));
    m_strangers.insert(hatch);
}

void Kitchens::deliver(const std::shared_ptr<Hatch> &hatch,
                       const std::function<void(Guest &)> &what)
{
    Guest *guest = hatch->guest();
    if (!guest)
        return;
    const KitchenId id = guest->kitchen();
    const bool went = guarded(id, [&] { what(*guest); });
    if (!went && id.isNull())
        hatch->dismiss(farewell(protocol::ByeReason::Closing, Restarts));
    if (!hatch->guest()) {
        m_strangers.erase(hatch);
        if (const auto kitchen = awake(id))
            kitchen->left(hatch, m_clock.bootMs());
    } else if (auto next = hatch->guest()->successor()) {
        if (const auto kitchen = awake(next->kitchen()))
            kitchen->seat(hatch);
        hatch->setGuest(std::move(next));
        m_strangers.erase(hatch);
    }
    schedule(id);
}

Expected<std::shared_ptr<LiveKitchen>> Kitchens::live(const KitchenId &id)
{
    if (auto known = awake(id))
        return known;
    Expected<std::shared_ptr<LiveKitchen>> woken = LiveKitchen::wake(m_clock, *m_store, id, ways());
    if (!woken)
        return woken;
    m_live[id] = {*woken, 0};
    listenTo((*woken)->hub());
    if (!guarded(id, [&] { (*woken)->beat(m_clock.bootMs()); }))
        return Error{ErrorCode::Unreachable, Restarts, {}};
    schedule(id);
    return woken;
}

std::shared_ptr<LiveKitchen> Kitchens::awake(const KitchenId &id) const
{
    const auto found = m_live.find(id);
    return found == m_live.end() ? nullptr : found->second.kitchen;
}

void Kitchens::listenTo(Hub &hub)
{
    connect(&hub, &Hub::joined, this, &Kitchens::deviceJoined);
    connect(&hub, &Hub::connected, this, &Kitchens::deviceConnected);
    connect(&hub, &Hub::disconnected, this, &Kitchens::deviceDisconnected);
    connect(&hub, &Hub::grew, this, &Kitchens::opsCommitted);
    connect(&hub, &Hub::troubled, this, &Kitchens::troubled);
    connect(&hub, &Hub::clockJudged, this, &Kitchens::clockJudged);
}

Expected<QString> Kitchens::nameOf(const KitchenId &kitchen)
{
    const Expected<storage::Kitchen> found = m_store->find(kitchen);
    return found ? Expected(found->name) : found.error();
}

void Kitchens::joined(const KitchenId &kitchen, const storage::Member &device)
{
    if (const Expected<std::shared_ptr<LiveKitchen>> there = live(kitchen))
        guarded(kitchen, [&] { (*there)->hub().join(device); });
}

Expected<std::unique_ptr<Guest>> Kitchens::seat(Socket &socket, const storage::Admission &admission,
                                                const protocol::Hello &hello, qint64 at)
{
    const Expected<std::shared_ptr<LiveKitchen>> kitchen = live(admission.kitchen);
    if (!kitchen)
        return kitchen.error();
    m_seen.insert(admission.device, m_clock.wallMs());
    std::unique_ptr<Guest> session;
    guarded(admission.kitchen,
            [&] { session = (*kitchen)->hub().greet(socket, admission, hello, at); });
    if (!session)
        return Error{ErrorCode::Unreachable, Restarts, {}};
    return session;
}

Outcome Kitchens::revoke(const DeviceId &device)
{
    const Expected<KitchenId> kitchen = m_store->admissions().revoke(device);
    if (!kitchen)
        return kitchen.error();
    if (const auto there = awake(*kitchen))
        guarded(*kitchen, [&] { there->hub().expel(device); });
    return done();
}

void Kitchens::settle()
{
    m_outbox.flush(); // who waits to be read does not wait for the disk
    commit();
    m_outbox.flush();
}

/// All kitchens' ops in one transaction.
void Kitchens::commit()
{
    if (m_pushing.empty())
        return;
    std::vector<std::pair<std::shared_ptr<LiveKitchen>, std::deque<PushedOps>>> taken;
    QList<storage::KitchenLog::Batch> batches;
    for (const auto &kitchen : std::exchange(m_pushing, {})) {
        taken.emplace_back(kitchen, kitchen->takePushes(OpsPerCommit));
        batches += batchOf(kitchen->store().log(), taken.back().second);
        if (kitchen->hasPushes())
            m_pushing.insert(kitchen);
    }
    if (!m_pushing.empty())
        m_thread.post([] {}); // another round
    const auto appended = m_store->append(batches);
    for (size_t i = 0; i < taken.size(); ++i) {
        auto &[kitchen, pushes] = taken[i];
        if (!appended && taken.size() > 1)
            commitAlone(*kitchen, pushes);
        else
            tell(*kitchen, pushes,
                 appended ? Expected(appended->at(qsizetype(i))) : appended.error());
    }
}

/// One kitchen's trouble is not the others'.
void Kitchens::commitAlone(LiveKitchen &kitchen, const std::deque<PushedOps> &pushes)
{
    tell(kitchen, pushes,
         kitchen.store().log().append(batchOf(kitchen.store().log(), pushes).arrivals));
}

void Kitchens::tell(LiveKitchen &kitchen, const std::deque<PushedOps> &pushes,
                    const Expected<QList<storage::Appended>> &appended)
{
    guarded(kitchen.kitchen().id, [&] {
        kitchen.hub().committed(outcomeOf(pushes, appended, kitchen.store().log().head()));
    });
}

void Kitchens::beat()
{
    const qint64 boot = m_clock.bootMs();
    while (!m_due.empty() && m_due.begin()->first <= boot) {
        const KitchenId id = m_due.begin()->second;
        const auto kitchen = awake(id);
        if (kitchen->mayRest(boot))
            remove(id);
        else if (guarded(id, [&] { kitchen->beat(boot); }))
            schedule(id);
    }
    if (!m_seen.isEmpty() && boot >= m_nextNote)
        noteSeen();
}

void Kitchens::noteSeen()
{
    m_nextNote = m_clock.bootMs() + NoteSeenMs;
    if (const Outcome noted = m_store->admissions().noteSeen(m_seen); noted)
        m_seen.clear(); // else with the next ones
}

std::optional<qint64> Kitchens::nextBeat() const
{
    std::optional<qint64> next;
    if (!m_seen.isEmpty())
        next = m_nextNote;
    if (!m_due.empty())
        next = std::min(next.value_or(m_due.begin()->first), m_due.begin()->first);
    return next;
}

void Kitchens::close()
{
    m_closing = true;
    commit();
    if (!m_seen.isEmpty())
        noteSeen();
    const Text lastWord = farewell(protocol::ByeReason::Closing, Stops);
    for (const auto &hatch : std::exchange(m_strangers, {}))
        hatch->dismiss(lastWord);
    QList<std::shared_ptr<LiveKitchen>> all;
    for (const auto &[id, place] : m_live)
        all += place.kitchen;
    for (const auto &kitchen : std::as_const(all))
        guarded(kitchen->kitchen().id, [&] { kitchen->hub().close(Stops); });
}

} // namespace simmer::syncserver
