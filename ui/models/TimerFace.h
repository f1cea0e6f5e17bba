// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

namespace simmer::ui {

/// How a timer looks: its state, split where a person has to do something else about it.
enum class Look {
    Ready, ///< not started, or cancelled
    Running,
    Checking, ///< a range between its check and its last call
    Paused,
    Ringing,
    Late, ///< rang while this device was off or asleep
    Done,
};

/// All that a ring, a chip or a card draws of a timer at one moment.
struct TimerFace {
    Look look = Look::Ready;
    QString count;       ///< as timers::shownAt has it; empty when ready or done
    double fraction = 0; ///< elapsed ÷ total
    double check = 0;    ///< where a range's check stands on the ring; 0 = no range
    qint64 overdueMs = 0;
    QList<double> cues = {}; ///< where its soft calls stand on the ring

    bool operator==(const TimerFace &) const = default;
};

/// `isLate` as LiveTimers knows it. `now` is kitchen time, ms.
TimerFace faceOf(const timers::Timer &timer, qint64 now, bool isLate);

/// Whether a timer stands on the Pass: it runs, waits or rings.
bool isOnPass(const timers::Timer &timer);

/// The order of the Pass: what rings (longest first), what is late, what runs (next call first),
/// what is paused.
bool standsBefore(const timers::Timer &a, bool aLate, const timers::Timer &b, bool bLate,
                  qint64 now);

} // namespace simmer::ui
