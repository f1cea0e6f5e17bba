// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/SyncServer.h"

#include <QLocalServer>
#include <QTemporaryDir>

#include <optional>

namespace simmer::app {

/// The running server's ear for `simmerd invite` and the like: a local socket for this user
/// only. Where it is, and the url of the server, stand in a file of the data folder. Lives in the
/// main thread.
class ControlSocket : public QObject
{
public:
    explicit ControlSocket(syncserver::SyncServer &server);

    /// Errors: Refused when the system denies it.
    Outcome listen(const QString &dataDir, const QUrl &url);

private:
    QString choosePath(const QString &dataDir);
    void answerNext();
    void hear(QLocalSocket &socket);

    syncserver::SyncServer &m_server;
    QLocalServer m_listener;
    std::optional<QTemporaryDir> m_elsewhere; ///< when the data folder's path is too long
};

/// All ask the server that runs on this data folder. Errors: Unreachable; Refused, with its word.
Expected<syncserver::Invite> askForInvite(const QString &dataDir, Role role,
                                          const KitchenId &kitchen);
Expected<syncserver::LogSize> askForSize(const QString &dataDir);
/// Shuts a device out and closes its connection.
Outcome askToRevoke(const QString &dataDir, const DeviceId &device);

/// All kitchens, as the server knows them.
Expected<QList<syncserver::KitchenState>> askForKitchens(const QString &dataDir);
/// One more kitchen.
Expected<KitchenId> askForKitchen(const QString &dataDir, const QString &name);
/// Lets a program in; its token in 32 bytes.
Expected<QByteArray> askForToken(const QString &dataDir, const QString &name, Role role,
                                 const KitchenId &kitchen);

/// The address on which a server of this data folder listened last, or the default.
QUrl lastUrl(const QString &dataDir);

} // namespace simmer::app
