// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

#include <QByteArray>
#include <QList>

namespace simmer::storage {

class Database;

/// One line of a kitchen's log: body is the op's canonical bytes, chain the link after it.
struct LogEntry {
    qint64 seq = 0;
    qint64 kt = 0;
    QByteArray chain;
    QByteArray body;

    bool operator==(const LogEntry &) const = default;
};

/// An op that came in: its kitchen time becomes `at`, but never later than `notAfter`.
struct Arrival {
    OpId op;
    qint64 at = 0;
    qint64 notAfter = 0;
    QByteArray body; ///< canonical
};

/// What became of an arrival: its line, and whether it was written just now.
struct Appended {
    LogEntry entry;
    bool fresh = false;

    bool operator==(const Appended &) const = default;
};

/// A stretch of the log and where the log ended when it was read.
struct LogPage {
    QList<LogEntry> entries;
    qint64 head = 0;
};

/// A kitchen's ops in server order, hash-chained. Belongs to the thread of its database.
/// Errors of all functions: DiskFull, StoreBusy, StoreBroken.
class KitchenLog
{
public:
    /// `database` must outlive it.
    static Expected<KitchenLog> open(Database &database, const KitchenId &kitchen);

    /// Writes all arrivals in one durable transaction, or none. An op that the log already has
    /// gives its old line. One result an arrival, in their order.
    Expected<QList<Appended>> append(const QList<Arrival> &arrivals);

    /// Entries after `afterSeq`: at most `mostEntries`, and no more after `mostBytes` of bodies
    /// (though always one).
    Expected<LogPage> page(qint64 afterSeq, qsizetype mostEntries, qsizetype mostBytes) const;

    /// Whether every entry is there and linked to the one before (1.5 s for a million here).
    /// Errors: StoreDamaged.
    Outcome prove() const;

    /// The newest seq; 0 for an empty log.
    qint64 head() const { return m_tip.seq; }
    /// The link after `seq`: empty for 0, NotFound for one that the log does not have.
    Expected<QByteArray> linkAt(qint64 seq) const;

private:
    struct Tip {
        qint64 seq = 0;
        QByteArray chain;
    };

    KitchenLog(Database &database, const KitchenId &kitchen);
    Outcome readTip();
    Expected<std::optional<LogEntry>> find(const OpId &op) const;
    Expected<Appended> appendOne(const Arrival &arrival, Tip &tip) const;

    Database *m_database; ///< never null; a pointer so that the log can be moved
    QByteArray m_kitchen;
    Tip m_tip;
};

} // namespace simmer::storage
