// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/KitchenThread.h"

namespace simmer::syncserver {

KitchenThread::~KitchenThread()
{
    join();
}

void KitchenThread::start(Steps steps)
{
    m_thread = std::thread([queue = m_queue, steps = std::move(steps)] {
        steps.begin();
        run(*queue, steps.settle);
        steps.end();
    });
}

void KitchenThread::run(Queue &queue, const Task &settle)
{
    for (std::deque<Task> round; takeRound(queue, round); round.clear()) {
        for (const Task &task : round) {
            task();
            if (queue.abandoned)
                return;
        }
        settle();
        if (queue.abandoned)
            return;
    }
}

/// All that waits, when there is something; false at the end.
bool KitchenThread::takeRound(Queue &queue, std::deque<Task> &round)
{
    std::unique_lock lock(queue.mutex);
    queue.running = false;
    if (queue.tasks.empty())
        queue.rested.notify_all();
    queue.added.wait(lock, [&queue] { return queue.ending || !queue.tasks.empty(); });
    round.swap(queue.tasks);
    queue.running = !round.empty();
    return queue.running;
}

void KitchenThread::post(Task task)
{
    bool wasEmpty = false;
    {
        const std::scoped_lock lock(m_queue->mutex);
        if (m_queue->abandoned)
            return;
        wasEmpty = m_queue->tasks.empty();
        m_queue->tasks.push_back(std::move(task));
    }
    if (wasEmpty)
        m_queue->added.notify_one();
}

bool KitchenThread::hasMore() const
{
    const std::scoped_lock lock(m_queue->mutex);
    return !m_queue->tasks.empty();
}

bool KitchenThread::finish(std::chrono::milliseconds longest)
{
    std::unique_lock lock(m_queue->mutex);
    return m_queue->rested.wait_for(lock, longest,
                                    [this] { return m_queue->tasks.empty() && !m_queue->running; });
}

void KitchenThread::join()
{
    if (!m_thread.joinable())
        return;
    {
        const std::scoped_lock lock(m_queue->mutex);
        m_queue->ending = true; // once nothing is left to do
    }
    m_queue->added.notify_one();
    m_thread.join();
}

void KitchenThread::abandon()
{
    std::deque<Task> dropped; // after the lock: tasks hold what others destroy
    {
        const std::scoped_lock lock(m_queue->mutex);
        m_queue->abandoned = true;
        m_queue->ending = true;
        dropped.swap(m_queue->tasks);
    }
    m_queue->added.notify_one();
    if (m_thread.joinable())
        m_thread.detach();
}

} // namespace simmer::syncserver
