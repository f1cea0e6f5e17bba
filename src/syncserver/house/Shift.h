// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/Fence.h"
#include "syncserver/house/Kitchens.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace simmer::syncserver {

/// One run of the kitchen thread with all that belongs to it: the connection to the file, the
/// kitchens, their way to the sockets. Replaced as a whole when one of its tasks hangs: nobody can
/// end a thread, so this one is left behind its fence with what it holds, and another shift opens
/// the file once more (decisions/0019).
class Shift : public std::enable_shared_from_this<Shift>
{
public:
    using OpenStore = std::function<Expected<std::unique_ptr<storage::ServerStore>>()>;
    /// What a shift calls outside, in its own thread, until it is left behind.
    struct Outside {
        Outbox::Post inNetwork;
        /// The kitchens want a beat at this time since boot, ms.
        std::function<void(qint64 boot)> beatAt;
    };

    /// `clock` must outlive it.
    static std::shared_ptr<Shift> begin(const Clock &clock, Outside outside);
    Q_DISABLE_COPY_MOVE(Shift)

    /// Opens the file in the thread and waits for it; `ready` runs there before any guest comes.
    /// Errors: those of `open`.
    Outcome open(const OpenStore &open, const std::shared_ptr<CrashBook> &book,
                 const supervision::Supervisor::Limits &limits,
                 const std::function<void(Kitchens &)> &ready);

    /// Runs a task in the thread, from any. What it throws is told as trouble.
    void post(std::function<void(Kitchens &)> task);
    /// Has the kitchens do what is due.
    void beat();
    /// Does something outside, unless the shift was left behind. From its thread.
    void outside(const std::function<void()> &what);
    /// In the network thread: the talker of a new socket.
    std::unique_ptr<Talker> greet(Socket &socket);
    const Doings &doings() const { return m_doings; }
    /// Its thread is at its end, though it may have been left behind.
    bool isOver() const { return m_isOver; }

    // By its owner
    /// As KitchenThread's.
    bool finish(std::chrono::milliseconds longest) { return m_thread.finish(longest); }
    /// Does what was posted, and ends with its kitchens.
    void end();
    /// Leaves it behind. False, and nothing is done, while it uses the file.
    [[nodiscard]] bool leave();
    /// The same also then: the process must end now.
    void leaveForGood();

private:
    Shift(const Clock &clock, Outside outside);
    void run(const std::function<void(Kitchens &)> &task);
    void settle();
    void cut();

    const Clock &m_clock;
    const Outside m_outside;
    std::mutex m_mutex; ///< held while something is done outside
    bool m_left = false;
    const std::shared_ptr<supervision::Fence> m_fence;
    Doings m_doings;
    Outbox m_outbox;
    // Called by sockets
    const Hatch::Deliver m_deliver;
    const std::function<qint64()> m_bootMs;
    const std::function<void(std::shared_ptr<Hatch>)> m_greet;
    std::atomic<bool> m_isOver = false;
    // The thread's own
    std::unique_ptr<Kitchens> m_kitchens;
    qint64 m_beatAt = -1; ///< as last told
    KitchenThread m_thread;
};

} // namespace simmer::syncserver
