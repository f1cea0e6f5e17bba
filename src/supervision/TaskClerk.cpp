// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/TaskClerk.h"

#include "supervision/Thrown.h"

#include <QCoreApplication>

#include <algorithm>

namespace simmer::supervision {

namespace {

Outcome outcomeOf(const TaskRunner::Job &job, const QJsonObject &arguments, JobSight &sight)
{
    try {
        return job(arguments, sight);
    } catch (...) {
        return Error{ErrorCode::Crashed, wordsOf(std::current_exception()), {}};
    }
}

} // namespace

TaskClerk::TaskClerk(std::unique_ptr<TaskShelf> shelf, int most)
    : m_shelf(std::move(shelf))
{
    m_pool.setMaxThreadCount(most);
    m_pool.setObjectName(QStringLiteral("jobs"));
}

/// Jobs that end in good order crash nothing: their start is not held against them.
TaskClerk::~TaskClerk()
{
    m_waiting.clear(); // these are on the shelf
    for (const Running &running : std::as_const(m_running))
        *running.ended = true;
    m_pool.waitForDone();
    QCoreApplication::sendPostedEvents(this); // what they came to
    for (Running &running : m_running) {
        --running.task.starts;
        if (const Outcome kept = m_shelf->keep(running.task); !kept)
            qWarning("%s", qUtf8Printable(describe(kept.error())));
    }
}

void TaskClerk::resume()
{
    const auto found = m_shelf->all();
    if (!found) {
        Q_EMIT shelfFailed(found.error());
        return;
    }
    Q_EMIT resumed(found->tasks.size(), found->damaged);
    for (const Task &task : found->tasks) {
        m_number = std::max(m_number, task.number);
        if (isKnown(task.id))
            continue; // asked for in this run
        if (task.starts >= TaskRunner::MostStarts)
            refuse(task,
                   {ErrorCode::Crashed,
                    QStringLiteral("the program ended %1 times while it did this").arg(task.starts),
                    {}});
        else
            m_waiting.enqueue(task);
    }
    begin();
}

bool TaskClerk::isKnown(const TaskId &id) const
{
    return m_running.contains(id) ||
           std::any_of(m_waiting.cbegin(), m_waiting.cend(),
                       [&](const Task &waiting) { return waiting.id == id; });
}

void TaskClerk::add(Task task)
{
    task.number = ++m_number;
    if (const Outcome kept = m_shelf->keep(task); !kept) {
        Q_EMIT failed(task.id, kept.error());
        return;
    }
    m_waiting.enqueue(task);
    begin();
}

void TaskClerk::cancel(const TaskId &id)
{
    const auto running = m_running.find(id);
    if (running != m_running.end()) {
        running->isCancelled = true;
        *running->ended = true; // over() follows
        return;
    }
    if (m_waiting.removeIf([&](const Task &task) { return task.id == id; }) == 0)
        return;
    forget(id);
    Q_EMIT cancelled(id);
}

void TaskClerk::begin()
{
    while (!m_waiting.isEmpty() && m_running.size() < m_pool.maxThreadCount())
        begin(m_waiting.dequeue());
}

/// The start is counted on disk before it can take the program with it.
void TaskClerk::begin(Task task)
{
    const auto job = m_jobs.constFind(task.kind);
    if (job == m_jobs.cend())
        return refuse(task, {ErrorCode::NotFound,
                             QStringLiteral("no kind of job is called “%1”").arg(task.kind),
                             {}});
    ++task.starts;
    if (const Outcome counted = m_shelf->keep(task); !counted)
        return refuse(task, counted.error());
    const Running running{task, std::make_shared<std::atomic<bool>>(false)};
    m_running.insert(task.id, running);
    Q_EMIT started(task.id, task.kind);
    run(running, *job);
}

void TaskClerk::run(const Running &running, const TaskRunner::Job &job)
{
    m_pool.start([this, job, id = running.task.id, arguments = running.task.arguments,
                  ended = running.ended] {
        JobSight sight(*ended, [this, id](double part, const QString &words) {
            Q_EMIT progressed(id, std::clamp(part, 0.0, 1.0), words);
        });
        const Outcome outcome = outcomeOf(job, arguments, sight);
        QMetaObject::invokeMethod(
            this, [this, id, outcome] { over(id, outcome); }, Qt::QueuedConnection);
    });
}

/// At the end of the program a job that gave up stays on the shelf.
void TaskClerk::over(const TaskId &id, const Outcome &outcome)
{
    const Running running = m_running.value(id);
    const bool interrupted = !outcome && *running.ended && !running.isCancelled;
    if (interrupted)
        return;
    m_running.remove(id);
    forget(id);
    if (outcome)
        Q_EMIT finished(id);
    else if (running.isCancelled)
        Q_EMIT cancelled(id);
    else
        Q_EMIT failed(id, outcome.error());
    begin();
}

void TaskClerk::refuse(const Task &task, const Error &error)
{
    forget(task.id);
    Q_EMIT failed(task.id, error);
}

void TaskClerk::forget(const TaskId &id)
{
    if (const Outcome forgotten = m_shelf->forget(id); !forgotten)
        Q_EMIT shelfFailed(forgotten.error());
}

} // namespace simmer::supervision
