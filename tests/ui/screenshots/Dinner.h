// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "UiKitchen.h"

#include <QHash>

namespace simmer::screenshots {

using Samples = QHash<QString, recipes::Recipe>;

timers::Place placeOf(const Samples &samples, const char *recipe, int step, int slot = 0);
/// The evening of the mock-ups: one rings, two run, one waits, two are done.
void cookDinner(fakes::UiKitchen &kitchen, const Samples &samples);

} // namespace simmer::screenshots
