// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Tokens.h"

namespace simmer::ui {

enum class Look;

/// The colour of a timer's count on its own ground: white on the red of one that rings (GUIDE.md,
/// "Timer states").
QColor countColour(Look look, const Tokens &tokens);

} // namespace simmer::ui
