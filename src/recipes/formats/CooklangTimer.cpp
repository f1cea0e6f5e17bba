// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/CooklangTimer.h"

#include "recipes/times/TimeFinder.h"

#include <QHash>
#include <QRegularExpression>

#include <cmath>

namespace simmer::recipes::formats {

namespace {

/// Seconds of the units that Cooklang itself uses, exact for every number. Some are so short that
/// no text finder takes them for times ("5 m" are metres there); in a timer they mean nothing else.
std::optional<double> secondsOfUnit(const QString &unit)
{
    static const QHash<QString, double> units = [] {
        QHash<QString, double> known;
        for (const char *word : {"s", "sec", "secs", "second", "seconds", "\""})
            known.insert(QLatin1String(word), 1);
        for (const char *word : {"m", "min", "mins", "minute", "minutes", "'"})
            known.insert(QLatin1String(word), 60);
        for (const char *word : {"h", "hr", "hrs", "hour", "hours"})
            known.insert(QLatin1String(word), 3600);
        for (const char *word : {"d", "day", "days"})
            known.insert(QLatin1String(word), 86400);
        return known;
    }();
    const auto found = units.constFind(unit.toLower());
    return found == units.cend() ? std::nullopt : std::optional(*found);
}

struct Length {
    double shortest = 0;
    double longest = 0;
};

double numberOf(QString text)
{
    return text.replace(u',', u'.').toDouble();
}

/// The numbers of "5", "1,5" or "20-25".
std::optional<Length> numbersOf(const cooklang::Item &timer)
{
    if (const double *number = std::get_if<double>(&timer.quantity))
        return Length{*number, *number};
    static const QRegularExpression pattern(
        QStringLiteral(R"(^(\d{1,6}(?:[.,]\d{1,6})?)(?:\s*[-–—]\s*(\d{1,6}(?:[.,]\d{1,6})?))?$)"));
    const auto match = pattern.match(timer.amount);
    if (!match.hasMatch())
        return std::nullopt;
    const double first = numberOf(match.captured(1));
    return Length{first, match.capturedLength(2) > 0 ? numberOf(match.captured(2)) : first};
}

std::optional<Length> byUnit(const cooklang::Item &timer)
{
    const auto unit = secondsOfUnit(timer.units);
    const auto numbers = numbersOf(timer);
    if (!unit || !numbers)
        return std::nullopt;
    return Length{numbers->shortest * *unit, numbers->longest * *unit};
}

/// By the words of the timer, in whatever language; "1 hour 30 minutes" may be found as two.
std::optional<Length> byWords(const QString &text, const QString &language)
{
    const QList<Slot> found = findTimes(text, language);
    Length length;
    for (const Slot &slot : found) {
        length.shortest += static_cast<double>(slot.shortestSeconds);
        length.longest += static_cast<double>(slot.longestSeconds);
    }
    return found.isEmpty() ? std::nullopt : std::optional(length);
}

} // namespace

QString timerText(const cooklang::Item &timer)
{
    if (timer.amount.isEmpty())
        return timer.name;
    return timer.units.isEmpty() ? timer.amount : timer.amount + u' ' + timer.units;
}

std::optional<Slot> timerSlot(const cooklang::Item &timer, int start, int end,
                              const QString &language)
{
    constexpr double MaxSeconds = 400.0 * 24 * 3600; // longer timers are refused everywhere
    if (timer.amount.isEmpty())
        return std::nullopt;
    auto length = byUnit(timer);
    if (!length)
        length = byWords(timerText(timer), language);
    if (!length || length->shortest > length->longest || length->longest > MaxSeconds)
        return std::nullopt;
    const auto shortest = static_cast<qint64>(std::llround(length->shortest));
    const auto longest = static_cast<qint64>(std::llround(length->longest));
    if (shortest < 1)
        return std::nullopt;
    return Slot{start, end, shortest, longest, timer.name};
}

} // namespace simmer::recipes::formats
