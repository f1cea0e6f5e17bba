// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ServerPlace.h"
#include "app/SharingNote.h"
#include "base/Clock.h"
#include "base/OwnedThread.h"

#include <QObject>
#include <QUrl>

#include <functional>

namespace simmer::app {

/// The kitchen server inside the desktop program, in a thread of its own: making its key, opening
/// its files, its start and its end take as long as the disk likes, and nobody waits for them. It
/// does what it is asked in the order of asking. Lives in its owner's thread; answers and signals
/// arrive there, and nothing of a server that was closed since. Its end waits for the server's, two
/// seconds at most.
class HomeServer : public QObject
{
    Q_OBJECT

public:
    /// So many ports are tried the first time, from the first.
    static constexpr int MostPorts = 16;

    /// A server that listens.
    struct Place {
        QUrl url;              ///< for this device, over loopback
        QStringList addresses; ///< for others
        QString key;           ///< its fingerprint, empty without TLS
    };
    template<class Said>
    using Answer = std::function<void(const Expected<Said> &)>;

    /// `clock` must outlive it. `firstPort` 0: any free one.
    HomeServer(const Clock &clock, const QString &profile, Reach reach, quint16 firstPort);
    ~HomeServer() override;

    /// At the noted port; without one at the first that is free. Notes that, too: what cannot be
    /// noted does not serve. Errors: those of SyncServer::start() and keepSharing().
    void open(const SharingNote &note, const Answer<Place> &answer);
    /// All devices are told to come back.
    void close();
    /// After all that was asked before: noteFailed() when the disk refuses.
    void keep(const SharingNote &note);

    // As SyncServer's, while it is open
    void invite(Role role, const Answer<syncserver::Invite> &answer);
    void readMembers(const Answer<QList<storage::Member>> &answer);
    void revoke(const DeviceId &device, const std::function<void(const Outcome &)> &answer);

Q_SIGNALS:
    void noteFailed(const simmer::Error &error);
    void deviceJoined(const simmer::DeviceId &device, const QString &name);
    /// A device came or went.
    void membersMoved();
    void troubled(const simmer::Error &error);
    /// It can do nothing any more, as its disk failed or hangs: it wants to be closed.
    void stuck(const simmer::Error &error);

private:
    class Room;

    void inRoom(std::function<void(Room &)> work);
    template<class Said>
    std::function<void(const Said &)> here(std::function<void(const Said &)> answer);

    int m_opened = 0; ///< and closed: how often; an answer from before comes too late
    Room *m_room;     ///< owned by m_thread
    OwnedThread m_thread;
};

} // namespace simmer::app
