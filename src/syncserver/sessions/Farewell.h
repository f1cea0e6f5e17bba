// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "protocol/Messages.h"
#include "syncserver/net/Socket.h"

namespace simmer::syncserver {

/// A last word, encoded; `why` is shortened to what the codec takes.
Text farewell(protocol::ByeReason reason, const QString &why);

/// What an error of the store is to a device; `refused` when the store said no.
protocol::ByeReason reasonFor(const Error &error, protocol::ByeReason refused);

} // namespace simmer::syncserver
