// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

namespace simmer::app {

/// What the profile remembers of sharing its kitchen, in PROFILE/sharing.json. A value.
struct SharingNote {
    bool isOn = false;
    quint16 port = 0;       ///< where it was shared last; 0: never
    KitchenId kitchen = {}; ///< the one that is shared; null until this device is in it

    bool operator==(const SharingNote &) const = default;
};

/// The note of this profile; that of one which never shared when there is none or it cannot be
/// read.
SharingNote readSharing(const QString &profile);
/// Errors: DiskFull.
Outcome keepSharing(const QString &profile, const SharingNote &note);

} // namespace simmer::app
