// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "storage/safety/Backups.h"
#include "storage/safety/RawPages.h"
#include "storage/safety/Salvaged.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QVariant>

#include <functional>
#include <memory>

namespace simmer::storage {

class Database;

/// One row, by the names of its columns.
using Row = QMap<QString, QVariant>;

/// Copies rows from damaged files into a fresh one, whatever tables that has. Whoever knows what a
/// table's rows mean proves them first. Belongs to the thread of the databases.
class Salvage
{
public:
    /// What there is to read from; any may be missing.
    struct Sources {
        std::unique_ptr<Database> file;
        RawPages raw;
        bool lostCommits = false; ///< of the WAL
        Backups::Copy backup;
    };
    /// Gives the row as it is to be taken, or nothing when it makes no sense.
    using Proof = std::function<std::optional<Row>(Row)>;
    /// Makes the fresh file's rows of what there is. Errors: DiskFull, StoreDamaged.
    using Fill = std::function<Outcome(Sources &, Salvage &)>;

    /// Puts a new file in the place of the damaged one, which is kept under another name. Before
    /// that moment nothing is changed, and a crash is finished by finishMending(). Errors: those
    /// of `fill`, DiskFull, FileUnreadable.
    static Expected<Salvaged> mend(const QString &path, const Schema &schema, const QDate &today,
                                   const Fill &fill);
    /// Ends what a crash left half done; whether there was something.
    static Expected<bool> finishMending(const QString &path, const QDate &today);
    /// Whether the file is gone although there was one: SQLite would begin an empty one.
    static bool isLost(const QString &path, const Schema &schema);
    /// Whether the last one that wrote the file did not close it.
    static bool endedUncleanly(const QString &path);
    /// Whether its WAL has commits that SQLite would pass over without a word.
    static bool hasLostCommits(const QString &path);

    explicit Salvage(Database &fresh);

    /// The fresh file's tables, those that others refer to first.
    Expected<QStringList> tables();
    /// Every row of the table that `from` gives, from both ends. Whether it gave all, all proven.
    bool copyTable(Database &from, const QString &table, const Proof &proof);
    /// Adds a row unless the table has one of that key; whether it did.
    bool take(const QString &table, const Row &row);
    Expected<qint64> count(const QString &table);
    Database &fresh() { return m_fresh; }
    /// Why something that was proven could not be written, should that be so.
    const std::optional<Error> &trouble() const { return m_trouble; }

    Salvaged report;

private:
    enum class From { Start, End };

    QStringList columnsOf(Database &database, const QString &table) const;
    bool scan(Database &from, const QString &table, const QStringList &columns, From end,
              const Proof &proof);

    Database &m_fresh;
    std::optional<Error> m_trouble;
};

} // namespace simmer::storage
