// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulation/Disk.h"

#include <QString>

namespace simmer::simulation {

/// How a schedule came out; an empty failure is success.
struct Result {
    QString failure;
    qint64 presses = 0;
    qint64 faults = 0;
    qint64 photos = 0; ///< that there were at the end
    qint64 powerCuts = 0;
    qint64 reboots = 0; ///< of the server
    qint64 breaks = 0;  ///< of kitchen time, where nobody could know better
};

/// Two to four devices and a server, an evening of presses and of everything that can go wrong,
/// then ten seconds of peace, then the checks. The same seed gives the same evening.
Result runSchedule(Disk &disk, quint64 seed, bool trace);

} // namespace simmer::simulation
