// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QList>

namespace simmer::supervision {

/// How often something may be restarted: `most` times within any `withinMs` of boot time. (Three
/// in 30 s: DESIGN section 8.)
class RestartIntensity
{
public:
    struct Limit {
        int most = 3;
        qint64 withinMs = 30'000;
    };

    RestartIntensity() = default;
    explicit RestartIntensity(Limit limit)
        : m_limit(limit)
    {
    }

    /// Notes a crash at `nowMs`, time since boot; whether a restart is still within the limit.
    bool allows(qint64 nowMs);
    void forget() { m_crashes.clear(); }

private:
    Limit m_limit;
    QList<qint64> m_crashes; ///< the newest, `most` of them
};

} // namespace simmer::supervision
