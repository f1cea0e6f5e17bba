// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// How much may wait on its way to one device, bytes. What waits in the log costs nothing.
namespace simmer::syncserver::flow {

inline constexpr qsizetype FullBytes = 128 * 1024; ///< live ops wait in the log above this,
inline constexpr qsizetype LowBytes = 64 * 1024;   ///< and the next page is fetched below that

} // namespace simmer::syncserver::flow
