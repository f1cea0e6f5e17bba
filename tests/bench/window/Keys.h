// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window/Watched.h"

#include <QString>

namespace simmer::bench {

/// In a process of its own: opens the profile in a window, lets somebody type, and prints what
/// Typing is read from. Returns the program's exit code.
int typeHere(int argc, char **argv, const QString &profile);

/// How the window bore it, ms.
struct Typing {
    int recipes = 0;
    double median = 0; ///< from the key to the painted list
    double p99 = 0;
    Watched::Turn reading; ///< the longest event while the book was read
    Watched::Turn typing;  ///< and while somebody typed
    double peakMiB = 0;
};

/// Runs this program as such a process.
Typing typed(const QString &profile);

} // namespace simmer::bench
