// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/QuickTimer.h"

#include "recipes/times/TimeFinder.h"

#include <QRegularExpression>

namespace simmer::ui {

namespace {

constexpr qint64 SecondMs = 1000;

/// Times that only this field takes: "3:30" and a bare number of minutes, at the start or the end.
std::optional<recipes::Slot> terseTime(const QString &text)
{
    static const QRegularExpression terse(
        QStringLiteral("(?:^|\\s)(?:(?<m>\\d{1,3}):(?<s>[0-5]\\d)|(?<n>\\d{1,4}))(?=\\s|$)"));
    QRegularExpressionMatchIterator all = terse.globalMatch(text);
    if (!all.hasNext())
        return std::nullopt;
    const QRegularExpressionMatch match = all.next();
    if (all.hasNext())
        return std::nullopt;
    const qint64 seconds = match.capturedLength(u"n") > 0 ? match.captured(u"n").toLongLong() * 60
                                                          : match.captured(u"m").toLongLong() * 60 +
                                                                match.captured(u"s").toLongLong();
    return recipes::Slot{
        int(match.capturedStart()), int(match.capturedEnd()), seconds, seconds, {}};
}

std::optional<recipes::Slot> onlyTime(const QString &text)
{
    const QList<recipes::Slot> found = recipes::findTimes(text);
    if (found.isEmpty())
        return terseTime(text);
    return found.size() == 1 ? std::optional(found.constFirst()) : std::nullopt;
}

QString nameAround(const QString &text, const recipes::Slot &slot)
{
    static const QRegularExpression joints(
        QStringLiteral("^(?:for|in|für|,|:|-|–)\\s+|\\s*(?:\\bfor|\\bin|\\bfür|,|:|-|–)$"),
        QRegularExpression::CaseInsensitiveOption);
    QString name =
        (text.left(slot.start).trimmed() + QLatin1Char(' ') + text.mid(slot.end).trimmed())
            .trimmed();
    name.remove(joints);
    name = name.trimmed();
    return name.left(1).toUpper() + name.mid(1);
}

} // namespace

std::optional<timerserver::Press> quickTimer(const QString &typed, const QString &fallbackName)
{
    const QString text = typed.simplified();
    const auto slot = onlyTime(text);
    if (!slot || slot->shortestSeconds <= 0)
        return std::nullopt;
    const QString name = nameAround(text, *slot);
    return timerserver::Press{name.isEmpty() ? fallbackName : name,
                              slot->shortestSeconds * SecondMs, slot->longestSeconds * SecondMs,
                              std::nullopt};
}

} // namespace simmer::ui
