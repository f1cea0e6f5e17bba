// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Durations.h"

#include "recipes/times/TimeFinder.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

namespace simmer::recipes::formats {

namespace {

constexpr double MaxSeconds = 400.0 * 24 * 3600;

QRegularExpression whole(const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)),
                              QRegularExpression::CaseInsensitiveOption);
}

std::optional<double> bounded(double seconds)
{
    return seconds >= 0 && seconds <= MaxSeconds ? std::optional(seconds) : std::nullopt;
}

/// The sum of a match whose captures 1 … n are numbers of these many seconds each.
template<size_t N>
std::optional<double> sum(const QRegularExpressionMatch &match, const std::array<double, N> &units)
{
    double seconds = 0;
    bool any = false;
    for (size_t i = 0; i < N; ++i) {
        QString number = match.captured(static_cast<int>(i) + 1);
        any = any || !number.isEmpty();
        seconds += number.replace(u',', u'.').toDouble() * units[i];
    }
    return any ? bounded(seconds) : std::nullopt;
}

std::optional<double> bareMinutes(const QString &text)
{
    static const QRegularExpression pattern = whole(R"((\d{1,7}(?:[.,]\d{1,9})?))");
    const auto match = pattern.match(text);
    return match.hasMatch() ? sum(match, std::array{60.0}) : std::nullopt;
}

std::optional<double> shortForm(const QString &text)
{
    static const QRegularExpression pattern =
        whole(R"((?:(\d{1,4})\s*h)?\s*(?:(\d{1,6})\s*(?:m|min|mn|')?)?)");
    const auto match = pattern.match(text);
    return match.hasMatch() ? sum(match, std::array{3600.0, 60.0}) : std::nullopt;
}

std::optional<double> inWords(const QString &text, const QString &language)
{
    double seconds = 0;
    const QList<Slot> found = findTimes(text, language);
    for (const Slot &slot : found)
        seconds += static_cast<double>(slot.longestSeconds);
    return found.isEmpty() ? std::nullopt : bounded(seconds);
}

} // namespace

std::optional<double> isoSeconds(const QString &text)
{
    static const QRegularExpression pattern =
        whole(R"(P(?:([\d.,]{1,12})W)?(?:([\d.,]{1,12})D)?)"
              R"((?:T(?:([\d.,]{1,12})H)?(?:([\d.,]{1,12})M)?(?:([\d.,]{1,12})S)?)?)");
    QString dense = text;
    dense.remove(u' ');
    const auto match = pattern.match(dense);
    constexpr std::array Units{604800.0, 86400.0, 3600.0, 60.0, 1.0};
    return match.hasMatch() ? sum(match, Units) : std::nullopt;
}

std::optional<int> minutesIn(const QString &text, const QString &language)
{
    const QString trimmed = text.trimmed();
    auto seconds = isoSeconds(trimmed);
    if (!seconds)
        seconds = bareMinutes(trimmed);
    if (!seconds)
        seconds = shortForm(trimmed);
    if (!seconds)
        seconds = inWords(trimmed, language);
    return seconds ? std::optional(static_cast<int>(std::ceil(*seconds / 60))) : std::nullopt;
}

std::optional<int> totalOf(const std::optional<int> &prep, const std::optional<int> &cook)
{
    if (!prep && !cook)
        return std::nullopt;
    const int sum = prep.value_or(0) + cook.value_or(0);
    return sum * 60.0 <= MaxSeconds ? std::optional(sum) : std::nullopt;
}

} // namespace simmer::recipes::formats
