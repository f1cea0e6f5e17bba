// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/DiskThread.h"

#include "supervision/Faults.h"
#include "supervision/Thrown.h"

#include <algorithm>

namespace simmer::syncserver {

DiskThread::DiskThread(const Clock &clock)
    : m_wish(std::make_shared<Wish>(clock))
{
}

DiskThread::~DiskThread()
{
    join();
}

void DiskThread::start(Steps steps)
{
    const std::scoped_lock lock(m_wish->mutex);
    m_wish->steps = std::move(steps);
    m_wish->isOver = false;
    m_thread = std::thread([wish = m_wish] {
        run(*wish);
        wish->isOver = true;
    });
}

void DiskThread::run(Wish &wish)
{
    std::unique_lock lock(wish.mutex);
    for (;;) {
        wish.changed.wait(lock, [&wish] { return wish.ending || wish.isDue(); });
        if (!wish.isDue())
            return;
        attend(wish, lock);
    }
}

/// What is wanted while it syncs is the next one's.
void DiskThread::attend(Wish &wish, std::unique_lock<std::mutex> &lock)
{
    const qint64 wanted = wish.wanted;
    wish.syncing = true;
    lock.unlock();
    const Outcome synced = sync(wish);
    lock.lock();
    if (!wish.abandoned) {
        lock.unlock();
        if (synced)
            wish.steps.reached(wanted);
        else
            wish.steps.failed(synced.error());
        lock.lock();
    }
    wish.failed = !synced;
    wish.reached = wanted;
    wish.syncing = false;
    wish.rested.notify_all();
    if (wish.wanted > wish.reached)
        wish.changed.notify_one();
}

/// What is thrown is a disk that does not do its work.
Outcome DiskThread::sync(Wish &wish)
{
    const supervision::Pulsebeat::Task task(wish.syncs, QUuid());
    try {
        supervision::faults::point("disk", QString());
        return wish.steps.sync();
    } catch (...) {
        return Error{ErrorCode::Crashed, supervision::wordsOf(std::current_exception()), {}};
    }
}

void DiskThread::syncHere(qint64 writes)
{
    std::unique_lock lock(m_wish->mutex);
    m_wish->wanted = std::max(writes, m_wish->wanted);
    if (m_wish->isDue())
        attend(*m_wish, lock);
}

void DiskThread::want(qint64 writes)
{
    {
        const std::scoped_lock lock(m_wish->mutex);
        if (writes <= m_wish->wanted)
            return;
        m_wish->wanted = writes;
    }
    m_wish->changed.notify_one();
}

bool DiskThread::finish(std::chrono::milliseconds longest)
{
    std::unique_lock lock(m_wish->mutex);
    return m_wish->rested.wait_for(lock, longest, [this] {
        return m_wish->failed || m_wish->reached >= m_wish->wanted;
    }) && !m_wish->failed;
}

void DiskThread::join()
{
    std::thread thread;
    {
        const std::scoped_lock lock(m_wish->mutex);
        m_wish->ending = true;
        thread.swap(m_thread);
    }
    m_wish->changed.notify_one();
    if (thread.joinable())
        thread.join();
}

void DiskThread::abandon()
{
    std::thread thread;
    {
        const std::scoped_lock lock(m_wish->mutex);
        m_wish->ending = true;
        m_wish->abandoned = true;
        thread.swap(m_thread);
    }
    m_wish->changed.notify_one();
    if (thread.joinable())
        thread.detach();
}

} // namespace simmer::syncserver
