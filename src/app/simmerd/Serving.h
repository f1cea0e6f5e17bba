// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"
#include "syncserver/SyncServer.h"

namespace simmer::app {

/// The settings as the server library takes them; `descriptors` are sockets that listen already,
/// and go before addresses. Errors: those of the certificate and its key, FileUnreadable and
/// BadArgument for the token of the metrics.
Expected<syncserver::ServerOptions> optionsOf(const Config &config, const QList<int> &descriptors);

} // namespace simmer::app
