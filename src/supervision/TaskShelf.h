// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace simmer::supervision {

using TaskId = Id<struct TaskKind>;

/// A job that is to be done, as it is kept on disk.
struct Task {
    TaskId id;
    QString kind;          ///< names the function that does it
    QJsonObject arguments; ///< what that function reads
    qint64 number = 0;     ///< in the order in which they were asked for
    int starts = 0;        ///< how often it was begun and did not end

    bool operator==(const Task &) const = default;
};

/// Keeps tasks over a restart. Used by one thread, which waits for the disk. What these return is
/// durable.
class TaskShelf
{
public:
    struct Found {
        QList<Task> tasks;   ///< by number
        QStringList damaged; ///< what could not be read, and was set aside
    };

    TaskShelf() = default;
    virtual ~TaskShelf() = default;
    Q_DISABLE_COPY_MOVE(TaskShelf)

    /// A new one, or in the place of the one with its id.
    virtual Outcome keep(const Task &task) = 0;
    /// Also when there is none.
    virtual Outcome forget(const TaskId &task) = 0;
    virtual Expected<Found> all() = 0;
};

} // namespace simmer::supervision

Q_DECLARE_METATYPE(simmer::supervision::TaskId)
