// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace simmer::supervision {

/// Stands between a worker's thread and everybody else. Once it is down the worker has been
/// replaced: it must write nothing and say nothing any more, wherever it may be. Made by whoever
/// watches; safe from any thread.
class Fence
{
public:
    using Report = std::function<void(const QString &why)>;

    /// `threw` is called in the worker's thread, until abandon().
    explicit Fence(Report threw);
    Q_DISABLE_COPY_MOVE(Fence)

    /// The fence of the running thread; null in a thread that nobody supervises.
    static Fence *ofThisThread();
    /// Whether the running thread has been replaced, and must not write any more.
    static bool isDownHere();
    /// From now on it stands around the running thread.
    static void enclose(std::shared_ptr<Fence> fence);

    bool isDown() const { return m_state.load(std::memory_order_acquire) != State::Up; }
    /// The worker threw: puts the fence down and reports. Only the first word counts. Nothing is
    /// delivered any more, but the worker stays, for those who know it, until it is dismissed.
    void threw(const QString &why);
    /// Nobody knows the worker any more: a thread in which it threw, or throws, ends.
    void dismiss() { m_isDismissed = true; }
    /// Nobody waits for the thread any more, and nobody hears it: when this returns no report
    /// runs, and no object of the thread will be destroyed there. False when the worker threw
    /// before and may be in its destruction.
    bool abandon();

    /// Delivers an event and catches what its receiver throws, before it can reach Qt's event
    /// loop, which no exception may pass. Behind a fence that is down nothing is delivered any
    /// more.
    template<class Deliver>
    static bool guarded(const QEvent &event, const Deliver &deliver)
    {
        Fence *fence = ofThisThread();
        if (!fence)
            return deliver();
        if (!fence->lets(event))
            return fence->swallowed();
        const Depth depth(*fence);
        try {
            return deliver();
        } catch (...) {
            if (fence->m_depth > 1)
                throw; // sent by a slot of the worker: that is to end too
            fence->caught();
            return fence->swallowed();
        }
    }

private:
    enum class State : unsigned char { Up, Threw, Abandoned };
    struct Depth {
        explicit Depth(Fence &of)
            : fence(of)
        {
            ++fence.m_depth;
        }
        ~Depth() { --fence.m_depth; }
        Q_DISABLE_COPY_MOVE(Depth)
        Fence &fence;
    };

    bool lets(const QEvent &event) const;
    bool swallowed() const;
    void caught();

    std::atomic<State> m_state = State::Up;
    std::atomic<bool> m_isDismissed = false;
    std::mutex m_mutex; ///< guards m_report, also while it runs
    Report m_report;
    int m_depth = 0; ///< of deliveries within deliveries; the thread's own
};

} // namespace simmer::supervision
