// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"
#include "base/Clock.h"

#include <QList>

namespace simmer::app {

/// One thing that was looked at.
struct Finding {
    enum class Kind {
        Fine,
        Odd,     ///< works, but somebody should know
        Trouble, ///< does not work, or soon will not
    };

    Kind kind = Kind::Fine;
    QString what;
    QString todo; ///< of what is not fine

    bool operator==(const Finding &) const = default;
};

/// Looks at a server from outside, its settings, folder, files, clock, disk and port, and changes
/// nothing; also beside the running server. Proves every link of every kitchen's chain, so it may
/// take seconds.
QList<Finding> examine(const Effective &effective, const Clock &clock);

} // namespace simmer::app
