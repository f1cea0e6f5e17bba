// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "base/Clock.h"
#include "base/Error.h"
#include "base/Mood.h"
#include "base/Role.h"
#include "identity/Bytes32.h"
#include "supervision/SupervisedThread.h"

#include <QHash>
#include <QList>
#include <QMetaType>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <memory>

namespace simmer::storage {
class DeviceLog;
}

namespace simmer::syncclient {

class Link;

/// How this device stands with its kitchen's server.
enum class LinkState {
    Alone,      ///< not paired: this device is its own kitchen
    Connecting, ///< paired, no connection at the moment; rings here all the same
    CatchingUp, ///< connected, log or outbox not yet level
    Level,      ///< all that was done anywhere is here, and all done here is there
    Removed,    ///< the server does not know this device any more
    ReadOnly,   ///< a newer Simmer wrote this profile: nothing can be taken nor sent
    Copied,     ///< another machine is connected as this device: one of them must pair again
};

/// A device of the kitchen, as the server reported it.
struct KitchenDevice {
    DeviceId id;
    QString name;
    bool online = false;

    bool operator==(const KitchenDevice &) const = default;
};

/// What the status bar shows.
struct LinkStatus {
    LinkState state = LinkState::Alone;
    QUrl server;
    QString kitchen;              ///< its name
    Role role = Role::Owner;      ///< of this device there, as last heard
    qint64 waiting = 0;           ///< ops in the outbox
    qint64 levelSinceMs = 0;      ///< kitchen time of the last moment of being level, or 0
    QList<KitchenDevice> devices; ///< as last heard, also while there is no connection
    QString trouble;              ///< why there is no connection, or empty
    bool photosLevel = false; ///< and so are all photos, as far as somebody who is there has them
    QHash<BlobHash, QString> refusedPhotos; ///< those that the server will not have, and why
    KitchenId kitchenId = {};

    bool isConnected() const { return state == LinkState::CatchingUp || state == LinkState::Level; }
    bool operator==(const LinkStatus &) const = default;
};

/// How lively the kitchen is, by its server's word.
struct KitchenPulse {
    double score = 0;
    Mood mood = Mood::Quiet;

    bool operator==(const KitchenPulse &) const = default;
};

/// The face of the link thread, which keeps this device's log and its kitchen's server level.
/// Lives in its owner's thread; signals arrive there. A link that throws or hangs is replaced by
/// one that takes up from the log where that was.
class SyncClient : public QObject
{
    Q_OBJECT

public:
    /// `clock` and `log` must outlive it.
    SyncClient(const Clock &clock, storage::DeviceLog &log, QObject *parent = nullptr);
    ~SyncClient() override;

    const LinkStatus &status() const { return m_status; }

    /// Joins the kitchen of the server by a one-time code; paired() or pairingFailed() follows. The
    /// server's key, where it came with the code, keeps whoever stands between away from the start.
    void pair(const QUrl &server, const QString &code, const QString &deviceName,
              const std::optional<identity::Fingerprint> &serverKey = {});

    /// Wants every pulse of the kitchen, the first at once, as long as `watcher` lives. That it is
    /// unattended is told in any case.
    void watchPulse(QObject &watcher);

    /// Asks how things stand now, all commands to the log and its photos given before included:
    /// reviewed() with this number or a later one follows.
    quint64 review();
    /// How the link is kept alive.
    const supervision::SupervisedThread &thread() const { return *m_thread; }

Q_SIGNALS:
    /// How things stood when `question` was answered; it comes unasked, too.
    void reviewed(const simmer::syncclient::LinkStatus &status, quint64 question);
    void statusChanged(const simmer::syncclient::LinkStatus &status);
    void paired();
    void pairingFailed(const simmer::Error &error);
    /// The server's clock minus this boot's time, ms, as newly measured.
    void offsetMeasured(qint64 offsetMs);
    /// The server told the kitchen's pulse: while it is watched every 2 s and at each change.
    void pulseChanged(const simmer::syncclient::KitchenPulse &pulse);

private:
    void tellWhetherWatched();
    std::unique_ptr<QObject> makeLink(supervision::Mode mode);

    const Clock &m_clock;
    storage::DeviceLog &m_log;
    LinkStatus m_status;
    bool m_pairing = false;
    int m_watchers = 0;     ///< of the pulse
    quint64 m_question = 0; ///< the newest of review()
    QPointer<Link> m_link;  ///< owned by m_thread; null while none is there
    bool m_hadLink = false;
    std::unique_ptr<supervision::SupervisedThread> m_thread;
};

} // namespace simmer::syncclient

Q_DECLARE_METATYPE(simmer::syncclient::LinkState)
Q_DECLARE_METATYPE(simmer::syncclient::LinkStatus)
Q_DECLARE_METATYPE(simmer::syncclient::KitchenPulse)
