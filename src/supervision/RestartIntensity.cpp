// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/RestartIntensity.h"

namespace simmer::supervision {

bool RestartIntensity::allows(qint64 nowMs)
{
    m_crashes.removeIf([&](qint64 at) { return at <= nowMs - m_limit.withinMs; });
    if (m_crashes.size() >= m_limit.most)
        return false;
    m_crashes += nowMs;
    return true;
}

} // namespace simmer::supervision
