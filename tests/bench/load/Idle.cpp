// SPDX-License-Identifier: GPL-3.0-or-later
#include "Bench.h"

namespace simmer::load {
void benchIdle(Bench &) {}
} // namespace simmer::load
