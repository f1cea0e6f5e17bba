// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Timer.h"

#include <QStringList>

namespace simmer::ui {

/// What the quick timer field offers: the free timers that were started most, as one would type
/// them ("Eggs 7 min"), the most frequent first, filled up with a few that every kitchen knows.
/// Pure.
QStringList presetsOf(const QList<timers::Timer> &timers);

} // namespace simmer::ui
