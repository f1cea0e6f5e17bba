// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/Registry.h"
#include "supervision/Supervisor.h"
#include "syncserver/house/CrashBook.h"
#include "syncserver/house/Doings.h"
#include "syncserver/house/KitchenThread.h"
#include "syncserver/kitchen/LiveKitchen.h"

#include <QObject>

#include <deque>
#include <set>

namespace simmer::syncserver {

/// The workers of the kitchens that somebody uses: wakes them, lets the idle ones rest, replaces
/// those that throw, one for one, and leaves one that throws again and again only what nobody can
/// do without (safe mode). Lives in the kitchen thread, from which its signals come.
class LiveKitchens : public QObject
{
    Q_OBJECT

public:
    using Worker = std::shared_ptr<LiveKitchen>;
    using WantsCommit = std::function<void(const Worker &)>;

    /// All must outlive it. Goes on with what the book remembers.
    LiveKitchens(const Clock &clock, KitchenThread &thread, Doings &doings,
                 storage::ServerStore &store, std::shared_ptr<CrashBook> book,
                 const supervision::Supervisor::Limits &limits, WantsCommit wantsCommit);
    ~LiveKitchens() override;

    /// The worker of a kitchen, woken if need be. Errors: as LiveKitchen::wake; Unreachable for one
    /// that rests after too many faults.
    Expected<Worker> live(const KitchenId &id);
    /// The one that is awake, if it is.
    Worker awake(const KitchenId &id) const { return m_live.find(id); }
    bool isAwake(const Worker &worker) const { return awake(worker->kitchen().id) == worker; }
    QList<Worker> all() const;
    qsizetype size() const { return m_live.size(); }

    /// Does something of a kitchen, null for nobody's. What that throws is its fault alone: whether
    /// there was nothing.
    bool guarded(const KitchenId &kitchen, const std::function<void()> &what);
    /// Its worker hung, in a thread that was left behind.
    void hung(const KitchenId &kitchen, const QString &why);
    /// A hatch of it is no more.
    void left(const KitchenId &kitchen, const std::shared_ptr<Hatch> &hatch);

    /// For workers that are woken from now on.
    void setReports(Lookout::Reports reports) { m_reports = std::move(reports); }
    void limitOps(int perSecond) { m_opsPerSecond = perSecond; }
    /// One step of what can wait; once a round. Whoever asked first comes first.
    void doSpare();
    qsizetype spareSteps() const { return qsizetype(m_spare.size()); }
    /// Its next beat may be another one now.
    void review(const KitchenId &id) { schedule(id); }
    WorkerCounts counts() const { return m_book->counts(); }

    /// Does what is due; when something is due next, ms since boot.
    void beat(qint64 boot);
    std::optional<qint64> nextBeat() const;

Q_SIGNALS:
    /// Before it does anything.
    void woken(simmer::syncserver::LiveKitchen &kitchen);
    void troubled(const simmer::Error &error);
    /// Its worker threw, or hung, and is replaced.
    void failed(const simmer::KitchenId &kitchen, const QString &why);
    /// It failed too often.
    void wentSafe(const simmer::KitchenId &kitchen, const QString &why);
    /// It fails in safe mode too: for some time nobody is let in.
    void rests(const simmer::KitchenId &kitchen, const QString &why);
    void leftSafe(const simmer::KitchenId &kitchen);

private:
    supervision::Supervisor::Start starter(const KitchenId &id);
    void start(const KitchenId &id, supervision::Mode mode);
    Expected<Worker> load(const KitchenId &id, supervision::Mode mode);
    void retire(const Worker &worker);
    void crashed(const KitchenId &id, const QString &why);
    void rest(const KitchenId &id);
    void schedule(const KitchenId &id);
    void unschedule(const KitchenId &id);
    void note(const KitchenId &id);
    LiveKitchen::Ways ways();

    const Clock &m_clock;
    KitchenThread &m_thread;
    Doings &m_doings;
    storage::ServerStore &m_store;
    const std::shared_ptr<CrashBook> m_book;
    const WantsCommit m_wantsCommit;
    Lookout::Reports m_reports;
    int m_opsPerSecond = protocol::limits::OpsPerSecond; ///< of each device
    std::deque<std::pair<std::weak_ptr<LiveKitchen>, std::function<void(LiveKitchen &)>>> m_spare;
    supervision::Registry<KitchenId, LiveKitchen> m_live;
    QHash<KitchenId, qint64> m_dueAt;             ///< of all of these, ms since boot
    std::set<std::pair<qint64, KitchenId>> m_due; ///< the same, the next first
    std::optional<Error> m_refused;               ///< why the store did not give the last one
    supervision::Supervisor m_supervisor;
    std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< for tasks that come too late
};

} // namespace simmer::syncserver
