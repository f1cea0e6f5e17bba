// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QMetaType>

namespace simmer::timers {

/// What the ops made of a timer, whatever the hour.
enum class Phase { Running, Paused, Done, Cancelled };

/// What a timer is at a moment. Ringing is never stored nor sent: it is Running past its end.
/// Waiting: it begins by itself when the timer before it ends.
enum class State { Waiting, Running, Paused, Ringing, Done, Cancelled };

/// How a ring came: in its time; late, since the device was off or asleep (softly, "was due 12 min
/// ago"); or so late that it only goes on a list.
enum class RingKind { OnTime, Late, Missed };
inline constexpr qint64 LateAfterMs = 10'000;
inline constexpr qint64 MissedAfterMs = 60 * 60'000; // DESIGN section 3
RingKind ringKind(qint64 dueAt, qint64 now);

/// A ring in this device's ledger.
struct Ring {
    OpId key; ///< the op that set the end
    TimerId timer;
    RingKind kind = RingKind::OnTime;
    qint64 at = 0; ///< kitchen time at which it began

    bool operator==(const Ring &) const = default;
};

/// A run of a timer whose end, when it is reached, begins the next stage.
struct Handover {
    OpId run;                    ///< the start of the run
    OpId ringKey;                ///< the op that set its end
    std::optional<qint64> endAt; ///< absent while nobody can know it: paused, cancelled
    QString cook;
    DeviceId device;
    QList<Stage> stages;

    bool operator==(const Handover &) const = default;
};

/// A countdown, folded from its ops. All moments are kitchen time, all lengths milliseconds.
struct Timer {
    TimerId id;
    QString name;
    std::optional<Place> place;
    QString cook;    ///< who started it
    DeviceId device; ///< and where
    Phase phase = Phase::Running;
    qint64 startedAt = 0;
    qint64 changedAt = 0;   ///< kitchen time of the last op that counted
    qint64 totalMs = 0;     ///< planned length, with all that was added
    qint64 checkLeadMs = 0; ///< how long before the end a range asks for a look; 0 = no range
    qint64 endAt = 0;       ///< when it rings (Running), or rang
    qint64 leftMs = 0;      ///< what remains (Paused)
    OpId ringKey;           ///< the op that last set the end
    OpId startedBy;         ///< the start of this run
    QList<Cue> cues;
    bool snoozed = false;           ///< its end was set by a snooze
    std::optional<TimerId> follows; ///< the timer whose end begins this one
    QList<Handover> handovers;      ///< of this run and those before, where stages follow
    bool cancelOverruled = false;   ///< somebody cancelled while another cook carried on
    qint64 headAt = 0;              ///< kitchen time of the newest of its
    QList<OpId> heads;              ///< its newest ops: what the next op has seen

    bool operator==(const Timer &) const = default;
};

State stateAt(const Timer &timer, qint64 now);

/// Milliseconds until the end; negative once it rings; 0 when done or cancelled.
qint64 remainingAt(const Timer &timer, qint64 now);

/// Whether a range is between its check and its last call.
bool checkingAt(const Timer &timer, qint64 now);

/// Elapsed ÷ total, 0…1.
double fractionAt(const Timer &timer, qint64 now);

/// The count as on every screen: "4:59" (seconds left, rounded up), "+0:12" overtime; a range
/// counts to its check first.
QString shownAt(const Timer &timer, qint64 now);

/// "1:12:30", "4:59", "0:07" for whole seconds.
QString clockText(qint64 seconds);

/// A soft call: the first moment after `after` at which one of its cues is due, and which.
struct CueMoment {
    qint64 at = 0;
    Cue cue;

    bool operator==(const CueMoment &) const = default;
};
std::optional<CueMoment> nextCue(const Timer &timer, qint64 after);

/// Where on its way a timer's cues call, as parts of its length in (0, 1), in order. A cue that
/// calls more than MostMarks times says nothing to the eye and is left out.
inline constexpr int MostMarks = 24;
QList<double> cueMarks(const Timer &timer);

/// The timer that a handover's first stage becomes, and the start that no cook pressed: every
/// device derives the same one, so it is never sent.
TimerId followerOf(const Handover &handover);
StampedOp startOf(const Handover &handover);

/// The timer that a slot of a recipe starts: the same on every device (UUIDv5).
TimerId timerAt(const Place &place);

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::Timer)
Q_DECLARE_METATYPE(simmer::timers::RingKind)
Q_DECLARE_METATYPE(simmer::timers::Cue)
