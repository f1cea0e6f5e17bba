// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/Fence.h"
#include "syncserver/house/DiskThread.h"
#include "syncserver/house/HeldWords.h"
#include "syncserver/house/Kitchens.h"

#include <atomic>
#include <memory>

namespace simmer::syncserver {

/// One run of the kitchen thread with all that belongs to it: the connection to the file, the
/// kitchens, their way to the sockets, the thread that waits for the disk. Replaced as a whole when
/// one of its tasks hangs: nobody can end a thread, so this one is left behind its fence with what
/// it holds, and another shift opens the file once more (decisions/0019).
class Shift : public std::enable_shared_from_this<Shift>
{
public:
    using OpenStore = std::function<Expected<std::unique_ptr<storage::ServerStore>>()>;
    /// What a shift calls outside, in a thread of its own, until it is left behind.
    struct Outside {
        Outbox::Post inNetwork;
        /// The kitchens want a beat at this time since boot, ms.
        std::function<void(qint64 boot)> beatAt;
        /// The disk did not take what was written: the process must end now, before anything is
        /// said that is not on it.
        std::function<void(const Error &)> diskFailed;
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
    /// Does something outside once all that was written is on the disk, unless the shift is left
    /// behind until then: whatever the kitchens say goes this way. From their thread.
    void say(HeldWords::Word word);
    /// The same with what is counted here. From a task.
    void sayMetrics(const std::function<void(const Metrics &)> &then);
    /// In the network thread: the talker of a new socket.
    std::unique_ptr<Talker> greet(Socket &socket);
    const Doings &doings() const { return m_doings; }
    const supervision::Pulsebeat &syncs() const { return m_disk.syncs(); }
    /// Its threads are at their end, though it may have been left behind.
    bool isOver() const { return m_isOver && m_disk.isOver(); }

    // By its owner
    /// As KitchenThread's, and all is said.
    bool finish(std::chrono::milliseconds longest);
    /// Does what was posted, and ends with its kitchens.
    void end();
    /// Leaves it behind. False, and nothing is done, while it uses the file.
    [[nodiscard]] bool leave();
    /// The same also then: the process must end now.
    void leaveForGood();

private:
    Shift(const Clock &clock, Outside outside);
    void startDisk(std::shared_ptr<const storage::WalSync> wal);
    void syncFor(qsizetype pushes);
    void sync();
    void run(const std::function<void(Kitchens &)> &task);
    void settle();
    void cut();

    const Clock &m_clock;
    const Outside m_outside;
    const std::shared_ptr<HeldWords> m_words = std::make_shared<HeldWords>();
    const std::shared_ptr<supervision::Fence> m_fence;
    Doings m_doings;
    Outbox m_outbox;
    Durations m_commits; ///< until they were durable; that of whoever speaks
    // Called by sockets
    const Hatch::Deliver m_deliver;
    const std::function<qint64()> m_bootMs;
    const std::function<void(std::shared_ptr<Hatch>)> m_greet;
    std::atomic<bool> m_isOver = false;
    // The thread's own
    std::unique_ptr<Kitchens> m_kitchens;
    qint64 m_beatAt = -1;   ///< as last told
    qint64 m_busyUntil = 0; ///< ms since boot
    DiskThread m_disk;
    KitchenThread m_thread;
};

} // namespace simmer::syncserver
