// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace simmer::recipes {

/// A length as somebody types it into a field, in seconds: "2:30:00", "12:30" (minutes), "45" (the
/// same), "1½ hours". Nothing for what is none, 0, or longer than a timer may be (400 days).
std::optional<qint64> typedLength(const QString &text, const QString &language = {});

/// The reverse: "2:30:00", "12:30".
QString lengthText(qint64 seconds);

} // namespace simmer::recipes
