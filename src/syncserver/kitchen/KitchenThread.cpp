// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/KitchenThread.h"

namespace simmer::syncserver {

KitchenThread::~KitchenThread()
{
    if (!m_thread.joinable())
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true; // once nothing is left to do
    }
    m_added.notify_one();
    m_thread.join();
}

void KitchenThread::start(Task settle)
{
    m_thread = std::thread([this, settle = std::move(settle)] { run(settle); });
}

void KitchenThread::run(const Task &settle)
{
    for (std::deque<Task> round; takeRound(round); round.clear()) {
        for (const Task &task : round)
            task();
        settle();
    }
}

/// All that waits, when there is something; false at the end.
bool KitchenThread::takeRound(std::deque<Task> &round)
{
    std::unique_lock lock(m_mutex);
    m_running = false;
    if (m_tasks.empty())
        m_rested.notify_all();
    m_added.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
    round.swap(m_tasks);
    m_running = !round.empty();
    return m_running;
}

void KitchenThread::post(Task task)
{
    bool wasEmpty = false;
    {
        const std::scoped_lock lock(m_mutex);
        wasEmpty = m_tasks.empty();
        m_tasks.push_back(std::move(task));
    }
    if (wasEmpty)
        m_added.notify_one();
}

void KitchenThread::finish()
{
    std::unique_lock lock(m_mutex);
    m_rested.wait(lock, [this] { return m_tasks.empty() && !m_running; });
}

} // namespace simmer::syncserver
