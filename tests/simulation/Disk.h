// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/Database.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTemporaryDir>

#include <map>
#include <memory>
#include <random>

namespace simmer::simulation {

/// One file as the machine sees it, and what a power cut would undo of it.
struct DiskFile {
    struct Write {
        qint64 at = 0;
        QByteArray bytes;     ///< null for a truncation to `at`
        QByteArray before;    ///< what stood there, or behind the cut
        qsizetype sizeBefore; ///< of the file
    };
    QByteArray seen;
    QList<Write> unsynced; ///< in order

    /// What is on the platter for certain.
    QByteArray durable() const;
};

/// All disks of all machines, as SQLite's default VFS of this process
/// (https://sqlite.org/vfs.html): the production stores run on it unchanged. Files are named by
/// their path; a machine's disk is all files below one folder. One thread.
class Disk
{
public:
    using Files = std::map<QString, std::shared_ptr<DiskFile>>;

    /// Registers the VFS; once in a process.
    static Disk &install();

    /// The folder of one machine: a real one, in which the stores make their empty files.
    QString folder(const QString &machine) const;
    /// Puts a file with the schema's empty tables there: made once by the production code, then
    /// copied, for a migration takes as long as a minute of a kitchen.
    void makeBlank(const QString &path, const storage::Schema &schema);
    /// Forgets all files.
    void clear();
    /// A copy of the folder's files, as they are seen now.
    Files image(const QString &folder) const;
    /// Puts a copy in the place of the folder's files; paths are moved into the folder.
    void restore(const QString &folder, const Files &image);
    /// All that was written into a file stays, as fdatasync promises.
    void sync(const QString &path);
    /// The power fails: of what was not synced each write is kept, dropped or torn by chance.
    void cutPower(const QString &folder, std::mt19937_64 &chance);
    /// Since the last clear().
    qint64 powerCuts() const { return m_powerCuts; }
    /// From now on writes that need room fail with SQLITE_FULL.
    void setFull(const QString &folder, bool full);
    bool isFull(const QString &path) const;

    Files &files() { return m_files; }

private:
    Disk() = default;

    QTemporaryDir m_root;
    Files m_files;
    std::map<QString, std::shared_ptr<DiskFile>> m_blanks; ///< by family
    QList<QString> m_full;
    qint64 m_powerCuts = 0;
};

} // namespace simmer::simulation
