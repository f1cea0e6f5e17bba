// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "storage/safety/Salvaged.h"
#include "timers/ServerClock.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace simmer::syncserver {

/// How a kitchen server runs. Times in ms.
struct ServerOptions {
    QString dataDir;
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 7464;      ///< 0: any free one
    bool behindProxy = false; ///< a proxy with TLS stands before it: may listen beyond loopback
    int handshakeMs = 0;      ///< 0: the protocol's limit
    int stalledMs = 0;        ///< 0: the protocol's limit
};

/// What a person needs to let a device join.
struct Invite {
    QString code;
    QUrl url;
};

/// How large a kitchen's log is.
struct LogSize {
    qint64 ops = 0;   ///< in the log now
    qint64 head = 0;  ///< seq of the newest
    qint64 base = 0;  ///< seq of the newest that was folded into history
    qint64 lives = 0; ///< of timers, in the history

    bool operator==(const LogSize &) const = default;
};

/// The face of a kitchen server: its network thread and its store thread. Lives in its owner's
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
    /// A new one-time code; `answer` is called in this thread.
    void invite(std::function<void(const Expected<Invite> &)> answer);
    /// Counts the log; `answer` is called in this thread.
    void measure(std::function<void(const Expected<LogSize> &)> answer);
    /// Calls `answered` in this thread once all threads of the server have come round: the store's
    /// only after what was asked of it before. Never while one hangs.
    void probe(std::function<void()> answered);
    /// Says goodbye to all devices, commits what they pushed, ends the threads. Takes at most
    /// about two seconds.
    void stop();

    /// A one-time code while no server runs. Errors: StoreBusy when one does.
    static Expected<QString> inviteWithoutServer(const QString &dataDir, const Clock &clock);
    /// The same count while no server runs. Errors: StoreBusy when one does.
    static Expected<LogSize> measureWithoutServer(const QString &dataDir);

Q_SIGNALS:
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

private:
    class Core;

    const Clock &m_clock;
    std::unique_ptr<Core> m_core; ///< while it runs
};

} // namespace simmer::syncserver
