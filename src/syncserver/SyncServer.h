// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "storage/kitchen/Admissions.h"
#include "storage/safety/Salvaged.h"
#include "supervision/Supervisor.h"
#include "syncserver/house/CrashBook.h"
#include "syncserver/kitchen/KitchenState.h"
#include "syncserver/net/Endpoint.h"
#include "timers/ServerClock.h"

#include <QObject>
#include <QUrl>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace simmer::storage {
class DataFolder;
class ServerStore;
} // namespace simmer::storage

namespace simmer::syncserver {

inline constexpr quint16 DefaultPort = 7464;

/// How a kitchen server runs. Times in ms.
struct ServerOptions {
    QString dataDir;
    QList<ListenAt> at = {{QStringLiteral("127.0.0.1"), DefaultPort}};
    std::optional<identity::Identity> identity; ///< with one: TLS; beyond loopback it needs that,
    bool behindProxy = false;                   ///< or a proxy with TLS that stands before it
    QStringList hosts;                          ///< names beside those that it listens at
    QStringList origins;                        ///< web pages that may come
    QString kitchenName;                        ///< of the first kitchen, when it is made
    QUrl webhookRing;                           ///< empty: none
    QUrl webhookUnattended;
    QByteArray metricsTokenHash;             ///< SHA-256 of its 32 bytes; empty: this machine only
    bool announce = true;                    ///< by Avahi, when it listens beyond this machine
    int opsPerSecond = 0;                    ///< of a device, 0: the protocol's limit
    int handshakeMs = 0;                     ///< 0: the protocol's limit
    int stalledMs = 0;                       ///< 0: the protocol's limit
    bool countLoopback = false;              ///< as EndpointOptions has it
    supervision::Supervisor::Limits crashes; ///< of a kitchen's worker
    qint64 hangMs = 5000;                    ///< so long a kitchen's task may take
    qint64 diskMs = 60'000;                  ///< and the disk
};

/// What a person needs to let a device join.
struct Invite {
    QString code;
    QUrl url;
    qint64 goodForMs = 0;
    std::optional<identity::Fingerprint> key = {}; ///< the server's, over TLS
};

/// How large a kitchen's log is.
struct LogSize {
    qint64 ops = 0;   ///< in the log now
    qint64 head = 0;  ///< seq of the newest
    qint64 base = 0;  ///< seq of the newest that was folded into history
    qint64 lives = 0; ///< of timers, in the history

    bool operator==(const LogSize &) const = default;
};

class Shift;

/// The face of a kitchen server: its network thread and its kitchen thread. Lives in its owner's
/// thread; signals and answers arrive there.
class SyncServer : public QObject
{
    Q_OBJECT

public:
    /// `clock` must outlive it.
    explicit SyncServer(const Clock &clock, QObject *parent = nullptr);
    ~SyncServer() override;

    /// Opens the store, makes the kitchen at the first start, listens; gives the address for
    /// devices. Errors: StoreBusy when another process has the folder, BadArgument and Refused
    /// for the address, those of the store.
    Expected<QUrl> start(const ServerOptions &options);
    /// Whether this start made the kitchen: nobody can have joined before. While it runs.
    bool isNew() const;
    /// Where devices reach it now, the likeliest first: wss://192.168.1.24:7464. While it runs.
    QList<QUrl> urls() const;
    // Each answer comes in this thread; where no kitchen is named it is the server's first
    /// A new one-time code for a device that shall have this role. Errors: NotFound.
    void invite(Role role, std::function<void(const Expected<Invite> &)> answer,
                const KitchenId &kitchen = {});
    /// One more kitchen.
    void makeKitchen(const QString &name, std::function<void(const Expected<KitchenId> &)> answer);
    /// Counts the log.
    void measure(std::function<void(const Expected<LogSize> &)> answer);
    void devices(std::function<void(const Expected<QList<storage::Member>> &)> answer);
    /// Puts a device out of its kitchen, and closes its connection. Errors: NotFound.
    void revoke(const DeviceId &device, std::function<void(const Outcome &)> answer);
    /// How all kitchens stand.
    void kitchens(std::function<void(const Expected<QList<KitchenState>> &)> answer);
    /// Lets a program in that has this role; gives its token, 32 bytes, which is told only now.
    /// Errors: NotFound.
    void issueToken(const QString &name, Role role,
                    std::function<void(const Expected<QByteArray> &)> answer,
                    const KitchenId &kitchen = {});
    /// Calls `answered` in this thread once all threads of the server have come round: the store's
    /// only after what was asked of it before. Never while one hangs.
    void probe(std::function<void()> answered);
    /// Says goodbye to all devices, commits what they pushed, ends the threads. Takes at most
    /// about two seconds, if nothing hangs.
    void stop();
    /// How the workers of its kitchens fare.
    WorkerCounts workers() const;
    /// Whether a thread is still out there that hung and cannot be ended: the clock must live as
    /// long, and a process whose main() is done should end at once.
    bool isHaunted() const;

Q_SIGNALS:
    /// Something beside the kitchens does not work: a webhook, the announcement, the cooking log.
    void warned(const QString &what);
    void deviceJoined(const simmer::DeviceId &device, const QString &name);
    void deviceConnected(const simmer::DeviceId &device, const QString &name);
    void deviceDisconnected(const simmer::DeviceId &device, const QString &name);
    /// So many ops are newly on the disk; head is the newest seq.
    void opsCommitted(qint64 count, qint64 head);
    /// The file was damaged when the server started; this is what became of it.
    void salvaged(const simmer::storage::Salvaged &salvaged);
    /// Something that a person should see to: nothing could be saved, or no backup be made. After
    /// StoreDamaged the server has to be started anew, which mends its file.
    void troubled(const simmer::Error &error);
    /// What kitchen time goes by now.
    void clockJudged(const simmer::timers::ClockStatus &status);
    /// A kitchen's worker failed and was replaced.
    void kitchenFailed(const simmer::KitchenId &kitchen, const QString &why);
    /// It failed too often: from now on it only keeps, acks and passes on what comes.
    void kitchenSafe(const simmer::KitchenId &kitchen, const QString &why);
    /// It fails even so: for half a minute nobody is let in.
    void kitchenRests(const simmer::KitchenId &kitchen, const QString &why);
    /// It does everything again.
    void kitchenWell(const simmer::KitchenId &kitchen);
    /// A task of a kitchen (null: of none) did not end for so long: all kitchens go on in a new
    /// thread, all devices connect anew.
    void kitchenHung(const simmer::KitchenId &kitchen, qint64 ms);
    /// Nothing can be done within this process: it should end now, without stop(), and be started
    /// anew.
    void stuck(const simmer::Error &error);

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    class Core;

    const Clock &m_clock;
    std::vector<std::shared_ptr<Shift>> m_left; ///< behind, as they hung
    /// Somebody listens to opsCommitted.
    std::shared_ptr<std::atomic<bool>> m_opsHeard = std::make_shared<std::atomic<bool>>(false);
    std::unique_ptr<Core> m_core; ///< while it runs
};

/// A server's files while no server runs. Whoever holds one holds its folder alone. Belongs to the
/// thread that opened it.
class AbsentServer
{
public:
    /// Errors: StoreBusy when a server runs there, and those of the store. `clock` must outlive it.
    static Expected<std::unique_ptr<AbsentServer>> open(const QString &dataDir, const Clock &clock);
    ~AbsentServer();
    Q_DISABLE_COPY_MOVE(AbsentServer)

    // As SyncServer's
    Expected<QString> invite(Role role, const KitchenId &kitchen = {});
    Expected<KitchenId> makeKitchen(const QString &name);
    Expected<LogSize> measure();
    Expected<QList<storage::Member>> devices();
    Outcome revoke(const DeviceId &device);
    Expected<QList<KitchenState>> kitchens();
    Expected<QByteArray> issueToken(const QString &name, Role role, const KitchenId &kitchen = {});

private:
    AbsentServer(const Clock &clock, std::unique_ptr<storage::DataFolder> folder,
                 std::unique_ptr<storage::ServerStore> store);

    const Clock &m_clock;
    std::unique_ptr<storage::DataFolder> m_folder;
    std::unique_ptr<storage::ServerStore> m_store;
};

} // namespace simmer::syncserver
