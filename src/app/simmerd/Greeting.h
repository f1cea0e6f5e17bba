// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"
#include "syncserver/SyncServer.h"

#include <QJsonObject>

/// What a server says of itself on standard output when it starts.
namespace simmer::app {

struct Greeting {
    QList<QUrl> urls;                              ///< where devices connect, the likeliest first
    std::optional<identity::Fingerprint> key = {}; ///< over TLS
    bool behindProxy = false;
};

/// Where it is, and by what it is known.
QString inWords(const Greeting &greeting);
QJsonObject toJson(const Greeting &greeting);

/// How the first device joins. Without an invitation it says how to get one.
QString welcome(const Greeting &greeting, const std::optional<syncserver::Invite> &invite);
QJsonObject welcomeJson(const std::optional<syncserver::Invite> &invite);

/// Whether what is written to standard output is kept where others may read it: no place for a
/// code.
bool isOutputKept(const Config &config);

} // namespace simmer::app
