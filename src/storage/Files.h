// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QIODevice>
#include <QStringList>

#include <memory>

namespace simmer::storage {

/// The files of databases as a whole: what SQLite does inside them is its own. Replaced by the
/// simulation, whose disk exists for SQLite only; everywhere else these are the system's files.
class Files
{
public:
    Files() = default;
    virtual ~Files() = default;
    Q_DISABLE_COPY_MOVE(Files)

    /// What all stores of this process use; `files` must outlive them. For the simulation.
    static void use(Files &files);
    static Files &used();

    /// Bytes; 0 also for a file that is not there.
    virtual qint64 size(const QString &path) const;
    virtual bool exists(const QString &path) const;
    /// An open file; null when it cannot be read.
    virtual std::unique_ptr<QIODevice> read(const QString &path) const;
    /// Never over an existing file. Durable when it returns. Errors: FileUnreadable.
    virtual Outcome rename(const QString &from, const QString &to);
    /// Also when there is none. Errors: FileUnreadable.
    virtual Outcome remove(const QString &path);
    /// The names in a folder, sorted; none when there is no such folder.
    virtual QStringList list(const QString &folder) const;
    /// The file's bytes and its name are on the disk. Errors: DiskFull.
    virtual Outcome sync(const QString &path);
    /// For its owner alone. Errors: FileUnreadable.
    virtual Outcome makeFolder(const QString &path);
};

/// A SQLite file and what SQLite keeps beside it: "-wal" first, so that whoever moves them in
/// this order never leaves a log beside a file that it does not belong to.
QStringList withCompanions(const QString &path);

} // namespace simmer::storage
