// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace simmer::recipes::formats {

/// Seconds of an ISO 8601 duration ("PT1H30M", "P0DT0H35M", "PT1.5H"), case and spaces forgiven.
/// Nothing for other text, for months and years (their length varies) and for over 400 days.
std::optional<double> isoSeconds(const QString &text);

/// Minutes, rounded up, that a recipe's field says: an ISO 8601 duration, a bare number of minutes,
/// "1h30", or words ("1 hour 30 minutes"); of a range the longer end. Nothing for negative lengths
/// and for over 400 days, which no timer takes either.
std::optional<int> minutesIn(const QString &text, const QString &language);

/// The total of a recipe that names only its parts: the sum of the known ones.
std::optional<int> totalOf(const std::optional<int> &prep, const std::optional<int> &cook);

} // namespace simmer::recipes::formats
