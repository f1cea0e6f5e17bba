// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/ApiKitchen.h"
#include "syncserver/api/Metrics.h"
#include "syncserver/house/LiveKitchens.h"
#include "syncserver/kitchen/KitchenState.h"
#include "syncserver/sessions/Reception.h"

#include <QElapsedTimer>
#include <QObject>

#include <set>
#include <vector>

namespace simmer::syncserver {

/// All kitchens of a server: brings guests to their workers, and commits what came in for all of
/// them at once. Lives in the kitchen thread, from which its signals come too.
class Kitchens : public QObject, public Reception
{
    Q_OBJECT

public:
    /// All must outlive it.
    Kitchens(const Clock &clock, KitchenThread &thread, Outbox &outbox, Doings &doings,
             std::unique_ptr<storage::ServerStore> store, std::shared_ptr<CrashBook> book,
             const supervision::Supervisor::Limits &limits);
    ~Kitchens() override;

    /// The server's key, over TLS.
    void setOwnKey(const std::optional<identity::Fingerprint> &key) { m_ownKey = key; }

    /// What onlookers of all kitchens report, in the kitchen thread. Before the first is woken.
    void setReports(const Lookout::Reports &reports);

    storage::ServerStore &store() { return *m_store; }
    /// Of each device, in kitchens that wake from now on.
    void limitOps(int perSecond) { m_workers.limitOps(perSecond); }
    /// opsCommitted is a wake-up of somebody for each commit: only when that one listens.
    void tellOpsIf(std::shared_ptr<const std::atomic<bool>> heard)
    {
        m_opsHeard = std::move(heard);
    }

    /// Called once so many pushes were written, which began then, and before anybody is told of
    /// them: so the disk is under way while answers are made.
    using Written = std::function<void(qsizetype pushes, const QElapsedTimer &taking)>;
    void tellWhenWritten(Written written) { m_written = std::move(written); }

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

    /// Their workers.
    LiveKitchens &workers() { return m_workers; }
    /// How many that run with nobody there are woken before those have been read.
    static constexpr qsizetype WokenAtOnce = 16;
    /// A request with this token (32 bytes): `then` hears whose it is, once the kitchen is awake.
    void receive(const QByteArray &token, const std::function<void(std::optional<ApiGuest>)> &then);
    /// Wakes the kitchens in which something runs, a few at a time, from now on.
    void wakeAstir();
    /// All kitchens, the oldest first.
    Expected<QList<KitchenState>> states() const;
    /// Lets a program into a kitchen (null: the first); gives its token. Errors: as
    /// Admissions::issue.
    Expected<QByteArray> issue(const QString &name, Role role, const KitchenId &kitchen);
    /// What was counted, and how things are now.
    Metrics metrics() const;
    /// Puts a device out of its kitchen; its connection is closed at once. Errors: NotFound.
    Outcome revoke(const DeviceId &device);

    // As the strangers' reception
    std::optional<identity::Fingerprint> ownKey() const override { return m_ownKey; }
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
    // As LiveKitchens has them
    void kitchenFailed(const simmer::KitchenId &kitchen, const QString &why);
    void kitchenSafe(const simmer::KitchenId &kitchen, const QString &why);
    void kitchenRests(const simmer::KitchenId &kitchen, const QString &why);
    void kitchenWell(const simmer::KitchenId &kitchen);

private:
    /// What one kitchen has for the commit of a round.
    struct Taken {
        LiveKitchens::Worker kitchen;
        std::deque<PushedOps> pushes;
        storage::KitchenLog::Batch batch;
    };

    void listenTo(Hub &hub);
    void guardedThenReviewed(const KitchenId &kitchen, const std::function<void()> &what);
    std::vector<Taken> takePushes();
    Expected<QList<QList<storage::Appended>>> append(const std::vector<Taken> &taken);
    void commit();
    void tell(const Taken &one, const Expected<QList<storage::Appended>> &appended);
    void noteSeen();
    void wakeSome();
    void lookOn();
    bool onlookersWait() const;

    const Clock &m_clock;
    KitchenThread &m_thread;
    Outbox &m_outbox;
    std::unique_ptr<storage::ServerStore> m_store;
    std::optional<identity::Fingerprint> m_ownKey;
    std::set<std::shared_ptr<Hatch>> m_strangers;
    std::set<LiveKitchens::Worker> m_pushing; ///< that have ops to be committed
    QHash<DeviceId, qint64> m_seen;           ///< wall clock, ms; not written yet
    std::set<LiveKitchens::Worker> m_told;    ///< whose onlookers are to hear of a commit
    qint64 m_toldSince = 0;                   ///< ms since boot, of the first of them
    std::optional<KitchenId> m_astirAfter;    ///< those before were woken; nothing once all were
    qint64 m_nextWaking = 0;
    QHash<KitchenId, qint64> m_failures; ///< of workers, in this thread
    Metrics m_metrics;                   ///< what is counted in it
    qint64 m_nextNote = 0;
    std::shared_ptr<const std::atomic<bool>> m_opsHeard; ///< null: always
    Written m_written = [](qsizetype, const auto &) {};
    bool m_closing = false;
    LiveKitchens m_workers; ///< last: they use what stands above
};

} // namespace simmer::syncserver
