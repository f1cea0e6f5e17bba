// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimeFinder.h"

#include "recipes/times/TimeLanguages.h"
#include "recipes/times/TimePhrases.h"

#include <cmath>
#include <limits>

namespace simmer::recipes {

namespace {

/// A timer is never longer (DESIGN 3: over 400 days is refused at entry).
constexpr double LongestSeconds = 400.0 * 24 * 3600;

/// The slot of a phrase, unless no timer can be that long or short. "0–5 minutes" is 5.
std::optional<Slot> slotOf(const TimePhrase &phrase, const QList<TimeTerm> &terms)
{
    const double shortest = phrase.shortest > 0 ? phrase.shortest : phrase.longest;
    if (std::llround(shortest) <= 0 || phrase.longest > LongestSeconds)
        return {};
    Slot slot;
    slot.start = terms[phrase.first].start;
    slot.end = terms[phrase.next - 1].end;
    slot.shortestSeconds = std::llround(shortest);
    slot.longestSeconds = std::llround(phrase.longest);
    return slot;
}

} // namespace

QList<Slot> findTimes(const QString &text, const QString &language)
{
    if (text.size() > std::numeric_limits<int>::max())
        return {};
    const QList<TimeToken> tokens = timeTokens(text);
    const TimeLexicon &lexicon = lexiconFor(tokens, language);
    const QList<TimeTerm> terms = lexicon.terms(tokens, unitsAbroad());
    const TimePhrases phrases(terms, lexicon.words().orIsApproximate);
    QList<Slot> found;
    for (qsizetype at = 0; at < terms.size();) {
        at = phrases.behindClock(at);
        const auto phrase = phrases.read(at);
        if (phrase && !phrases.isCancelled(*phrase)) {
            if (const auto slot = slotOf(*phrase, terms))
                found.append(*slot);
        }
        at = phrase ? phrase->next : at + 1;
    }
    return found;
}

void findTimes(Recipe &recipe)
{
    for (Step &step : recipe.steps)
        if (step.slots.isEmpty())
            step.slots = findTimes(step.text, recipe.language);
}

} // namespace simmer::recipes
