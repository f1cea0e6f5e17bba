// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simmer::app {

/// Finds the times in JSON lines {"id","lang","text"} of standard input; prints a line each.
/// Returns the exit code: 1 when a line was not of that form.
int findTimesInInput();

} // namespace simmer::app
