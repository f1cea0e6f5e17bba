// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimeCounts.h"

#include <cmath>

namespace simmer::recipes {

namespace {

using Terms = QList<TimeTerm>;

/// "two hundred and twenty-five" has no more parts; a bound for hostile text.
constexpr int MostNumberWords = 5;

bool isWordNumber(const Terms &terms, qsizetype at)
{
    const TimeRole role = roleAt(terms, at);
    return (role == TimeRole::Number && !terms[at].figure) || role == TimeRole::Multiplier;
}

/// What may still be added to a number: ones to twenty, less than a hundred to a hundred.
double roomBelow(double value)
{
    if (std::fmod(value, 100) == 0)
        return 100;
    return std::fmod(value, 10) == 0 ? 10 : 1;
}

/// Adds the word at `at` to the number before it, if they make one number.
bool compose(const Terms &terms, qsizetype at, double &value)
{
    const bool one = roleAt(terms, at) == TimeRole::One;
    if (!one && !isWordNumber(terms, at))
        return false;
    const double part = terms[at].value;
    if (roleAt(terms, at) == TimeRole::Multiplier && value < part)
        value *= part;
    else if (part < roomBelow(value) && part == std::floor(part))
        value += part;
    else
        return false;
    return true;
}

/// "zwanzig", "twenty-five", "vingt et un", "two hundred".
TimeCount readWords(const Terms &terms, qsizetype at)
{
    TimeCount count{terms[at].value, at + 1, false, false};
    for (int words = 1; words < MostNumberWords; ++words) {
        const qsizetype linked = behindHyphen(terms, count.next);
        const qsizetype joined =
            roleAt(terms, linked) == TimeRole::Plus ? behindHyphen(terms, linked + 1) : linked;
        if (!compose(terms, joined, count.value))
            break;
        count.next = joined + 1;
    }
    return count;
}

/// "half", "three quarters": what begins at `at` as a part of one, or nothing.
std::optional<TimeCount> readFraction(const Terms &terms, qsizetype at)
{
    double times = 1;
    const TimeRole first = roleAt(terms, at);
    const bool counted = first == TimeRole::Number && terms[at].value < 10 &&
                         terms[at].value == std::floor(terms[at].value);
    if (first == TimeRole::One || counted) {
        times = terms[at].value;
        at = behindHyphen(terms, at + 1);
    }
    if (roleAt(terms, at) != TimeRole::Fraction)
        return {};
    return TimeCount{times * terms[at].value, at + 1, false, false};
}

/// "… 1/2", "… and a half", "…einhalb", "to en halv": adds a part behind a number.
void addPart(const Terms &terms, TimeCount &count)
{
    const qsizetype at = behindHyphen(terms, count.next);
    const TimeRole role = roleAt(terms, at);
    const qsizetype joined = role == TimeRole::Plus ? behindHyphen(terms, at + 1) : at;
    const TimeRole part = roleAt(terms, joined);
    if (part == TimeRole::Number && terms[joined].fraction && terms[joined].value < 1) {
        count.value += terms[joined].value;
        count.next = joined + 1;
    } else if (role == TimeRole::Addition) {
        count.value += terms[at].value;
        count.next = at + 1;
    } else if (role == TimeRole::Plus || role == TimeRole::One) {
        const auto fraction = readFraction(terms, joined);
        if (fraction && fraction->value < 1) {
            count.value += fraction->value;
            count.next = fraction->next;
        }
    }
}

bool isWhole(double value)
{
    return value == std::floor(value);
}

} // namespace

TimeRole roleAt(const Terms &terms, qsizetype at)
{
    return at >= 0 && at < terms.size() ? terms[at].role : TimeRole::Other;
}

bool isHyphen(const Terms &terms, qsizetype at)
{
    return roleAt(terms, at) == TimeRole::Dash && !terms[at].spaceBefore && !terms[at].spaceAfter;
}

qsizetype behindHyphen(const Terms &terms, qsizetype at)
{
    return isHyphen(terms, at) ? at + 1 : at;
}

std::optional<TimeCount> readCount(const Terms &terms, qsizetype at)
{
    const TimeRole role = roleAt(terms, at);
    if (auto fraction = readFraction(terms, at))
        return fraction;
    if (role == TimeRole::Addition)
        return TimeCount{terms[at].value, at + 1, false, false};
    if (role == TimeRole::One) {
        TimeCount count{terms[at].value, at + 1, false, true};
        addPart(terms, count);
        count.article = count.next == at + 1;
        return count;
    }
    if (role != TimeRole::Number && role != TimeRole::Multiplier)
        return {};
    TimeCount count =
        terms[at].figure ? TimeCount{terms[at].value, at + 1, true, false} : readWords(terms, at);
    if (isWhole(count.value))
        addPart(terms, count);
    return count;
}

} // namespace simmer::recipes
