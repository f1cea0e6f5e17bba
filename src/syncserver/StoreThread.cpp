// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/StoreThread.h"

#include <future>

namespace simmer::syncserver
{

namespace
{

constexpr qsizetype OpsPerCommit = 256; // DESIGN, section 6

Committed commit(storage::KitchenLog &log, const std::deque<PushedOps> &pushes)
{
    Committed result;
    QList<storage::Arrival> arrivals;
    for (const PushedOps &push : pushes) {
        QList<OpId> ops;
        for (const storage::Arrival &arrival : push.arrivals)
            ops += arrival.op;
        result.pushes += {push.session, ops};
        arrivals += push.arrivals;
    }
    const auto appended = log.append(arrivals);
    result.head = log.head();
    if (!appended) {
        result.error = appended.error();
        return result;
    }
    QList<storage::LogEntry> fresh;
    for (const storage::Appended &one : *appended)
        if (one.fresh)
            fresh += one.entry;
    result.freshCount = fresh.size();
    result.fresh = stretches(fresh);
    return result;
}

} // namespace

/// Lives in the store thread; only it touches the store.
class StoreThread::Worker : public QObject
{
public:
    Outcome open(const QString &path)
    {
        auto opened = storage::KitchenStore::open(path, Rules);
        if (!opened)
            return opened.error();
        m_store = *std::move(opened);
        return done();
    }

    storage::KitchenStore &store() { return *m_store; }

private:
    std::unique_ptr<storage::KitchenStore> m_store;
};

StoreThread::StoreThread(OnCommit onCommit)
    : m_onCommit(std::move(onCommit))
    , m_worker(new Worker)
    , m_thread(startThread(QStringLiteral("simmer-store"), m_worker))
{
}

StoreThread::~StoreThread()
{
    finish();
}

Expected<std::unique_ptr<StoreThread>> StoreThread::start(const QString &path, OnCommit onCommit)
{
    std::unique_ptr<StoreThread> thread(new StoreThread(std::move(onCommit)));
    std::promise<std::optional<Error>> opened;
    QMetaObject::invokeMethod(thread->m_worker, [&opened, &path, worker = thread->m_worker] {
        const Outcome outcome = worker->open(path);
        opened.set_value(outcome ? std::nullopt : std::optional(outcome.error()));
    });
    if (const auto error = opened.get_future().get())
        return *error;
    return thread;
}

void StoreThread::push(PushedOps ops)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_back(std::move(ops));
    if (m_scheduled)
        return;
    m_scheduled = true;
    QMetaObject::invokeMethod(m_worker, [this] { commitSome(); });
}

void StoreThread::commitSome()
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
    m_onCommit(commit(m_worker->store().log(), batch));
    const std::scoped_lock lock(m_mutex);
    m_scheduled = !m_waiting.empty();
    if (m_scheduled) // behind whatever else was asked meanwhile: pages are not starved
        QMetaObject::invokeMethod(
            m_worker, [this] { commitSome(); }, Qt::QueuedConnection);
}

void StoreThread::ask(std::function<void(storage::KitchenStore &)> task)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, task = std::move(task)] { task(worker->store()); });
}

void StoreThread::finish()
{
    for (bool idle = false; !idle;) {
        std::promise<void> reached;
        QMetaObject::invokeMethod(m_worker, [&reached] { reached.set_value(); });
        reached.get_future().wait();
        const std::scoped_lock lock(m_mutex);
        idle = !m_scheduled;
    }
}

} // namespace simmer::syncserver
