// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Sense.h"

#include <algorithm>

namespace simmer::timers {

namespace {

Error senseless(const QString &what)
{
    return {ErrorCode::BadArgument, what, {}};
}

Outcome sensibleCues(const Action &action)
{
    const auto *start = std::get_if<Start>(&action);
    const auto *set = std::get_if<SetCues>(&action);
    const QList<Cue> cues = start ? start->cues : set ? set->cues : QList<Cue>();
    if (cues.size() > MostCues)
        return senseless(QStringLiteral("a timer has 16 cues at most"));
    if (!std::all_of(cues.cbegin(), cues.cend(), isCue))
        return senseless(QStringLiteral("a cue comes every ten seconds at most"));
    return done();
}

} // namespace

Outcome sensible(const Action &action, const Timer &timer, qint64 now)
{
    const State state = stateAt(timer, now);
    const bool over = state == State::Done || state == State::Cancelled;
    if (std::holds_alternative<Start>(action) || std::holds_alternative<Rename>(action))
        return done();
    if (over)
        return senseless(QStringLiteral("“%1” has ended").arg(timer.name));
    if (std::holds_alternative<Pause>(action) && state != State::Running)
        return senseless(QStringLiteral("“%1” is not running").arg(timer.name));
    if (std::holds_alternative<Resume>(action) && state != State::Paused)
        return senseless(QStringLiteral("“%1” is not paused").arg(timer.name));
    const bool silences =
        std::holds_alternative<Acknowledge>(action) || std::holds_alternative<Snooze>(action);
    if (silences && state != State::Ringing)
        return senseless(QStringLiteral("“%1” does not ring").arg(timer.name));
    return done();
}

Outcome sensibleLength(const Action &action)
{
    if (const auto *start = std::get_if<Start>(&action)) {
        if (start->totalMs <= 0 || start->checkMs <= 0)
            return senseless(QStringLiteral("a timer needs a length above zero"));
        if (start->totalMs > LongestTimerMs || start->checkMs > start->totalMs)
            return senseless(QStringLiteral("a timer runs for 400 days at most"));
    }
    if (const auto *add = std::get_if<Add>(&action))
        if (add->deltaMs == 0 || std::abs(add->deltaMs) > LongestTimerMs)
            return senseless(QStringLiteral("add between a second and 400 days"));
    if (const auto *snooze = std::get_if<Snooze>(&action))
        if (!isLength(snooze->ms))
            return senseless(QStringLiteral("snooze for a second to 400 days"));
    if (const auto *rename = std::get_if<Rename>(&action))
        if (rename->name.trimmed().isEmpty())
            return senseless(QStringLiteral("a timer needs a name"));
    return sensibleCues(action);
}

} // namespace simmer::timers
