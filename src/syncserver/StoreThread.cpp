// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/StoreThread.h"

namespace simmer::syncserver {

namespace {

constexpr qsizetype OpsPerCommit = 256; // DESIGN, section 6

} // namespace

StoreThread::StoreThread(OnCommit onCommit)
    : m_onCommit(std::move(onCommit))
{
}

StoreThread::~StoreThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true; // once nothing is left to do
    }
    m_added.notify_one();
    m_thread.join();
}

Expected<std::unique_ptr<StoreThread>> StoreThread::start(const QString &path, const QDate &today,
                                                          OnCommit onCommit)
{
    std::unique_ptr<StoreThread> store(new StoreThread(std::move(onCommit)));
    store->m_thread = std::thread([self = store.get(), path, today] { self->run(path, today); });
    std::unique_lock lock(store->m_mutex);
    store->m_rested.wait(lock, [&] { return store->m_opened.has_value(); });
    const Outcome opened = *store->m_opened;
    lock.unlock();
    if (!opened)
        return opened.error();
    return store;
}

/// SQLite's connection lives and dies in this thread.
void StoreThread::run(const QString &path, const QDate &today)
{
    const auto store = storage::KitchenStore::open(path, Rules, today);
    {
        const std::scoped_lock lock(m_mutex);
        m_opened = store ? done() : Outcome(store.error());
    }
    m_rested.notify_all();
    for (Task task; store && takeTask(task);)
        task(**store);
}

/// The next task, when there is one; false at the end.
bool StoreThread::takeTask(Task &task)
{
    std::unique_lock lock(m_mutex);
    m_running = false;
    if (m_tasks.empty())
        m_rested.notify_all();
    m_added.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
    if (m_tasks.empty())
        return false;
    task = std::move(m_tasks.front());
    m_tasks.pop_front();
    m_running = true;
    return true;
}

void StoreThread::add(Task task)
{
    m_tasks.push_back(std::move(task));
    m_added.notify_one();
}

void StoreThread::ask(std::function<void(storage::KitchenStore &)> task)
{
    const std::scoped_lock lock(m_mutex);
    add(std::move(task));
}

void StoreThread::push(PushedOps ops)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_back(std::move(ops));
    if (!m_scheduled)
        add([this](storage::KitchenStore &store) { commitSome(store); });
    m_scheduled = true;
}

void StoreThread::commitSome(storage::KitchenStore &store)
{
    std::deque<PushedOps> batch;
    {
        const std::scoped_lock lock(m_mutex);
        qsizetype ops = 0;
        while (!m_waiting.empty()) {
            ops += m_waiting.front().arrivals.size();
            if (ops > OpsPerCommit && !batch.empty())
                break;
            batch.push_back(std::move(m_waiting.front()));
            m_waiting.pop_front();
        }
    }
    m_onCommit(commit(store.log(), batch));
    const std::scoped_lock lock(m_mutex);
    m_scheduled = !m_waiting.empty();
    if (m_scheduled) // behind whatever else was asked meanwhile: pages are not starved
        add([this](storage::KitchenStore &next) { commitSome(next); });
}

void StoreThread::finish()
{
    std::unique_lock lock(m_mutex);
    m_rested.wait(lock, [this] { return m_tasks.empty() && !m_running; });
}

} // namespace simmer::syncserver
