// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Timer.h"

#include <algorithm>

namespace simmer::timers {

namespace {

qint64 secondsUp(qint64 ms)
{
    return ms > 0 ? (ms + 999) / 1000 : 0;
}

QString withZero(qint64 number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

/// The first moment after `after` at which a cue is due, not looking at the end.
qint64 momentOf(const Cue &cue, const Timer &timer, qint64 begin, qint64 after)
{
    switch (cue.kind) {
    case Cue::Kind::Every:
        return begin + (std::max<qint64>(0, after - begin) / cue.ms + 1) * cue.ms;
    case Cue::Kind::Halfway:
        return begin + timer.totalMs / 2;
    case Cue::Kind::Before:
        return timer.endAt - cue.ms;
    }
    Q_UNREACHABLE();
}

} // namespace

State stateAt(const Timer &timer, qint64 now)
{
    switch (timer.phase) {
    case Phase::Running:
        if (timer.follows && now < timer.startedAt)
            return State::Waiting;
        return now >= timer.endAt ? State::Ringing : State::Running;
    case Phase::Paused:
        return State::Paused;
    case Phase::Done:
        return State::Done;
    case Phase::Cancelled:
        return State::Cancelled;
    }
    Q_UNREACHABLE();
}

qint64 remainingAt(const Timer &timer, qint64 now)
{
    switch (timer.phase) {
    case Phase::Running:
        return timer.follows ? std::min(timer.totalMs, timer.endAt - now) : timer.endAt - now;
    case Phase::Paused:
        return timer.leftMs;
    case Phase::Done:
    case Phase::Cancelled:
        return 0;
    }
    Q_UNREACHABLE();
}

bool checkingAt(const Timer &timer, qint64 now)
{
    const qint64 left = remainingAt(timer, now);
    return timer.checkLeadMs > 0 && left > 0 && left <= timer.checkLeadMs;
}

double fractionAt(const Timer &timer, qint64 now)
{
    if (timer.phase == Phase::Done || timer.totalMs <= 0)
        return 1;
    const double left = double(remainingAt(timer, now));
    return std::clamp(1 - left / double(timer.totalMs), 0.0, 1.0);
}

QString shownAt(const Timer &timer, qint64 now)
{
    qint64 left = remainingAt(timer, now);
    if (stateAt(timer, now) == State::Ringing)
        return QLatin1Char('+') + clockText(-left / 1000);
    if (left > timer.checkLeadMs)
        left -= timer.checkLeadMs;
    return clockText(secondsUp(left));
}

QString clockText(qint64 seconds)
{
    const qint64 minutes = seconds / 60;
    const QString tail = QLatin1Char(':') + withZero(seconds % 60);
    if (minutes < 60)
        return QString::number(minutes) + tail;
    return QString::number(minutes / 60) + QLatin1Char(':') + withZero(minutes % 60) + tail;
}

RingKind ringKind(qint64 dueAt, qint64 now)
{
    const qint64 late = now - dueAt;
    if (late > MissedAfterMs)
        return RingKind::Missed;
    return late > LateAfterMs ? RingKind::Late : RingKind::OnTime;
}

std::optional<CueMoment> nextCue(const Timer &timer, qint64 after)
{
    if (timer.phase != Phase::Running)
        return std::nullopt;
    const qint64 begin = timer.endAt - timer.totalMs;
    std::optional<CueMoment> next;
    for (const Cue &cue : timer.cues) {
        const qint64 at = momentOf(cue, timer, begin, after);
        const bool inside = at > after && at > begin && at < timer.endAt;
        if (inside && (!next || at < next->at))
            next = CueMoment{at, cue};
    }
    return next;
}

QList<double> cueMarks(const Timer &timer)
{
    QList<qint64> moments; // ms after the beginning
    for (const Cue &cue : timer.cues) {
        switch (cue.kind) {
        case Cue::Kind::Every:
            if (cue.ms > 0 && (timer.totalMs - 1) / cue.ms <= MostMarks)
                for (qint64 at = cue.ms; at < timer.totalMs; at += cue.ms)
                    moments += at;
            break;
        case Cue::Kind::Halfway:
            moments += timer.totalMs / 2;
            break;
        case Cue::Kind::Before:
            moments += timer.totalMs - cue.ms;
            break;
        }
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    QList<double> marks;
    for (const qint64 at : std::as_const(moments))
        if (at > 0 && at < timer.totalMs)
            marks += double(at) / double(timer.totalMs);
    return marks;
}

TimerId followerOf(const Handover &handover)
{
    return TimerId::derived(handover.run.uuid(), "then");
}

StampedOp startOf(const Handover &handover)
{
    const Stage &stage = handover.stages.constFirst();
    const qint64 at = handover.endAt.value_or(0);
    Op op;
    op.id = OpId::derived(handover.ringKey.uuid(), "then");
    op.device = handover.device;
    op.cook = handover.cook;
    op.subject = followerOf(handover).uuid();
    op.action = Start{stage.name,   stage.checkMs, stage.totalMs,
                      std::nullopt, stage.cues,    handover.stages.mid(1)};
    op.at = at;
    return {op, at, 0};
}

TimerId timerAt(const Place &place)
{
    const QByteArray name = QByteArray::number(place.step) + '/' + QByteArray::number(place.slot);
    return TimerId::derived(place.recipe.uuid(), name);
}

} // namespace simmer::timers
