// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

#include <QJsonObject>

namespace simmer::timers {

/// "waiting", "running", "paused", "ringing", "done", "cancelled".
QString stateWord(State state);

/// A timer at a moment of kitchen time, as simmerctl and the HTTP API tell it: other tools rely on
/// it (docs/simmerctl.md, docs/api.md). Steps and slots count from 1, as on screen.
QJsonObject timerJson(const Timer &timer, qint64 nowMs);

} // namespace simmer::timers
