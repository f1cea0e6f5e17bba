// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "base/OwnedThread.h"
#include "supervision/TaskShelf.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace simmer::supervision {

class TaskClerk;

/// What a running job sees of the world. In the job's thread, while it runs.
class JobSight
{
public:
    using Say = std::function<void(double part, const QString &words)>;

    JobSight(const std::atomic<bool> &ended, Say say)
        : m_ended(ended)
        , m_say(std::move(say))
    {
    }

    /// Somebody cancelled it, or the program ends: it must return soon. What it returns then
    /// counts only if it is success.
    bool isEnded() const { return m_ended; }
    /// From 0 to 1, and what it does now.
    void progress(double part, const QString &words) { m_say(part, words); }

private:
    const std::atomic<bool> &m_ended;
    Say m_say;
};

/// Does many jobs at once, each in a thread of a pool. A job is a kind and its arguments and stands
/// on a shelf until it is over, so that a restart goes on with it. Lives in its owner's thread; its
/// commands never block, its signals arrive there. One job that takes the program with it three
/// times is not begun again.
class TaskRunner : public QObject
{
    Q_OBJECT

public:
    /// Done once or, after a crash, again: it must bear that. What it throws is a failure.
    using Job = std::function<Outcome(const QJsonObject &arguments, JobSight &sight)>;
    static constexpr int MostStarts = 3;

    /// `most` jobs at once.
    TaskRunner(std::unique_ptr<TaskShelf> shelf, int most, QObject *parent = nullptr);
    /// Asks running jobs to return and waits for them; they stay on the shelf.
    ~TaskRunner() override;

    /// Which function does jobs of this kind. All kinds are learned before resume().
    void learn(const QString &kind, Job job);
    /// Goes on with what an earlier run left.
    void resume();
    /// finished() follows, or failed() or cancelled().
    TaskId add(const QString &kind, const QJsonObject &arguments);
    void cancel(const TaskId &task);

Q_SIGNALS:
    /// What an earlier run left is queued; files that could not be read were set aside.
    void resumed(qsizetype tasks, const QStringList &damaged);
    void started(const simmer::supervision::TaskId &task, const QString &kind);
    void progressed(const simmer::supervision::TaskId &task, double part, const QString &words);
    void finished(const simmer::supervision::TaskId &task);
    void failed(const simmer::supervision::TaskId &task, const simmer::Error &error);
    void cancelled(const simmer::supervision::TaskId &task);
    /// The shelf refuses: what is over may be done once more after a restart.
    void shelfFailed(const simmer::Error &error);

private:
    void inClerk(std::function<void(TaskClerk &)> work);

    TaskClerk *m_clerk; ///< owned by m_thread
    OwnedThread m_thread;
};

} // namespace simmer::supervision
