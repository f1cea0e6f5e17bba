// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QMetaType>

namespace simmer::timers {

/// What the ops made of a timer, whatever the hour.
enum class Phase { Running, Paused, Done, Cancelled };

/// What a timer is at a moment. Ringing is never stored nor sent: it is Running past its end.
enum class State { Running, Paused, Ringing, Done, Cancelled };

/// A countdown, folded from its ops. All moments are kitchen time, all lengths milliseconds.
struct Timer {
    TimerId id;
    QString name;
    std::optional<Place> place;
    QString cook;    ///< who started it
    DeviceId device; ///< and where
    Phase phase = Phase::Running;
    qint64 startedAt = 0;
    qint64 changedAt = 0;         ///< kitchen time of the last op that counted
    qint64 totalMs = 0;           ///< planned length, with all that was added
    qint64 checkLeadMs = 0;       ///< how long before the end a range asks for a look; 0 = no range
    qint64 endAt = 0;             ///< when it rings (Running), or rang
    qint64 leftMs = 0;            ///< what remains (Paused)
    OpId ringKey;                 ///< the op that last set the end
    bool cancelOverruled = false; ///< somebody cancelled while another cook carried on
    QList<OpId> heads;            ///< its newest ops: what the next op has seen

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

/// The timer that a slot of a recipe starts: the same on every device (UUIDv5).
TimerId timerAt(const Place &place);

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::Timer)
