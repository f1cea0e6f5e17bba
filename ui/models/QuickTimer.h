// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timerserver/TimerServer.h"

#include <QString>

#include <optional>

namespace simmer::ui {

/// What a cook typed into the quick timer field: "eggs 7 min", "20–25 min bread", "tea 3:30", or
/// just "7" (minutes), with soft calls on the way: "10 min pasta, stir every 2 min, taste 1 min
/// before the end". The rest of the words is the name; without any, `fallbackName`. Nothing when
/// there is no time in it, or more than one.
std::optional<timerserver::Press> quickTimer(const QString &typed, const QString &fallbackName);

} // namespace simmer::ui
