// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/Patience.h"

#include <utility>

namespace simmer::supervision {

Patience::Patience(const Clock &clock, Limits limits)
    : m_clock(clock)
    , m_limits(limits)
    , m_lookedAt(clock.awakeMs())
{
}

bool Patience::isSpent(bool signOfLife)
{
    const qint64 now = m_clock.awakeMs();
    const qint64 step = now - std::exchange(m_lookedAt, now);
    if (signOfLife) {
        m_silentMs = 0;
        return false;
    }
    if (step > 2 * m_limits.beatMs)
        return false;
    const bool wasSpent = m_silentMs >= m_limits.hangMs;
    m_silentMs += step;
    return !wasSpent && m_silentMs >= m_limits.hangMs;
}

} // namespace simmer::supervision
