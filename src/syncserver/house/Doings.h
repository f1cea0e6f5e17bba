// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "storage/Turnstile.h"
#include "supervision/Fence.h"
#include "supervision/Pulsebeat.h"

#include <memory>
#include <mutex>
#include <optional>

namespace simmer::syncserver {

/// What the kitchen thread does: whose task it runs, or that it uses the server's file. Written by
/// that thread; beats are read, and shutOut() called, by whoever watches it.
class Doings final : public storage::Turnstile
{
public:
    /// `clock` must outlive it.
    Doings(const Clock &clock, std::shared_ptr<supervision::Fence> fence);

    /// A task of a kitchen, null for nobody's, is worked on while this lives. They may be nested.
    class [[nodiscard]] Task
    {
    public:
        Task(Doings &doings, const KitchenId &kitchen)
            : m_doings(doings)
            , m_before(doings.m_key)
        {
            doings.turnTo(kitchen.uuid());
        }
        ~Task() { m_doings.turnTo(m_before); }
        Q_DISABLE_COPY_MOVE(Task)

    private:
        Doings &m_doings;
        std::optional<QUuid> m_before;
    };

    /// Tasks, while they do not use the file: who waits for the disk does not hang.
    const supervision::Pulsebeat &tasks() const { return m_tasks; }
    /// Uses of the file.
    const supervision::Pulsebeat &uses() const { return m_uses; }

    /// Puts the fence down: the thread will not use the file any more. False, and nothing is done,
    /// while it uses it.
    [[nodiscard]] bool shutOut();

    // As the file's turnstile
    bool enter() override;
    void leave() override;

private:
    void turnTo(const std::optional<QUuid> &key);

    const std::shared_ptr<supervision::Fence> m_fence;
    std::mutex m_file; ///< held while it is used
    supervision::Pulsebeat m_tasks;
    supervision::Pulsebeat m_uses;
    // The thread's own
    std::optional<QUuid> m_key; ///< of the task
    std::optional<supervision::Pulsebeat::Task> m_task;
    std::optional<supervision::Pulsebeat::Task> m_use;
    int m_depth = 0; ///< of uses within uses
};

} // namespace simmer::syncserver
