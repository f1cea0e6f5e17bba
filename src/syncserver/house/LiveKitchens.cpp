// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/LiveKitchens.h"

#include "supervision/Thrown.h"
#include "syncserver/house/KitchenFaults.h"

#include <algorithm>

namespace simmer::syncserver {

using supervision::Fence;
using supervision::Mode;
using supervision::Supervisor;

namespace {

const QString Restarts = QStringLiteral("this kitchen starts anew");
const QString Stops = QStringLiteral("the server stops");

KitchenId kitchenOf(const QString &key)
{
    return KitchenId::fromHex(key).value_or(KitchenId());
}

Error atRest()
{
    return {ErrorCode::Unreachable,
            QStringLiteral("this kitchen failed too often; it is tried again in half a minute"),
            {}};
}

} // namespace

LiveKitchens::LiveKitchens(const Clock &clock, KitchenThread &thread, Doings &doings,
                           storage::ServerStore &store, std::shared_ptr<CrashBook> book,
                           const Supervisor::Limits &limits, WantsCommit wantsCommit)
    : m_clock(clock)
    , m_thread(thread)
    , m_doings(doings)
    , m_store(store)
    , m_book(std::move(book))
    , m_wantsCommit(std::move(wantsCommit))
    , m_supervisor(clock, limits)
{
    connect(
        &m_supervisor, &Supervisor::wentSafe, this,
        [this](const QString &key, const QString &why) { Q_EMIT wentSafe(kitchenOf(key), why); });
    connect(&m_supervisor, &Supervisor::rests, this,
            [this](const QString &key, const QString &why) {
                const KitchenId id = kitchenOf(key);
                m_live.remove(id, awake(id));
                m_book->noteLive(m_live.size());
                note(id);
                Q_EMIT rests(id, why);
            });
    connect(&m_supervisor, &Supervisor::restarted, this,
            [this](const QString &key) { note(kitchenOf(key)); });
    connect(&m_supervisor, &Supervisor::leftSafe, this, [this](const QString &key) {
        note(kitchenOf(key));
        Q_EMIT leftSafe(kitchenOf(key));
    });
    const QHash<KitchenId, CrashBook::Record> records = m_book->records();
    for (auto known = records.cbegin(); known != records.cend(); ++known)
        (void)m_supervisor.resume(known.key().toHex(), starter(known.key()), known.value());
}

LiveKitchens::~LiveKitchens()
{
    for (const Worker &worker : all())
        worker->dismissAll(Stops);
}

QList<LiveKitchens::Worker> LiveKitchens::all() const
{
    QList<Worker> workers;
    for (const KitchenId &id : m_live.keys())
        workers += awake(id);
    return workers;
}

LiveKitchen::Ways LiveKitchens::ways()
{
    return {[this](const Worker &asker, std::function<void(LiveKitchen &)> task) {
                m_thread.post([this, task = std::move(task), asker = std::weak_ptr(asker),
                               alive = std::weak_ptr(m_alive)] {
                    const Worker worker = alive.expired() ? nullptr : asker.lock();
                    if (worker && isAwake(worker) &&
                        guarded(worker->kitchen().id, [&] { task(*worker); }))
                        schedule(worker->kitchen().id);
                });
            },
            [this](const Worker &asker, std::function<void(LiveKitchen &)> task) {
                m_spare.emplace_back(asker, std::move(task));
            },
            m_wantsCommit,
            [this](const Error &error) { Q_EMIT troubled(error); },
            m_reports,
            m_opsPerSecond};
}

void LiveKitchens::doSpare()
{
    if (m_spare.empty())
        return;
    const auto spare = std::move(m_spare.front());
    m_spare.pop_front();
    const Worker worker = spare.first.lock();
    if (worker && isAwake(worker) && guarded(worker->kitchen().id, [&] { spare.second(*worker); }))
        schedule(worker->kitchen().id);
    if (!m_spare.empty())
        m_thread.post([] {}); // another round
}

Supervisor::Start LiveKitchens::starter(const KitchenId &id)
{
    return [this, id](Mode mode) { start(id, mode); };
}

Expected<LiveKitchens::Worker> LiveKitchens::live(const KitchenId &id)
{
    if (Worker known = awake(id))
        return known;
    m_refused.reset();
    const QString key = id.toHex();
    if (m_supervisor.modeOf(key))
        m_supervisor.wake(key);
    else
        (void)m_supervisor.add(key, starter(id));
    if (Worker fresh = awake(id))
        return fresh;
    return m_refused.value_or(atRest());
}

/// A worker in the place of the one that is there, if one is: with what the file has, so that what
/// was pushed and is not written is forgotten without an ack. What the store refuses is no crash:
/// it would refuse again at once.
void LiveKitchens::start(const KitchenId &id, Mode mode)
{
    const Worker old = awake(id);
    if (old)
        retire(old);
    const Expected<Worker> fresh = load(id, mode);
    if (Fence::isDownHere())
        return;
    if (!fresh) {
        m_refused = fresh.error();
        m_live.remove(id, old);
        m_supervisor.remove(id.toHex());
        m_book->noteLive(m_live.size());
        return;
    }
    const bool isIn = old ? m_live.replace(id, old, *fresh) : m_live.add(id, *fresh);
    Q_ASSERT(isIn);
    m_book->noteLive(m_live.size());
    schedule(id);
}

Expected<LiveKitchens::Worker> LiveKitchens::load(const KitchenId &id, Mode mode)
{
    const Doings::Task task(m_doings, id);
    faultAt("kitchen.wake", id);
    Expected<Worker> fresh = LiveKitchen::wake(m_clock, m_store, id, ways(), mode);
    if (!fresh)
        return fresh;
    Q_EMIT woken(**fresh);
    (*fresh)->beat(m_clock.bootMs());
    return fresh;
}

/// Its devices come back to the next one.
void LiveKitchens::retire(const Worker &worker)
{
    unschedule(worker->kitchen().id);
    worker->dismissAll(Restarts);
}

bool LiveKitchens::guarded(const KitchenId &kitchen, const std::function<void()> &what)
{
    const Doings::Task task(m_doings, kitchen);
    try {
        what();
        return true;
    } catch (...) {
        const QString why = supervision::wordsOf(std::current_exception());
        if (Fence::isDownHere())
            return false; // others do its work by now
        if (kitchen.isNull())
            Q_EMIT troubled({ErrorCode::Crashed, why, {}});
        else
            crashed(kitchen, why);
    }
    return false;
}

void LiveKitchens::crashed(const KitchenId &id, const QString &why)
{
    const Worker old = awake(id);
    if (old)
        retire(old);
    m_book->noteRestart();
    Q_EMIT failed(id, why);
    m_supervisor.crashed(id.toHex(), why);
}

void LiveKitchens::hung(const KitchenId &kitchen, const QString &why)
{
    const QString key = kitchen.toHex();
    if (!m_supervisor.modeOf(key))
        (void)m_supervisor.resume(key, starter(kitchen), std::nullopt);
    crashed(kitchen, why);
}

void LiveKitchens::left(const KitchenId &kitchen, const std::shared_ptr<Hatch> &hatch)
{
    if (const Worker worker = awake(kitchen)) {
        worker->left(hatch, m_clock.bootMs());
        schedule(kitchen);
    }
}

void LiveKitchens::note(const KitchenId &id)
{
    m_book->note(id, m_supervisor.recordOf(id.toHex()));
}

/// Nobody is there. A worker rests no sooner than a minute after its start, and by then its crashes
/// count no more; safe mode is remembered.
void LiveKitchens::rest(const KitchenId &id)
{
    unschedule(id);
    m_live.remove(id, awake(id));
    m_book->noteLive(m_live.size());
    if (m_supervisor.modeOf(id.toHex()) == Mode::Normal) {
        m_supervisor.remove(id.toHex());
        m_book->note(id, std::nullopt);
    }
}

void LiveKitchens::unschedule(const KitchenId &id)
{
    if (const auto due = m_dueAt.constFind(id); due != m_dueAt.cend()) {
        m_due.erase({*due, id});
        m_dueAt.erase(due);
    }
}

void LiveKitchens::schedule(const KitchenId &id)
{
    const Worker worker = awake(id);
    if (!worker)
        return unschedule(id);
    const qint64 next = worker->nextBeat();
    if (m_dueAt.value(id, -1) == next)
        return; // as after nearly everything that it does
    unschedule(id);
    m_dueAt.insert(id, next);
    m_due.insert({next, id});
}

void LiveKitchens::beat(qint64 boot)
{
    while (!m_due.empty() && m_due.begin()->first <= boot && !Fence::isDownHere()) {
        const KitchenId id = m_due.begin()->second;
        const Worker worker = awake(id);
        if (worker->mayRest(boot)) {
            if (guarded(id, [&] { worker->rest(); }))
                rest(id);
        } else if (guarded(id, [&] {
                       faultAt("kitchen.beat", id);
                       worker->beat(boot);
                   }))
            schedule(id);
    }
    if (m_supervisor.nextTend().value_or(boot + 1) <= boot)
        m_supervisor.tend();
}

std::optional<qint64> LiveKitchens::nextBeat() const
{
    std::optional<qint64> next = m_supervisor.nextTend();
    if (!m_due.empty())
        next = std::min(next.value_or(m_due.begin()->first), m_due.begin()->first);
    return next;
}

} // namespace simmer::syncserver
