// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/Kitchens.h"

#include "supervision/Thrown.h"
#include "syncserver/house/KitchenFaults.h"
#include "syncserver/sessions/Farewell.h"
#include "syncserver/sessions/Session.h"
#include "syncserver/sessions/Stranger.h"

#include <algorithm>
#include <numeric>

namespace simmer::syncserver {

namespace {

constexpr qsizetype OpsPerCommit = 1024; // of one kitchen; beyond that SQLite gains little
constexpr qint64 OnlookersWaitMs = 250;  // for presses; what they tell comes that much later
constexpr qint64 NoteSeenMs = 60'000;    // a device that comes costs no fsync of its own

const QString Restarts = QStringLiteral("this kitchen starts anew");
const QString Stops = QStringLiteral("the server stops");

} // namespace

Kitchens::Kitchens(const Clock &clock, KitchenThread &thread, Outbox &outbox, Doings &doings,
                   std::unique_ptr<storage::ServerStore> store, std::shared_ptr<CrashBook> book,
                   const supervision::Supervisor::Limits &limits)
    : m_clock(clock)
    , m_thread(thread)
    , m_outbox(outbox)
    , m_store(std::move(store))
    , m_workers(clock, thread, doings, *m_store, std::move(book), limits,
                [this](const LiveKitchens::Worker &worker) { m_pushing.insert(worker); })
{
    m_metrics.startedAt = double(clock.wallMs()) / 1000;
    m_store->useTurnstile(&doings);
    connect(&m_workers, &LiveKitchens::woken, this,
            [this](LiveKitchen &kitchen) { listenTo(kitchen.hub()); });
    connect(&m_workers, &LiveKitchens::troubled, this, &Kitchens::troubled);
    connect(&m_workers, &LiveKitchens::failed, this, &Kitchens::kitchenFailed);
    connect(&m_workers, &LiveKitchens::failed, this,
            [this](const KitchenId &kitchen) { ++m_failures[kitchen]; });
    connect(&m_workers, &LiveKitchens::wentSafe, this, &Kitchens::kitchenSafe);
    connect(&m_workers, &LiveKitchens::rests, this, &Kitchens::kitchenRests);
    connect(&m_workers, &LiveKitchens::leftSafe, this, &Kitchens::kitchenWell);
}

Kitchens::~Kitchens()
{
    for (const auto &hatch : m_strangers)
        hatch->dismiss(farewell(protocol::ByeReason::Closing, Stops));
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
    const bool went = m_workers.guarded(id, [&] {
        faultAt(id.isNull() ? "stranger" : "kitchen.deliver", id);
        what(*guest);
    });
    if (!went && id.isNull())
        hatch->dismiss(farewell(protocol::ByeReason::Closing, Restarts));
    if (!hatch->guest()) {
        m_strangers.erase(hatch);
        m_workers.left(id, hatch);
    } else if (auto next = hatch->guest()->successor()) {
        if (const auto kitchen = m_workers.awake(next->kitchen()))
            kitchen->seat(hatch);
        hatch->setGuest(std::move(next));
        m_strangers.erase(hatch);
    }
    m_workers.review(id);
}

void Kitchens::listenTo(Hub &hub)
{
    connect(&hub, &Hub::joined, this, &Kitchens::deviceJoined);
    connect(&hub, &Hub::connected, this, &Kitchens::deviceConnected);
    connect(&hub, &Hub::disconnected, this, &Kitchens::deviceDisconnected);
    connect(&hub, &Hub::grew, this, [this](qint64 count, qint64 head) {
        m_metrics.ops += count;
        if (!m_opsHeard || *m_opsHeard)
            Q_EMIT opsCommitted(count, head);
    });
    connect(&hub, &Hub::opRefused, this, [this] { ++m_metrics.refusedOps; });
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
    if (const Expected<LiveKitchens::Worker> there = m_workers.live(kitchen))
        guardedThenReviewed(kitchen, [&] { (*there)->hub().join(device); });
}

Expected<std::unique_ptr<Guest>> Kitchens::seat(Socket &socket, const storage::Admission &admission,
                                                const protocol::Hello &hello, qint64 at)
{
    const Expected<LiveKitchens::Worker> kitchen = m_workers.live(admission.kitchen);
    if (!kitchen)
        return kitchen.error();
    m_seen.insert(admission.device, m_clock.wallMs());
    std::unique_ptr<Guest> session;
    m_workers.guarded(admission.kitchen,
                      [&] { session = (*kitchen)->hub().greet(socket, admission, hello, at); });
    if (!session)
        return Error{ErrorCode::Unreachable, Restarts, {}};
    return session;
}

/// What it does may bring the kitchen's next beat nearer.
void Kitchens::guardedThenReviewed(const KitchenId &kitchen, const std::function<void()> &what)
{
    if (m_workers.guarded(kitchen, what))
        m_workers.review(kitchen);
}

Outcome Kitchens::revoke(const DeviceId &device)
{
    const Expected<KitchenId> kitchen = m_store->admissions().revoke(device);
    if (!kitchen)
        return kitchen.error();
    if (const auto there = m_workers.awake(*kitchen))
        guardedThenReviewed(*kitchen, [&] {
            there->hub().expel(device);
            if (Lookout *lookout = there->lookout())
                lookout->displays().revoke(device);
        });
    return done();
}

void Kitchens::settle()
{
    m_outbox.flush(); // who waits to be read does not wait for the disk
    commit();
    m_outbox.flush();
    if (!onlookersWait())
        lookOn();
    m_workers.doSpare();
    m_outbox.flush();
}

/// As long as there are presses to be kept, though not for long: then they hear of many at once.
bool Kitchens::onlookersWait() const
{
    return m_thread.hasMore() && m_clock.bootMs() - m_toldSince < OnlookersWaitMs;
}

/// Devices were told before: onlookers hold up nobody's press.
void Kitchens::lookOn()
{
    for (const auto &kitchen : std::exchange(m_told, {}))
        if (m_workers.isAwake(kitchen) &&
            m_workers.guarded(kitchen->kitchen().id, [&] { kitchen->lookOn(); }))
            m_workers.review(kitchen->kitchen().id);
}

/// What waits of one round. Who was replaced meanwhile has nothing to say any more: its devices
/// push again what was not acked.
std::vector<Kitchens::Taken> Kitchens::takePushes()
{
    std::vector<Taken> taken;
    for (const auto &kitchen : std::exchange(m_pushing, {})) {
        if (!m_workers.isAwake(kitchen))
            continue;
        m_workers.guarded(kitchen->kitchen().id, [&] {
            std::deque<PushedOps> pushes = kitchen->takePushes(OpsPerCommit);
            auto batch = batchOf(kitchen->store().log(), pushes);
            taken.push_back({kitchen, std::move(pushes), std::move(batch)});
            if (kitchen->hasPushes())
                m_pushing.insert(kitchen);
        });
    }
    if (!m_pushing.empty())
        m_thread.post([] {}); // another round
    return taken;
}

/// Nothing is thrown across kitchens: then each is asked alone, and the fault is its who throws.
Expected<QList<QList<storage::Appended>>> Kitchens::append(const std::vector<Taken> &taken)
{
    try {
        QList<storage::KitchenLog::Batch> batches;
        for (const Taken &one : taken)
            batches += one.batch;
        return m_store->append(batches);
    } catch (...) {
        return Error{ErrorCode::Crashed, supervision::wordsOf(std::current_exception()), {}};
    }
}

/// All kitchens' ops in one transaction.
void Kitchens::commit()
{
    if (m_pushing.empty())
        return;
    const std::vector<Taken> taken = takePushes();
    if (taken.empty())
        return;
    QElapsedTimer taking;
    taking.start();
    const auto appended = append(taken);
    if (supervision::Fence::isDownHere())
        return;
    m_written(std::accumulate(taken.begin(), taken.end(), qsizetype(0),
                              [](qsizetype sum, const Taken &one) {
                                  return sum + qsizetype(one.pushes.size());
                              }),
              taking);
    const bool alone =
        !appended && (taken.size() > 1 || appended.error().code == ErrorCode::Crashed);
    for (size_t i = 0; i < taken.size(); ++i) {
        const Taken &one = taken[i];
        m_workers.guarded(one.kitchen->kitchen().id, [&] {
            if (alone) // one kitchen's trouble is not the others'
                tell(one, one.kitchen->store().log().append(one.batch.arrivals));
            else
                tell(one, appended ? Expected(appended->at(qsizetype(i))) : appended.error());
        });
    }
}

void Kitchens::tell(const Taken &one, const Expected<QList<storage::Appended>> &appended)
{
    faultAt("kitchen.committed", one.kitchen->kitchen().id);
    if (m_told.empty())
        m_toldSince = m_clock.bootMs();
    m_told.insert(one.kitchen);
    one.kitchen->committed(outcomeOf(one.pushes, appended, one.kitchen->store().log().head()));
}

void Kitchens::beat()
{
    const qint64 boot = m_clock.bootMs();
    m_workers.beat(boot);
    if (!m_seen.isEmpty() && boot >= m_nextNote)
        noteSeen();
    if (m_astirAfter && boot >= m_nextWaking)
        wakeSome();
}

void Kitchens::noteSeen()
{
    m_nextNote = m_clock.bootMs() + NoteSeenMs;
    if (const Outcome noted = m_store->admissions().noteSeen(m_seen); noted)
        m_seen.clear(); // else with the next ones
}

std::optional<qint64> Kitchens::nextBeat() const
{
    std::optional<qint64> next = m_workers.nextBeat();
    if (!m_seen.isEmpty())
        next = std::min(next.value_or(m_nextNote), m_nextNote);
    if (m_astirAfter)
        next = std::min(next.value_or(m_nextWaking), m_nextWaking);
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
    const QList<LiveKitchens::Worker> all = m_workers.all();
    for (const auto &kitchen : all)
        m_workers.guarded(kitchen->kitchen().id, [&] {
            kitchen->hub().close(Stops);
            kitchen->lookOn(); // what was committed just now
            kitchen->rest();
        });
}

} // namespace simmer::syncserver
