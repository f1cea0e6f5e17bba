// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace simmer::syncserver {

/// The thread in which all kitchens live, with the server's file. Runs tasks in the order of their
/// posting; what waits when it wakes up is one round, after which it settles: so one commit serves
/// all that came in meanwhile. May be called from any thread.
class KitchenThread
{
public:
    using Task = std::function<void()>;

    KitchenThread() = default;
    /// Does what was posted, then ends.
    ~KitchenThread();
    Q_DISABLE_COPY_MOVE(KitchenThread)

    /// `settle` is called after each round. Called once.
    void start(Task settle);
    void post(Task task);
    /// Waits until all that was posted before, and what that posted, is done.
    void finish();

private:
    void run(const Task &settle);
    bool takeRound(std::deque<Task> &round);

    std::mutex m_mutex;               ///< guards what follows, down to the thread
    std::condition_variable m_added;  ///< a task, or the end
    std::condition_variable m_rested; ///< nothing to do
    std::deque<Task> m_tasks;
    bool m_running = false; ///< a round
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace simmer::syncserver
