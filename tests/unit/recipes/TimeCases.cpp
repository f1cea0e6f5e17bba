// SPDX-License-Identifier: GPL-3.0-or-later
#include "TimeCases.h"

#include "recipes/times/TimeFinder.h"

#include <QStringList>

namespace simmer::tests {

namespace {

QString shownSeconds(qint64 seconds)
{
    struct Unit {
        qint64 seconds;
        QLatin1Char letter;
    };
    static constexpr Unit units[] = {{86400, QLatin1Char('d')},
                                     {3600, QLatin1Char('h')},
                                     {60, QLatin1Char('m')},
                                     {1, QLatin1Char('s')}};
    QString shown;
    for (const Unit &unit : units) {
        if (seconds >= unit.seconds)
            shown += QString::number(seconds / unit.seconds) + unit.letter;
        seconds %= unit.seconds;
    }
    return shown;
}

} // namespace

QString shownTimes(const QString &text, const QString &language)
{
    QStringList shown;
    const QList<recipes::Slot> times = recipes::findTimes(text, language);
    for (const recipes::Slot &time : times) {
        QString line = text.sliced(time.start, time.end - time.start) + QStringLiteral(" = ") +
                       shownSeconds(time.shortestSeconds);
        if (time.longestSeconds != time.shortestSeconds)
            line += QStringLiteral("..") + shownSeconds(time.longestSeconds);
        shown.append(line);
    }
    return shown.join(QStringLiteral("; "));
}

} // namespace simmer::tests
