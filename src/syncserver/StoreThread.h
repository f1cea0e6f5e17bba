// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Limits.h"
#include "syncserver/OpStore.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace simmer::syncserver {

/// The thread that owns the KitchenStore. Pushed ops are committed together: while one commit
/// waits for the disk the next ones gather. May be called from any thread; answers are given in
/// the store thread, in the order in which the store changed.
class StoreThread final : public OpStore
{
public:
    /// How the protocol wants devices admitted.
    static constexpr storage::AdmissionRules Rules{protocol::limits::CodeLifetimeMs,
                                                   protocol::limits::CodeTries,
                                                   protocol::limits::DevicesPerKitchen};

    using OnCommit = std::function<void(const Committed &)>;

    /// Opens the store in its thread. Errors: as KitchenStore::open.
    static Expected<std::unique_ptr<StoreThread>> start(const QString &path, const QDate &today,
                                                        OnCommit onCommit);
    ~StoreThread() override;

    /// OnCommit follows.
    void push(PushedOps ops) override;
    /// Runs `task` in the store thread.
    void ask(std::function<void(storage::KitchenStore &)> task) override;
    /// Waits until all that was asked before is done.
    void finish();

private:
    using Task = std::function<void(storage::KitchenStore &)>;

    explicit StoreThread(OnCommit onCommit);
    void run(const QString &path, const QDate &today);
    bool takeTask(Task &task);
    void commitSome(storage::KitchenStore &store);
    void add(Task task);

    OnCommit m_onCommit;
    std::mutex m_mutex;               ///< guards what follows, down to the thread
    std::condition_variable m_added;  ///< a task, or the end
    std::condition_variable m_rested; ///< opened, or nothing to do
    std::deque<Task> m_tasks;
    std::deque<PushedOps> m_waiting;
    bool m_scheduled = false; ///< a commit is among the tasks
    bool m_running = false;   ///< a task
    bool m_ending = false;
    std::optional<Outcome> m_opened;
    std::thread m_thread;
};

} // namespace simmer::syncserver
