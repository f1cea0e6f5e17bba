// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimePhrases.h"

#include <cmath>

namespace simmer::recipes {

namespace {

constexpr double Minute = 60;
constexpr double Hour = 3600;
/// "2 days 5 hours 10 minutes 30 seconds" has no more parts; a bound for hostile text.
constexpr int MostParts = 4;
/// "another good 10 full long minutes" is enough.
constexpr int MostFillers = 3;
/// "an hour or 2": larger figures behind "or" are something else ("a minute or 350°").
constexpr double LargestAlternative = 20;

} // namespace

/// The unit that a count belongs to ("two more minutes", "half an hour"), or -1.
qsizetype TimePhrases::unitBehind(const TimeCount &count) const
{
    qsizetype at = count.next;
    if (roleAt(m_terms, at) == TimeRole::Dash && roleAt(m_terms, at + 1) == TimeRole::Unit)
        return at + 1; // "10-minute", and the slip of the pen "15 -minute"
    at = behindHyphen(m_terms, at);
    for (int fillers = 0; fillers < MostFillers; ++fillers) {
        const TimeRole role = roleAt(m_terms, at);
        const bool article = role == TimeRole::One && count.value < 1;
        if (role != TimeRole::Filler && !article)
            break;
        at = behindHyphen(m_terms, at + 1);
    }
    return roleAt(m_terms, at) == TimeRole::Unit ? at : -1;
}

/// The term behind "to", "or", "–" or, once announced, "and"; or the place itself.
qsizetype TimePhrases::behindRangeMark(qsizetype at, bool between) const
{
    const bool dash = roleAt(m_terms, at) == TimeRole::Dash;
    const qsizetype word = dash ? at + 1 : at; // "15- to 20-minute"
    const TimeRole role = roleAt(m_terms, word);
    if (role == TimeRole::To || role == TimeRole::Or || (between && role == TimeRole::Plus))
        return behindHyphen(m_terms, word + 1);
    if (dash)
        return word;
    const bool figures = role == TimeRole::Slash && m_terms[at - 1].figure &&
                         roleAt(m_terms, at + 1) == TimeRole::Number;
    return figures ? at + 1 : at;
}

std::optional<TimePhrases::Part> TimePhrases::readCounted(const TimeCount &low,
                                                          const TimeCount &high, bool inSum) const
{
    const qsizetype at = unitBehind(high);
    if (at < 0)
        return {};
    const TimeTerm &unit = m_terms[at];
    if (unit.use == UnitUse::AfterFigure && !high.figure)
        return {};
    if (unit.use == UnitUse::InSum && !inSum)
        return {};
    Part part;
    part.shortest = low.value * unit.value;
    part.longest = high.value * unit.value;
    part.unit = unit.value;
    part.single = low.value == high.value;
    part.letter = unit.use == UnitUse::AfterFigure;
    part.inWords = !high.figure;
    part.counted = !high.article;
    part.doubtful = unit.use == UnitUse::Ordinal && high.article;
    part.next = at + 1;
    return part;
}

/// A unit without a number: "Viertelstunde", "полчаса", "минут 10".
std::optional<TimePhrases::Part> TimePhrases::readBareUnit(qsizetype at) const
{
    if (roleAt(m_terms, at) != TimeRole::Unit)
        return {};
    const TimeTerm &unit = m_terms[at];
    Part part;
    part.shortest = part.longest = part.unit = unit.value;
    part.inWords = true;
    part.next = at + 1;
    if (unit.use == UnitUse::Alone)
        return part;
    if (unit.use == UnitUse::Inverted && addInvertedCount(part))
        return part;
    if (unit.value >= Hour && addHalf(part)) // "hora y media"
        return part;
    return {};
}

/// "2/3 minutes" are two to three: nobody times two thirds of a minute.
std::optional<TimePhrases::Part> TimePhrases::readTwins(qsizetype at) const
{
    const TimeTerm &figure = m_terms[at];
    const double above = figure.above;
    if (above < 2 || std::abs(above / figure.value - above - 1) > 0.01)
        return {};
    const TimeCount low{above, at + 1, true, false};
    const TimeCount high{above + 1, at + 1, true, false};
    const auto part = readCounted(low, high, false);
    return part && part->unit <= Minute ? part : std::nullopt;
}

/// The number behind its unit, "10" or "10–15", unless a unit of its own follows.
bool TimePhrases::addInvertedCount(Part &part) const
{
    const auto low = readCount(m_terms, part.next);
    if (!low || low->article || unitBehind(*low) >= 0)
        return false;
    const qsizetype second = behindRangeMark(low->next, false);
    const auto high = second > low->next ? readCount(m_terms, second) : std::nullopt;
    const bool range = high && high->value > low->value && unitBehind(*high) < 0;
    part.shortest = low->value * part.unit;
    part.longest = (range ? high : low)->value * part.unit;
    part.single = !range;
    part.next = (range ? high : low)->next;
    return true;
}

std::optional<TimePhrases::Part> TimePhrases::readPart(qsizetype at, bool between, bool inSum) const
{
    const auto low = readCount(m_terms, at);
    if (!low)
        return readBareUnit(at);
    if (auto twins = readTwins(at))
        return twins;
    if (auto part = readCounted(*low, *low, inSum))
        return part;
    const qsizetype second = behindRangeMark(low->next, between);
    if (second == low->next)
        return {};
    const auto high = readCount(m_terms, second);
    if (!high || high->value <= low->value)
        return {};
    return readCounted(*low, *high, inSum);
}

bool TimePhrases::addPart(Part &length) const
{
    qsizetype at = behindHyphen(m_terms, length.next);
    const bool comma = roleAt(m_terms, at) == TimeRole::Comma;
    at += comma ? 1 : 0;
    if (roleAt(m_terms, at) == TimeRole::Plus)
        at = behindHyphen(m_terms, at + 1);
    const auto more = readPart(at, false, true);
    if (comma && (!length.counted || !more || !more->counted || !more->single))
        return false;
    if (!more || more->unit >= length.unit || more->longest >= length.unit || !length.single)
        return false;
    length.shortest += more->shortest;
    length.longest += more->longest;
    length.unit = more->unit;
    length.single = more->single;
    length.next = more->next;
    return true;
}

/// Whether "and half" belongs to the time before it, not to a thing behind it: "bake ten minutes
/// and half the cheese".
bool TimePhrases::isHalfOf(const Part &length, const TimeCount &half) const
{
    if (half.value >= 1 || !length.single || unitBehind(half) >= 0)
        return false;
    const bool article = m_terms[half.next - 2].role == TimeRole::One;
    return length.unit >= Hour || length.longest == length.unit || article ||
           m_terms[half.next - 1].endsClause;
}

/// "an hour and a half", "1時間半".
bool TimePhrases::addHalf(Part &length) const
{
    const qsizetype at = behindHyphen(m_terms, length.next);
    const bool joined = roleAt(m_terms, at) == TimeRole::Plus;
    if (!joined && roleAt(m_terms, at) != TimeRole::Addition)
        return false;
    const auto part = readCount(m_terms, joined ? behindHyphen(m_terms, at + 1) : at);
    if (!part || !isHalfOf(length, *part))
        return false;
    length.shortest += part->value * length.unit;
    length.longest = length.shortest;
    length.next = part->next;
    return true;
}

/// Whether a number behind hours is minutes and doesn't belong to what follows it.
bool TimePhrases::standsAlone(const TimeCount &minutes, bool behindLetter) const
{
    if (unitBehind(minutes) >= 0 || minutes.value != std::floor(minutes.value))
        return false;
    const TimeTerm &last = m_terms[minutes.next - 1];
    const bool usual = !last.spaceBefore || minutes.value >= 10;
    return last.endsClause || (behindLetter && usual && last.beforeWord);
}

/// "1h30", "1 h 30", "1 hour thirty".
bool TimePhrases::addBareMinutes(Part &length) const
{
    if (length.unit != Hour || !length.single)
        return false;
    const bool joined = roleAt(m_terms, length.next) == TimeRole::Plus;
    const auto minutes = readCount(m_terms, length.next + (joined ? 1 : 0));
    if (!minutes || minutes->article || minutes->value < 1 || minutes->value >= 60)
        return false;
    if (!standsAlone(*minutes, length.letter))
        return false;
    length.shortest += minutes->value * Minute;
    length.longest = length.shortest;
    length.unit = Minute;
    length.next = minutes->next;
    return true;
}

bool TimePhrases::addMore(Part &length) const
{
    return addPart(length) || addHalf(length) || addBareMinutes(length);
}

/// "… to 1 hour": a second length behind the first.
bool TimePhrases::extendToLength(Part &length, bool between) const
{
    const qsizetype at = behindRangeMark(length.next, between);
    const bool alternative = roleAt(m_terms, at - 1) == TimeRole::Or;
    if (at == length.next || alternative || !length.single)
        return false;
    const auto until = readLength(at, false);
    if (!until || until->shortest <= length.longest || until->doubtful)
        return false;
    length.longest = until->longest;
    length.next = until->next;
    length.doubtful = false;
    return true;
}

/// "a minute or two", "hodinu až dvě", "een minuutje of 10".
bool TimePhrases::extendToCount(Part &length) const
{
    const TimeRole role = roleAt(m_terms, length.next);
    if ((role != TimeRole::Or && role != TimeRole::To) || !length.single)
        return false;
    const auto count = readCount(m_terms, length.next + 1);
    if (!count || count->article || count->value * length.unit <= length.longest)
        return false;
    const bool plausible = count->value <= LargestAlternative && role == TimeRole::Or;
    const bool inWords = length.inWords && !count->figure;
    if ((!plausible && !inWords) || unitBehind(*count) >= 0)
        return false;
    length.longest = count->value * length.unit;
    if (role == TimeRole::Or && m_orIsApproximate)
        length.shortest = length.longest;
    length.next = count->next;
    length.doubtful = false;
    return true;
}

std::optional<TimePhrases::Part> TimePhrases::readLength(qsizetype at, bool between) const
{
    auto length = readPart(at, between);
    if (!length)
        return {};
    for (int parts = 1; parts < MostParts && addMore(*length); ++parts) {
    }
    return length;
}

std::optional<TimePhrase> TimePhrases::read(qsizetype at) const
{
    const bool between = roleAt(m_terms, at - 1) == TimeRole::Between;
    auto length = readLength(at, between);
    if (!length)
        return {};
    if (!extendToLength(*length, between))
        extendToCount(*length);
    if (length->doubtful)
        return {};
    return TimePhrase{length->shortest, length->longest, at, length->next};
}

qsizetype TimePhrases::behindClock(qsizetype at) const
{
    if (roleAt(m_terms, at) != TimeRole::Clock)
        return at;
    const auto hours = readPart(at + 1, false);
    return hours && hours->unit == Hour ? hours->next : at;
}

bool TimePhrases::isCancelled(const TimePhrase &phrase) const
{
    return roleAt(m_terms, behindHyphen(m_terms, phrase.next)) == TimeRole::Cancel;
}

} // namespace simmer::recipes
