// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/kitchen/KitchenThread.h"
#include "syncserver/kitchen/LiveKitchen.h"
#include "syncserver/kitchen/Reception.h"

#include <QObject>

#include <map>

namespace simmer::syncserver {

/// All kitchens of a server: wakes those that somebody comes to, lets the idle ones rest, commits
/// what came in for all of them at once, and replaces a worker that fails. Lives in the kitchen
/// thread, from which its signals come too.
class Kitchens : public QObject, public Reception
{
    Q_OBJECT

public:
    /// All must outlive it.
    Kitchens(const Clock &clock, KitchenThread &thread, Outbox &outbox,
             std::unique_ptr<storage::ServerStore> store);
    ~Kitchens() override;

    storage::ServerStore &store() { return *m_store; }
    /// Of each device, in kitchens that wake from now on.
    void limitOps(int perSecond) { m_opsPerSecond = perSecond; }

    /// A new socket, whose guest is a stranger.
    void greet(const std::shared_ptr<Hatch> &hatch);
    /// Gives a hatch's guest something to do. What that throws is the fault of its kitchen alone.
    void deliver(const std::shared_ptr<Hatch> &hatch, const std::function<void(Guest &)> &what);
    /// Called after each round of tasks.
    void settle();
    /// Does what is due; once per nextBeat().
    void beat();
    /// When something is due next, ms since boot; nothing when nobody is awake.
    std::optional<qint64> nextBeat() const;
    /// Says goodbye to everybody; what came in is committed.
    void close();

    /// The worker of a kitchen, woken if need be. Errors: as LiveKitchen::wake.
    Expected<std::shared_ptr<LiveKitchen>> live(const KitchenId &id);
    /// The one that is awake, if it is.
    std::shared_ptr<LiveKitchen> awake(const KitchenId &id) const;
    qsizetype awakeCount() const { return qsizetype(m_live.size()); }
    /// Puts a device out of its kitchen; its connection is closed at once. Errors: NotFound.
    Outcome revoke(const DeviceId &device);

    // As the strangers' reception
    qint64 wallMs() const override { return m_clock.wallMs(); }
    storage::Admissions &admissions() override { return m_store->admissions(); }
    Expected<QString> nameOf(const KitchenId &kitchen) override;
    void joined(const KitchenId &kitchen, const storage::Member &device) override;
    Expected<std::unique_ptr<Guest>> seat(Socket &socket, const storage::Admission &admission,
                                          const protocol::Hello &hello, qint64 at) override;

Q_SIGNALS:
    void deviceJoined(const simmer::DeviceId &device, const QString &name);
    void deviceConnected(const simmer::DeviceId &device, const QString &name);
    void deviceDisconnected(const simmer::DeviceId &device, const QString &name);
    void opsCommitted(qint64 count, qint64 head);
    void troubled(const simmer::Error &error);
    void clockJudged(const simmer::timers::ClockStatus &status);
    void kitchenFailed(const simmer::KitchenId &kitchen, const QString &why);

private:
    /// A worker, and when it is due.
    struct Place {
        std::shared_ptr<LiveKitchen> kitchen;
        qint64 due = 0;
    };

    bool guarded(const KitchenId &kitchen, const std::function<void()> &what);
    void schedule(const KitchenId &kitchen);
    void remove(const KitchenId &kitchen);
    void failed(const KitchenId &kitchen, const QString &why);
    void listenTo(Hub &hub);
    void commit();
    void commitAlone(LiveKitchen &kitchen, const std::deque<PushedOps> &pushes);
    void tell(LiveKitchen &kitchen, const std::deque<PushedOps> &pushes,
              const Expected<QList<storage::Appended>> &appended);
    void noteSeen();
    LiveKitchen::Ways ways();

    const Clock &m_clock;
    KitchenThread &m_thread;
    Outbox &m_outbox;
    std::unique_ptr<storage::ServerStore> m_store;
    std::map<KitchenId, Place> m_live;
    std::set<std::pair<qint64, KitchenId>> m_due; ///< all of these, the next first
    std::set<std::shared_ptr<Hatch>> m_strangers;
    std::set<std::shared_ptr<LiveKitchen>> m_pushing; ///< that have ops to be committed
    QHash<DeviceId, qint64> m_seen;                   ///< wall clock, ms; not written yet
    qint64 m_nextNote = 0;
    int m_opsPerSecond = protocol::limits::OpsPerSecond;
    bool m_closing = false;
    std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< for tasks that come too late
};

} // namespace simmer::syncserver
