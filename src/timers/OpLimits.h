// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// What an op's text may hold; whoever reads one holds it to these.
namespace simmer::timers {

inline constexpr qint64 MaxKitchenTime =
    8'640'000'000'000'000;                      // what a Date of ECMAScript can hold, ms
inline constexpr qint64 MaxInteger = 1LL << 53; // what every JSON reader keeps exactly
inline constexpr qsizetype LongestName = 200;
inline constexpr qsizetype LongestCook = 64;
inline constexpr qsizetype LongestType = 40;

} // namespace simmer::timers
