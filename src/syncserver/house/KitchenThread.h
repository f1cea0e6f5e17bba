// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
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

    /// What the thread runs beside the tasks, none of which may throw.
    struct Steps {
        Task begin;  ///< first of all
        Task settle; ///< after each round
        Task end;    ///< last of all, also when the thread was abandoned and comes to an end
    };

    KitchenThread() = default;
    /// Does what was posted, then ends.
    ~KitchenThread();
    Q_DISABLE_COPY_MOVE(KitchenThread)

    /// Called once. What the steps hold is held until the thread ends.
    void start(Steps steps);
    /// Tasks must not throw. Dropped after abandon().
    void post(Task task);
    /// Whether another round waits to be done.
    bool hasMore() const;
    /// Waits until all that was posted before, and what that posted, is done. False when that takes
    /// longer.
    bool finish(std::chrono::milliseconds longest);
    /// Does what was posted, then ends; waits for that.
    void join();
    /// Nobody waits for it any more; what was posted is dropped. It ends once its task returns, if
    /// it does.
    void abandon();

private:
    /// What the thread uses: it may outlive us.
    struct Queue {
        std::mutex mutex;               ///< guards what follows
        std::condition_variable added;  ///< a task, or the end
        std::condition_variable rested; ///< nothing to do
        std::deque<Task> tasks;
        bool running = false; ///< a round
        bool ending = false;
        std::atomic<bool> abandoned = false;
    };

    static void run(Queue &queue, const Task &settle);
    static bool takeRound(Queue &queue, std::deque<Task> &round);

    const std::shared_ptr<Queue> m_queue = std::make_shared<Queue>();
    std::thread m_thread;
};

} // namespace simmer::syncserver
