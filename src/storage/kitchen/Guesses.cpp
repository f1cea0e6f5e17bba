// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/Guesses.h"

namespace simmer::storage {

Guesses::Guesses(int tries, qint64 memoryMs)
    : m_tries(tries)
    , m_memoryMs(memoryMs)
{
}

/// Also when the clock was set far back: nobody waits longer for that.
bool Guesses::isOver(const Count &count, qint64 now) const
{
    return qAbs(now - count.last) >= m_memoryMs;
}

bool Guesses::mayTry(const QByteArray &network, qint64 now) const
{
    const auto count = m_counts.constFind(network);
    return count == m_counts.cend() || count->wrong < m_tries || isOver(*count, now);
}

void Guesses::addWrong(const QByteArray &network, qint64 now)
{
    if (network.isEmpty())
        return;
    if (m_counts.size() >= MostNetworks && !m_counts.contains(network)) {
        m_counts.removeIf([&](auto count) { return isOver(count.value(), now); });
        if (m_counts.size() >= MostNetworks)
            m_counts.clear();
    }
    Count &count = m_counts[network];
    count = {isOver(count, now) ? 1 : count.wrong + 1, now};
}

} // namespace simmer::storage
