// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/times/TimeCounts.h"

#include <optional>

namespace simmer::recipes {

/// A length of time as the text has it, with the terms that it takes up.
struct TimePhrase {
    double shortest = 0; ///< seconds; may be anything that a text can say
    double longest = 0;
    qsizetype first = 0; ///< its first term
    qsizetype next = 0;  ///< the first term behind it
};

/// Reads times by the grammar that all languages share; the words come from the lexicon.
/// Every call looks at a bounded number of terms, so a walk through a text is linear.
class TimePhrases
{
public:
    TimePhrases(const QList<TimeTerm> &terms, bool orIsApproximate)
        : m_terms(terms)
        , m_orIsApproximate(orIsApproximate)
    {
    }

    /// The time that begins exactly at this term: "2 hr. 15 min", "45 minutes to 1 hour".
    std::optional<TimePhrase> read(qsizetype at) const;
    /// The term behind a time of day that begins here ("om 8 uur"), or the place itself.
    qsizetype behindClock(qsizetype at) const;
    /// Whether what follows makes a name of the time before: "day-old", "minute steak".
    bool isCancelled(const TimePhrase &phrase) const;

private:
    /// A number or range with one unit: "20–25 min".
    struct Part {
        double shortest = 0;
        double longest = 0;
        double unit = 0;       ///< seconds
        bool single = true;    ///< no range yet
        bool letter = false;   ///< a letter as unit: "1h"
        bool inWords = false;  ///< the number is a word, or there is none
        bool counted = false;  ///< by a number, not an article
        bool doubtful = false; ///< "a second": counts only with more behind it
        qsizetype next = 0;
    };

    std::optional<Part> readLength(qsizetype at, bool between) const;
    std::optional<Part> readPart(qsizetype at, bool between, bool inSum = false) const;
    std::optional<Part> readCounted(const TimeCount &low, const TimeCount &high, bool inSum) const;
    std::optional<Part> readTwins(qsizetype at) const;
    std::optional<Part> readBareUnit(qsizetype at) const;
    bool addInvertedCount(Part &part) const;
    bool addMore(Part &length) const;
    bool addPart(Part &length) const;
    bool addHalf(Part &length) const;
    bool isHalfOf(const Part &length, const TimeCount &half) const;
    bool addBareMinutes(Part &length) const;
    bool standsAlone(const TimeCount &minutes, bool behindLetter) const;
    bool extendToLength(Part &length, bool between) const;
    bool extendToCount(Part &length) const;
    qsizetype behindRangeMark(qsizetype at, bool between) const;
    qsizetype unitBehind(const TimeCount &count) const;

    const QList<TimeTerm> &m_terms;
    bool m_orIsApproximate;
};

} // namespace simmer::recipes
