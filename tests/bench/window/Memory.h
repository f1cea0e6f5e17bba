// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace simmer::bench {

/// The most memory that a running process has had so far, MiB; 0 when it is gone (Linux).
double peakMiB(qint64 process);

} // namespace simmer::bench
