// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/AlarmWords.h"

#include "words/Words.h"

namespace simmer::ui {

QString AlarmWords::story(const timers::Timer &timer, const syncclient::LinkStatus &status)
{
    const QString device = Words::device(timer.device, status);
    QString story;
    if (!timer.cook.isEmpty())
        story = device.isEmpty() ? tr("Started by %1.").arg(timer.cook)
                                 : tr("Started by %1 on %2.").arg(timer.cook, device);
    const qint64 minutes = timer.totalMs / 60'000;
    const QString length = minutes > 0 ? Words::minutes(minutes) : Words::ago(timer.totalMs);
    return (story + QLatin1Char(' ') +
            tr("Rang %1, after %2.").arg(Words::hour(timer.endAt), length))
        .trimmed();
}

QString AlarmWords::answered(const timers::Timer &timer, const QString &cook,
                             const DeviceId &onDevice, const syncclient::LinkStatus &status)
{
    const QString device = Words::device(onDevice, status);
    const QString who = cook.isEmpty() ? tr("Somebody") : cook;
    switch (timer.phase) {
    case timers::Phase::Done:
    case timers::Phase::Cancelled:
        return device.isEmpty() ? tr("%1: %2 stopped it.").arg(timer.name, who)
                                : tr("%1: %2 stopped it on %3.").arg(timer.name, who, device);
    case timers::Phase::Running:
    case timers::Phase::Paused:
        return device.isEmpty()
                   ? tr("%1: %2 gave it more time.").arg(timer.name, who)
                   : tr("%1: %2 gave it more time on %3.").arg(timer.name, who, device);
    }
    Q_UNREACHABLE();
}

QString AlarmWords::rang(qint64 dueAt)
{
    return tr("Rang %1.").arg(Words::hour(dueAt));
}

QString AlarmWords::check(const timers::Timer &timer)
{
    return tr("Check: %1").arg(timer.name);
}

QString AlarmWords::lastCall(const timers::Timer &timer, qint64 leftMs,
                             const recipes::Recipe *recipe)
{
    const QString call = tr("Last call in %1.").arg(Words::ago(leftMs));
    const QString place = Words::place(timer, recipe);
    return place.isEmpty() ? call : place + QStringLiteral(". ") + call;
}

QString AlarmWords::cueBody(const timers::Timer &timer, qint64 leftMs)
{
    return tr("On the way in %1. %2 left.").arg(timer.name, Words::ago(leftMs));
}

QString AlarmWords::cue(const timers::Timer &timer, const timers::Cue &cue)
{
    if (!cue.words.isEmpty())
        return cue.words;
    return tr("Look at %1").arg(timer.name);
}

} // namespace simmer::ui
