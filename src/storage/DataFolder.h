// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QString>

#include <memory>

namespace simmer::storage {

/// A folder that only this user and, for as long as this object lives, only this process uses.
/// The kernel frees the lock of a killed process, so none is ever stale.
class DataFolder
{
public:
    /// Makes the folder when it is missing. Errors: FileUnreadable, StoreBusy.
    static Expected<std::unique_ptr<DataFolder>> take(const QString &path);
    /// Whether a process has it now; nothing is made or changed for this.
    static bool isTaken(const QString &path);
    ~DataFolder();
    Q_DISABLE_COPY_MOVE(DataFolder)

    /// The path of a file in it.
    QString file(const QString &name) const { return m_path + QLatin1Char('/') + name; }

private:
    DataFolder(QString path, int lock);

    QString m_path;
    int m_lock; ///< descriptor of the locked file
};

} // namespace simmer::storage
