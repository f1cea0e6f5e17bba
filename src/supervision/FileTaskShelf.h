// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/TaskShelf.h"

namespace simmer::supervision {

/// One JSON file a task in a folder that nobody else writes, which is made when it is needed; for
/// its owner alone, since arguments may name what is private.
class FileTaskShelf final : public TaskShelf
{
public:
    /// Bytes; a larger file is none of ours.
    static constexpr qint64 MostBytes = 1024 * 1024;

    explicit FileTaskShelf(const QString &folder);

    /// Errors: DiskFull, FileUnreadable, TooLarge.
    Outcome keep(const Task &task) override;
    Outcome forget(const TaskId &task) override;
    Expected<Found> all() override;

private:
    QString pathOf(const TaskId &task) const;

    const QString m_folder;
};

} // namespace simmer::supervision
