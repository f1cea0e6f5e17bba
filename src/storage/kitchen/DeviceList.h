// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"
#include "base/Role.h"

#include <QList>
#include <QString>

#include <optional>

namespace simmer::storage {

/// A device as those who run a server see it. Times are wall clock, ms.
struct ListedDevice {
    DeviceId id;
    QString kitchen; ///< its name
    QString name;
    Role role = Role::Owner;
    qint64 joined = 0;
    std::optional<qint64> seen = {};

    bool operator==(const ListedDevice &) const = default;
};

/// All devices of all kitchens of that file, in the order in which they joined; the server may run
/// meanwhile. Errors: FileUnreadable, StoreDamaged, StoreBroken.
Expected<QList<ListedDevice>> listDevices(const QString &path);

/// Shuts a device out, while no server runs: whoever calls this holds the folder (DataFolder).
/// Errors: NotFound, and as Database::open.
Outcome removeDevice(const QString &path, const DeviceId &device);

} // namespace simmer::storage
