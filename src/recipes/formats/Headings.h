// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace simmer::recipes::formats {

/// What stands under a heading of a recipe page.
enum class Heading { Ingredients, Steps, Other };

/// The kind of a heading by its words, in the languages that Simmer finds times in; nothing for
/// other text.
std::optional<Heading> headingOf(const QString &text);

} // namespace simmer::recipes::formats
