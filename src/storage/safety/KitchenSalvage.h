// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/safety/Salvage.h"

namespace simmer::storage {

/// Saves a damaged kitchen file: the log as far as its chain proves it, then, as newly come, what
/// else could be read beyond. Devices whose place the chain does not have any more give back the
/// rest (decisions/0009). Errors: StoreDamaged when not even the kitchen's name could be read
/// anywhere; DiskFull, FileUnreadable.
Expected<Salvaged> mendKitchen(const QString &path, const QDate &today);

} // namespace simmer::storage
