// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TypedLength.h"

#include "recipes/times/TimeFinder.h"

#include <QRegularExpression>

namespace simmer::recipes {

namespace {

constexpr qint64 MinuteSeconds = 60;
constexpr qint64 HourSeconds = 3600;
constexpr qint64 LongestSeconds = 400LL * 24 * HourSeconds;

/// "h:m:s", "m:s" or minutes; nothing else is a figure here.
std::optional<qint64> inFigures(const QString &text)
{
    static const QRegularExpression figures(
        QStringLiteral("^(?:(?:(?<h>\\d{1,4}):)?(?<m>\\d{1,4}):(?<s>[0-5]?\\d)|(?<n>\\d{1,6}))$"));
    const QRegularExpressionMatch match = figures.match(text);
    if (!match.hasMatch())
        return {};
    if (match.capturedLength(u"n") > 0)
        return match.captured(u"n").toLongLong() * MinuteSeconds;
    return match.captured(u"h").toLongLong() * HourSeconds +
           match.captured(u"m").toLongLong() * MinuteSeconds + match.captured(u"s").toLongLong();
}

} // namespace

std::optional<qint64> typedLength(const QString &text, const QString &language)
{
    const QString typed = text.simplified();
    std::optional<qint64> seconds = inFigures(typed);
    if (!seconds) {
        const QList<Slot> found = findTimes(typed, language);
        if (found.size() == 1)
            seconds = found.constFirst().shortestSeconds;
    }
    return seconds && *seconds > 0 && *seconds <= LongestSeconds ? seconds : std::nullopt;
}

QString lengthText(qint64 seconds)
{
    const auto two = [](qint64 number) {
        return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
    };
    const qint64 hours = seconds / HourSeconds;
    const qint64 minutes = seconds / MinuteSeconds % MinuteSeconds;
    const QString end = QLatin1Char(':') + two(seconds % MinuteSeconds);
    if (hours == 0)
        return QString::number(minutes) + end;
    return QString::number(hours) + QLatin1Char(':') + two(minutes) + end;
}

} // namespace simmer::recipes
