// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/times/TimeLexicon.h"

#include <optional>

namespace simmer::recipes {

/// A number in the text: "1 1/2", "twenty-five", "two and a half", "half a", "an".
struct TimeCount {
    double value = 0;
    qsizetype next = 0;   ///< the first term behind it
    bool figure = false;  ///< written in digits
    bool article = false; ///< only "a", "another", …
};

/// Whether the term there is a dash without spaces, as in "10-minute".
bool isHyphen(const QList<TimeTerm> &terms, qsizetype at);

/// The term behind a hyphen at this place, or the place itself.
qsizetype behindHyphen(const QList<TimeTerm> &terms, qsizetype at);

/// The role at a place, Other behind the end.
TimeRole roleAt(const QList<TimeTerm> &terms, qsizetype at);

/// The number that begins at this term, if any. Looks at a bounded number of terms.
std::optional<TimeCount> readCount(const QList<TimeTerm> &terms, qsizetype at);

} // namespace simmer::recipes
