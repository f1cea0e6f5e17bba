// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"
#include "syncserver/SyncServer.h"

namespace simmer::app {

/// What of the settings the server cannot follow; each with what to do. A setting without effect
/// would be a promise that nobody keeps.
QStringList beyondServer(const Effective &effective);

/// The settings as the server library takes them; `descriptors` are sockets that listen already,
/// and go before addresses. Errors: those of the certificate and its key.
Expected<syncserver::ServerOptions> optionsOf(const Config &config, const QList<int> &descriptors);

} // namespace simmer::app
