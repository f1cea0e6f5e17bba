// SPDX-License-Identifier: GPL-3.0-or-later
#include "pass/Presets.h"

#include "models/QuickTimer.h"
#include "words/Words.h"

#include <QHash>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr qsizetype Most = 6;
constexpr qint64 MinuteMs = 60'000;

/// As one would type it; empty for what the field would not read in the same way.
QString typedOf(const timers::Timer &timer)
{
    if (timer.place || timer.follows || timer.name.isEmpty() || timer.totalMs % MinuteMs != 0 ||
        timer.checkLeadMs % MinuteMs != 0)
        return {};
    const qint64 longest = timer.totalMs / MinuteMs;
    const qint64 shortest = longest - timer.checkLeadMs / MinuteMs;
    const QString time = shortest == longest
                             ? Words::minutes(longest)
                             : QStringLiteral("%1–%2 min").arg(shortest).arg(longest);
    const QString typed = timer.name + QLatin1Char(' ') + time;
    const auto press = quickTimer(typed, QString());
    const bool same = press && press->longestMs == timer.totalMs && press->name == timer.name &&
                      press->shortestMs == timer.totalMs - timer.checkLeadMs;
    return same ? typed : QString();
}

} // namespace

QStringList presetsOf(const QList<timers::Timer> &timers)
{
    struct Use {
        int times = 0;
        qint64 last = 0;
    };
    QHash<QString, Use> uses;
    for (const timers::Timer &timer : timers)
        if (const QString typed = typedOf(timer); !typed.isEmpty()) {
            Use &use = uses[typed];
            ++use.times;
            use.last = std::max(use.last, timer.startedAt);
        }
    QStringList presets = uses.keys();
    std::sort(presets.begin(), presets.end(), [&](const QString &a, const QString &b) {
        return std::tuple(-uses[a].times, -uses[a].last, a) <
               std::tuple(-uses[b].times, -uses[b].last, b);
    });
    const QStringList known{Words::tr("Eggs 7 min"), Words::tr("Pasta 10 min"),
                            Words::tr("Rice 18 min"), Words::tr("Tea 4 min")};
    for (const QString &typed : known)
        if (!presets.contains(typed))
            presets += typed;
    return presets.mid(0, Most);
}

} // namespace simmer::ui
