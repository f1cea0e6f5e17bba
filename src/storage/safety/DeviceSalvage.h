// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/safety/Salvage.h"

namespace simmer::storage {

/// Saves what can be read of a damaged device.db (or of one that is gone), with the newest good
/// backup for the rest. Every op goes back to the outbox and the cursor to the start, so that the
/// server fills up what is missing. Errors: DiskFull, FileUnreadable.
Expected<Salvaged> mendDevice(const QString &path, const QDate &today);

} // namespace simmer::storage
