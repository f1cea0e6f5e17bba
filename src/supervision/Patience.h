// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

namespace simmer::supervision {

/// Tells somebody who hangs from somebody whom the machine did not let run. Looked through in
/// regular steps, of which only those count that came on time: while the watcher itself was held
/// up, or the machine slept, the watched one may have been too.
class Patience
{
public:
    struct Limits {
        qint64 beatMs = 1000; ///< how often a watcher looks
        qint64 hangMs = 5000; ///< without a sign of life
    };

    Patience(const Clock &clock, Limits limits);

    /// The watcher's look. True once when it has lasted too long without a sign of life.
    [[nodiscard]] bool isSpent(bool signOfLife);
    qint64 silentMs() const { return m_silentMs; }

private:
    const Clock &m_clock;
    Limits m_limits;
    qint64 m_lookedAt;
    qint64 m_silentMs = 0;
};

} // namespace simmer::supervision
