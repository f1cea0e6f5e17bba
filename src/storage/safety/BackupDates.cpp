// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/BackupDates.h"

#include <QSet>

#include <algorithm>

namespace simmer::storage {

namespace {

/// `dates` newest first, each once.
QList<QDate> newest(const QList<QDate> &dates)
{
    QList<QDate> kept = dates.mid(0, DailyBackups);
    QSet<QPair<int, int>> weeks;
    for (const QDate &date : dates) {
        int year = 0;
        const int week = date.weekNumber(&year); // ISO 8601
        if (weeks.contains({year, week}))
            continue;
        if (weeks.size() == WeeklyBackups)
            break;
        weeks.insert({year, week});
        if (!kept.contains(date))
            kept += date;
    }
    return kept;
}

} // namespace

QList<QDate> backupsToKeep(const QList<QDate> &all, const QDate &today)
{
    QList<QDate> sorted = all;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    const auto past = std::find_if(sorted.cbegin(), sorted.cend(),
                                   [&](const QDate &date) { return date <= today; });
    const auto split = past - sorted.cbegin();
    return newest(sorted.mid(0, split)) + newest(sorted.mid(split));
}

} // namespace simmer::storage
