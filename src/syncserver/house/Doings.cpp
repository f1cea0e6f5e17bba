// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/Doings.h"

namespace simmer::syncserver {

Doings::Doings(const Clock &clock, std::shared_ptr<supervision::Fence> fence)
    : m_fence(std::move(fence))
    , m_tasks(clock)
    , m_uses(clock)
{
}

void Doings::turnTo(const std::optional<QUuid> &key)
{
    m_task.reset();
    m_key = key;
    if (key)
        m_task.emplace(m_tasks, *key);
}

bool Doings::shutOut()
{
    const std::unique_lock lock(m_file, std::try_to_lock);
    if (!lock.owns_lock())
        return false;
    m_fence->abandon();
    return true;
}

bool Doings::enter()
{
    if (m_depth == 0) {
        m_file.lock();
        if (m_fence->isDown()) {
            m_file.unlock();
            return false;
        }
        m_task.reset();
        m_use.emplace(m_uses, QUuid());
    }
    ++m_depth;
    return true;
}

void Doings::leave()
{
    if (--m_depth > 0)
        return;
    m_use.reset();
    if (m_key)
        m_task.emplace(m_tasks, *m_key);
    m_file.unlock();
}

} // namespace simmer::syncserver
