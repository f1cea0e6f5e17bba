// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/TaskRunner.h"

#include <QHash>
#include <QQueue>
#include <QThreadPool>

namespace simmer::supervision {

/// The inside of the TaskRunner: the queue, the shelf and the pool. Lives in a thread of its own,
/// which alone waits for the shelf's disk; its slots are called through queued connections.
class TaskClerk : public QObject
{
    Q_OBJECT

public:
    TaskClerk(std::unique_ptr<TaskShelf> shelf, int most);
    ~TaskClerk() override;

    void learn(const QString &kind, const TaskRunner::Job &job) { m_jobs.insert(kind, job); }
    void resume();
    void add(Task task);
    void cancel(const TaskId &id);

Q_SIGNALS:
    void resumed(qsizetype tasks, const QStringList &damaged);
    void started(const simmer::supervision::TaskId &task, const QString &kind);
    void progressed(const simmer::supervision::TaskId &task, double part, const QString &words);
    void finished(const simmer::supervision::TaskId &task);
    void failed(const simmer::supervision::TaskId &task, const simmer::Error &error);
    void cancelled(const simmer::supervision::TaskId &task);
    void shelfFailed(const simmer::Error &error);

private:
    struct Running {
        Task task;
        std::shared_ptr<std::atomic<bool>> ended = {}; ///< it is to return
        bool isCancelled = false;
    };

    bool isKnown(const TaskId &id) const;
    void begin();
    void begin(Task task);
    void run(const Running &running, const TaskRunner::Job &job);
    void over(const TaskId &id, const Outcome &outcome);
    void refuse(const Task &task, const Error &error);
    void forget(const TaskId &id);

    const std::unique_ptr<TaskShelf> m_shelf;
    QHash<QString, TaskRunner::Job> m_jobs;
    QQueue<Task> m_waiting;
    QHash<TaskId, Running> m_running;
    qint64 m_number = 0; ///< of the newest task
    QThreadPool m_pool;
};

} // namespace simmer::supervision
