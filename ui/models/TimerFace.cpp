// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/TimerFace.h"

#include <algorithm>
#include <tuple>

namespace simmer::ui {

namespace {

Look lookOf(const timers::Timer &timer, qint64 now, bool isLate)
{
    switch (timers::stateAt(timer, now)) {
    case timers::State::Running:
        return timers::checkingAt(timer, now) ? Look::Checking : Look::Running;
    case timers::State::Paused:
        return Look::Paused;
    case timers::State::Ringing:
        return isLate ? Look::Late : Look::Ringing;
    case timers::State::Done:
        return Look::Done;
    case timers::State::Waiting:
    case timers::State::Cancelled:
        return Look::Ready;
    }
    Q_UNREACHABLE();
}

int rankOf(Look look)
{
    switch (look) {
    case Look::Ringing:
        return 0;
    case Look::Late:
        return 1;
    case Look::Running:
    case Look::Checking:
        return 2;
    case Look::Paused:
        return 3;
    case Look::Ready:
    case Look::Done:
        return 4;
    }
    Q_UNREACHABLE();
}

/// When the timer calls next: a range calls at its check, too.
qint64 nextCall(const timers::Timer &timer, Look look)
{
    if (look == Look::Paused)
        return timer.leftMs;
    return look == Look::Running ? timer.endAt - timer.checkLeadMs : timer.endAt;
}

} // namespace

TimerFace faceOf(const timers::Timer &timer, qint64 now, bool isLate)
{
    TimerFace face;
    face.look = lookOf(timer, now, isLate);
    if (face.look == Look::Ready || face.look == Look::Done)
        return face;
    face.count = timers::shownAt(timer, now);
    face.fraction = timers::fractionAt(timer, now);
    if (timer.checkLeadMs > 0 && timer.totalMs > 0)
        face.check = std::clamp(1 - double(timer.checkLeadMs) / double(timer.totalMs), 0.0, 1.0);
    if (face.look != Look::Ringing && face.look != Look::Late)
        face.cues = timers::cueMarks(timer);
    face.overdueMs = std::max<qint64>(0, -timers::remainingAt(timer, now));
    return face;
}

bool isOnPass(const timers::Timer &timer)
{
    return timer.phase == timers::Phase::Running || timer.phase == timers::Phase::Paused;
}

bool standsBefore(const timers::Timer &a, bool aLate, const timers::Timer &b, bool bLate,
                  qint64 now)
{
    const Look lookA = lookOf(a, now, aLate);
    const Look lookB = lookOf(b, now, bLate);
    return std::tuple(rankOf(lookA), nextCall(a, lookA), a.id) <
           std::tuple(rankOf(lookB), nextCall(b, lookB), b.id);
}

} // namespace simmer::ui
