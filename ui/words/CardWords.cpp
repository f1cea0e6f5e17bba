// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/CardWords.h"

#include "recipes/times/TimerName.h"
#include "theme/Covers.h"
#include "words/Words.h"

namespace simmer::ui {

namespace {

QString asideOf(const timers::Timer &timer, const TimerFace &face)
{
    switch (face.look) {
    case Look::Running:
        return face.check > 0 ? Words::tr("to check") : Words::hour(timer.endAt);
    case Look::Checking:
        return Words::tr("to last call");
    case Look::Paused:
        return Words::tr("paused %1").arg(Words::hour(timer.changedAt));
    case Look::Ringing:
        return Words::tr("rang %1").arg(Words::hour(timer.endAt));
    case Look::Late:
    case Look::Ready:
    case Look::Done:
        return {};
    }
    Q_UNREACHABLE();
}

QString placeOf(const timers::Timer &timer, const TimerFace &face, const recipes::Recipe *recipe)
{
    QString place = Words::place(timer, recipe);
    if (place.isEmpty())
        place = Words::minutes(std::max<qint64>(1, timer.totalMs / 60'000));
    // Where a second thing has to be said, the short form leaves it room.
    if (face.look == Look::Late)
        return Words::tr("%1 · was due %2")
            .arg(recipe ? recipes::shortTitle(recipe->title) : place, Words::hour(timer.endAt));
    if (timer.place && face.check > 0 && face.look != Look::Paused && face.look != Look::Ringing)
        return Words::tr("Step %1").arg(Words::stepNumber(*timer.place, recipe));
    return place;
}

QString lastCallOf(const timers::Timer &timer, const TimerFace &face)
{
    if (face.look == Look::Checking)
        return Words::tr("check now");
    if (face.look != Look::Running || face.check <= 0)
        return {};
    return Words::tr("last call %1").arg(Words::hour(timer.endAt));
}

/// The next soft call, as a count and in words.
void tellCue(CardWords &words, const timers::Timer &timer, qint64 now)
{
    if (words.face.look != Look::Running && words.face.look != Look::Checking)
        return;
    const auto next = timers::nextCue(timer, now);
    if (!next)
        return;
    const auto tell = [&](const QString &when) {
        return next->cue.words.isEmpty() ? Words::tr("Look in %1").arg(when)
                                         : Words::tr("%1 in %2").arg(next->cue.words, when);
    };
    words.cue = tell(timers::clockText((next->at - now + 999) / 1000));
    words.cueSoon = tell(Words::left(next->at - now));
}

QString spokenOf(const CardWords &words, const timers::Timer &timer, qint64 now)
{
    QStringList parts{words.name, Words::state(timer, words.face, now), words.place};
    if (!words.who.isEmpty())
        parts += Words::tr("started by %1").arg(words.who);
    return parts.join(QStringLiteral(", "));
}

} // namespace

CardWords cardWords(const timers::Timer &timer, const TimerFace &face, qint64 now,
                    const recipes::Recipe *recipe, const syncclient::LinkStatus &status)
{
    CardWords words;
    words.face = face;
    words.name = timer.name;
    words.count =
        face.look == Look::Late ? Words::tr("%1 ago").arg(Words::ago(face.overdueMs)) : face.count;
    words.aside = asideOf(timer, face);
    words.place = placeOf(timer, face, recipe);
    words.lastCall = lastCallOf(timer, face);
    tellCue(words, timer, now);
    words.who = timer.cook;
    const QString device = Words::device(timer.device, status);
    if (!device.isEmpty())
        words.who += (words.who.isEmpty() ? QString() : QStringLiteral(" · ")) + device;
    words.cover = recipe ? coverFor(recipe->title) : QString();
    words.hasStep = recipe != nullptr;
    words.spoken = spokenOf(words, timer, now);
    return words;
}

QString chipTail(const TimerFace &face)
{
    if (face.look == Look::Late)
        return Words::tr("due %1 ago").arg(Words::ago(face.overdueMs));
    return face.count;
}

} // namespace simmer::ui
