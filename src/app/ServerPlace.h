// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/SyncServer.h"

#include <QStringList>

namespace simmer::app {

/// Who comes near the server inside a program.
enum class Reach {
    ThisMachine, ///< loopback, plain
    House,       ///< every address of this machine, TLS by a key of its own
};

/// How such a server runs: its files in PROFILE/server, its key in server.pem there, made at the
/// first start. Errors: those of identity::loadOrMake().
Expected<syncserver::ServerOptions> serverOptions(const QString &profile, Reach reach,
                                                  quint16 port);

/// Where other devices reach such a server: "192.168.1.24:7464", "[fd00::1]:7464". The likeliest
/// first, never empty.
QStringList addressesOf(const syncserver::ServerOptions &options, quint16 port);
/// The part before the port, without brackets.
QString hostOf(const QString &address);

} // namespace simmer::app
