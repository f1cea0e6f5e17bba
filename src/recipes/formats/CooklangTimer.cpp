// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/CooklangTimer.h"

#include "recipes/TimeFinder.h"

#include <QHash>
#include <QRegularExpression>

#include <cmath>

namespace simmer::recipes::formats
{

namespace
{

/// Seconds of units so short that no text finder may take them for times ("5 m" are metres there);
/// inside a timer they can mean nothing else.
std::optional<double> secondsOfShortUnit(const QString &unit)
{
    static const QHash<QString, double> units{
        {QStringLiteral("s"), 1},       {QStringLiteral("sec"), 1},
        {QStringLiteral("secs"), 1},    {QStringLiteral("\""), 1},
        {QStringLiteral("m"), 60},      {QStringLiteral("min"), 60},
        {QStringLiteral("mins"), 60},   {QStringLiteral("'"), 60},
        {QStringLiteral("h"), 3600},    {QStringLiteral("hr"), 3600},
        {QStringLiteral("hrs"), 3600},  {QStringLiteral("d"), 86400},
        {QStringLiteral("day"), 86400}, {QStringLiteral("days"), 86400}};
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

std::optional<Length> byShortUnit(const cooklang::Item &timer)
{
    const auto unit = secondsOfShortUnit(timer.units);
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
    auto length = byShortUnit(timer);
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
