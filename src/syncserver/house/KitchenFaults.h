// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "supervision/Faults.h"

namespace simmer::syncserver {

/// A place in a kitchen's worker where tests order a fault, by its own name or by "kitchen", which
/// is any of them.
inline void faultAt(const char *place, const KitchenId &kitchen)
{
    supervision::faults::point("kitchen", kitchen);
    supervision::faults::point(place, kitchen);
}

} // namespace simmer::syncserver
