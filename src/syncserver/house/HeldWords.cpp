// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/HeldWords.h"

namespace simmer::syncserver {

void HeldWords::say(qint64 writes, Word word)
{
    const std::lock_guard lock(m_mutex);
    if (m_isCut)
        return;
    if (m_held.empty() && writes <= m_onDisk)
        word();
    else
        m_held.emplace_back(writes, std::move(word));
}

void HeldWords::sayNow(const Word &word)
{
    const std::lock_guard lock(m_mutex);
    if (!m_isCut)
        word();
}

void HeldWords::reached(qint64 writes)
{
    const std::lock_guard lock(m_mutex);
    m_onDisk = writes;
    for (; !m_held.empty() && m_held.front().first <= m_onDisk; m_held.pop_front())
        m_held.front().second();
}

void HeldWords::cut()
{
    std::deque<std::pair<qint64, Word>> dropped; // after the lock: they hold what others destroy
    const std::lock_guard lock(m_mutex);
    m_isCut = true;
    dropped.swap(m_held);
}

} // namespace simmer::syncserver
