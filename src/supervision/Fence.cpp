// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/Fence.h"

#include "supervision/Thrown.h"

#include <QThread>

namespace simmer::supervision {

namespace {

/// A thread's own, as it must be found from QCoreApplication::notify(), which knows no worker.
std::shared_ptr<Fence> &current()
{
    static thread_local std::shared_ptr<Fence> fence;
    return fence;
}

} // namespace

Fence::Fence(Report threw)
    : m_report(std::move(threw))
{
}

Fence *Fence::ofThisThread()
{
    return current().get();
}

bool Fence::isDownHere()
{
    const Fence *fence = ofThisThread();
    return fence && fence->isDown();
}

void Fence::enclose(std::shared_ptr<Fence> fence)
{
    current() = std::move(fence);
}

void Fence::threw(const QString &why)
{
    State up = State::Up;
    if (!m_state.compare_exchange_strong(up, State::Threw))
        return;
    const std::lock_guard lock(m_mutex);
    if (m_report)
        m_report(why);
}

bool Fence::abandon()
{
    State up = State::Up;
    const bool hung = m_state.compare_exchange_strong(up, State::Abandoned);
    const std::lock_guard lock(m_mutex);
    m_report = {};
    return hung;
}

/// A worker that threw is destroyed by its thread; one that was abandoned is not, since whoever
/// abandons it still cuts its connections.
bool Fence::lets(const QEvent &event) const
{
    switch (m_state.load(std::memory_order_acquire)) {
    case State::Up:
        return true;
    case State::Threw:
        return event.type() == QEvent::DeferredDelete;
    case State::Abandoned:
        return false;
    }
    Q_UNREACHABLE();
}

void Fence::caught()
{
    threw(wordsOf(std::current_exception()));
}

bool Fence::swallowed() const
{
    if (m_isDismissed || m_state.load(std::memory_order_acquire) == State::Abandoned)
        QThread::currentThread()->quit();
    return true;
}

} // namespace simmer::supervision
