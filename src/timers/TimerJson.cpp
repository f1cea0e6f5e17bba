// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/TimerJson.h"

namespace simmer::timers {

namespace {

using K = QLatin1String;

} // namespace

QString stateWord(State state)
{
    switch (state) {
    case State::Waiting:
        return QStringLiteral("waiting");
    case State::Running:
        return QStringLiteral("running");
    case State::Paused:
        return QStringLiteral("paused");
    case State::Ringing:
        return QStringLiteral("ringing");
    case State::Done:
        return QStringLiteral("done");
    case State::Cancelled:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

QJsonObject timerJson(const Timer &timer, qint64 nowMs)
{
    const bool paused = timer.phase == Phase::Paused;
    return {{K("id"), timer.id.toHex()},
            {K("name"), timer.name},
            {K("state"), stateWord(stateAt(timer, nowMs))},
            {K("end_ms"), paused ? QJsonValue() : QJsonValue(timer.endAt)},
            {K("remaining_ms"), remainingAt(timer, nowMs)},
            {K("shown"), shownAt(timer, nowMs)},
            {K("recipe"), timer.place ? QJsonValue(timer.place->recipe.toHex()) : QJsonValue()},
            {K("step"), timer.place ? QJsonValue(timer.place->step + 1) : QJsonValue()},
            {K("slot"), timer.place ? QJsonValue(timer.place->slot + 1) : QJsonValue()},
            {K("ring_key"), timer.ringKey.toHex()}};
}

} // namespace simmer::timers
