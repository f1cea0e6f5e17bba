// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "storage/Schema.h"

#include <QDate>
#include <QList>
#include <QString>

#include <memory>

namespace simmer::storage {

class Database;

/// The daily copies of one database file, in backups/ beside it: device-2026-11-21.db. Each was
/// checked before it got its name. Any thread; one at a time takes and tidies.
class Backups
{
public:
    Backups(const QString &path, const Schema &schema);

    QList<QDate> dates() const;
    QString pathOf(const QDate &date) const;
    bool isDue(const QDate &today) const { return !dates().contains(today); }
    /// Copies the file, which its writer may have open: through a connection of its own that
    /// only reads, so that nobody waits. Then lets go of what backupsToKeep() does not name.
    /// Errors: DiskFull (the older ones stay), StoreDamaged when the file itself is damaged.
    Outcome take(const QDate &today) const;

    struct Copy {
        QDate date;
        std::unique_ptr<Database> database; ///< for reading
    };
    /// The newest that is whole, those dated after `today` last; none when there is none.
    Copy newestGood(const QDate &today) const;

private:
    Outcome copyAndCheck(const QString &into) const;
    Outcome tidy(const QDate &today) const;

    QString m_path;
    QString m_folder;
    QString m_stem; ///< "device"
    Schema m_schema;
};

} // namespace simmer::storage
