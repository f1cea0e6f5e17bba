// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QString>

#include <memory>

namespace simmer::storage {

/// Has the disk keep what a connection committed that does not wait for that
/// (Database::commitEarly). Its one descriptor on the WAL is there before the first such commit: so
/// it is told of every write that failed, whoever else was told before. SQLite itself syncs what
/// it moves into the file, and the WAL before that (https://www.sqlite.org/wal.html). Any thread.
class WalSync
{
public:
    /// Of the file at `path`, which a connection has open in WAL mode and keeps open as long: until
    /// then the WAL stays the same. Errors: FileUnreadable, DiskFull.
    static Expected<std::shared_ptr<const WalSync>> open(const QString &path);
    ~WalSync();
    Q_DISABLE_COPY_MOVE(WalSync)

    /// All that was committed before is on the disk when it returns. After an error nobody knows
    /// what is, and the next call may say that all is well: the system tells only once, and drops
    /// what it could not write. Errors: DiskFull.
    Outcome sync() const;

private:
    WalSync(QString path, int descriptor);

    const QString m_path;
    const int m_descriptor;
};

} // namespace simmer::storage
