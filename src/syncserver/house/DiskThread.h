// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "supervision/Pulsebeat.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace simmer::syncserver {

/// The thread that waits for the disk, so that the kitchens need not: while it syncs they go on,
/// and its next sync serves all that they wrote meanwhile. May be called from any thread.
class DiskThread
{
public:
    /// Called by whoever syncs.
    struct Steps {
        std::function<Outcome()> sync;              ///< what was written before is on the disk then
        std::function<void(qint64 writes)> reached; ///< the disk has so many
        /// The last of all: nothing that was not reached will ever be.
        std::function<void(const Error &)> failed;
    };

    /// `clock` must outlive the thread.
    explicit DiskThread(const Clock &clock);
    /// Syncs what is wanted, then ends.
    ~DiskThread();
    Q_DISABLE_COPY_MOVE(DiskThread)

    /// Called once. What the steps hold is held until the thread ends.
    void start(Steps steps);
    /// So many writes shall be on the disk, soon; they are all made.
    void want(qint64 writes);
    /// The same, here and now, where whoever wrote has nothing else to do: it saves two wake-ups,
    /// 40 µs here. Left to the thread while that syncs.
    void syncHere(qint64 writes);
    /// All syncs.
    const supervision::Pulsebeat &syncs() const { return m_wish->syncs; }
    /// Waits until what was wanted is reached. False when that takes longer, or cannot be.
    bool finish(std::chrono::milliseconds longest);
    /// Syncs what is wanted, then ends; waits for that.
    void join();
    /// Nobody waits for it any more: it ends once its sync returns, if it does, and calls nothing.
    void abandon();
    /// Its thread is at its end, or never began.
    bool isOver() const { return m_wish->isOver; }

private:
    /// What the thread uses: it may outlive us.
    struct Wish {
        explicit Wish(const Clock &clock)
            : syncs(clock)
        {
        }
        /// Somebody has to sync.
        bool isDue() const { return !syncing && !abandoned && !failed && wanted > reached; }

        Steps steps;      ///< once it was started
        std::mutex mutex; ///< guards what follows, up to syncs
        std::condition_variable changed;
        std::condition_variable rested;
        qint64 wanted = 0;
        qint64 reached = 0;
        bool syncing = false;
        bool ending = false;
        bool abandoned = false;
        bool failed = false;
        supervision::Pulsebeat syncs; ///< of whoever syncs
        std::atomic<bool> isOver = true;
    };

    static void run(Wish &wish);
    static void attend(Wish &wish, std::unique_lock<std::mutex> &lock);
    static Outcome sync(Wish &wish);

    const std::shared_ptr<Wish> m_wish;
    std::thread m_thread; ///< guarded by the wish's mutex
};

} // namespace simmer::syncserver
