// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "recipes/formats/Cooklang.h"

#include <optional>

namespace simmer::recipes::formats {

/// What a reader sees of a Cooklang timer: "25 minutes", or its name when it has no length.
QString timerText(const cooklang::Item &timer);

/// The slot of a timer whose text stands at start … end; nothing when its length is no fixed one
/// ("~rest", "~{a while}").
std::optional<Slot> timerSlot(const cooklang::Item &timer, int start, int end,
                              const QString &language);

} // namespace simmer::recipes::formats
