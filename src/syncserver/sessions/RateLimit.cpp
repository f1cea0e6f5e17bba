// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/RateLimit.h"

#include <algorithm>

namespace simmer::syncserver {

RateLimit::RateLimit(int perSecond, int burst, qint64 now)
    : m_perSecond(perSecond)
    , m_burst(burst)
    , m_filledAt(now)
    , m_thousandths(m_burst * 1000)
{
}

qint64 RateLimit::take(qint64 count, qint64 now)
{
    const qint64 passed = std::max<qint64>(0, now - m_filledAt); // 1 per second = 1/1000 per ms
    m_thousandths = std::min(m_burst * 1000, m_thousandths + passed * m_perSecond);
    m_filledAt = now;
    m_thousandths -= count * 1000;
    if (m_thousandths >= 0)
        return 0;
    return (-m_thousandths + m_perSecond - 1) / m_perSecond;
}

} // namespace simmer::syncserver
