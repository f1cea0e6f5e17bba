// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace simmer::syncclient {

/// The WebSocket address of what a person typed: "kitchen.local:7464", "http://…", "ws://…".
QUrl socketAddress(const QUrl &server);

} // namespace simmer::syncclient
