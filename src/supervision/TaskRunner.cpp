// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/TaskRunner.h"

#include "supervision/TaskClerk.h"

namespace simmer::supervision {

TaskRunner::TaskRunner(std::unique_ptr<TaskShelf> shelf, int most, QObject *parent)
    : QObject(parent)
    , m_clerk(new TaskClerk(std::move(shelf), most))
{
    connect(m_clerk, &TaskClerk::resumed, this, &TaskRunner::resumed);
    connect(m_clerk, &TaskClerk::started, this, &TaskRunner::started);
    connect(m_clerk, &TaskClerk::progressed, this, &TaskRunner::progressed);
    connect(m_clerk, &TaskClerk::finished, this, &TaskRunner::finished);
    connect(m_clerk, &TaskClerk::failed, this, &TaskRunner::failed);
    connect(m_clerk, &TaskClerk::cancelled, this, &TaskRunner::cancelled);
    connect(m_clerk, &TaskClerk::shelfFailed, this, &TaskRunner::shelfFailed);
    m_thread = startThread(QStringLiteral("tasks"), m_clerk);
}

TaskRunner::~TaskRunner() = default;

void TaskRunner::inClerk(std::function<void(TaskClerk &)> work)
{
    QMetaObject::invokeMethod(
        m_clerk, [clerk = m_clerk, work = std::move(work)] { work(*clerk); }, Qt::QueuedConnection);
}

void TaskRunner::learn(const QString &kind, Job job)
{
    inClerk([kind, job = std::move(job)](TaskClerk &clerk) { clerk.learn(kind, job); });
}

void TaskRunner::resume()
{
    inClerk([](TaskClerk &clerk) { clerk.resume(); });
}

TaskId TaskRunner::add(const QString &kind, const QJsonObject &arguments)
{
    const TaskId id = TaskId::random();
    inClerk([id, kind, arguments](TaskClerk &clerk) { clerk.add({id, kind, arguments}); });
    return id;
}

void TaskRunner::cancel(const TaskId &task)
{
    inClerk([task](TaskClerk &clerk) { clerk.cancel(task); });
}

} // namespace simmer::supervision
