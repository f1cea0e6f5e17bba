// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace simmer::storage {

class Database;

/// Keys of a kitchen's entries in the log: its number in this file, then the seq.
class EntryKeys
{
public:
    /// A kitchen writes 1000 ops a second for 34 years until these bits are used up.
    static constexpr int SeqBits = 40;

    explicit EntryKeys(qint64 number = 0)
        : m_number(number)
    {
    }
    qint64 number() const { return m_number; }
    qint64 of(qint64 seq) const { return m_number << SeqBits | seq; }
    /// Greater than all of this kitchen.
    qint64 end() const { return (m_number + 1) << SeqBits; }

private:
    qint64 m_number;
};

/// Finds a kitchen's ops by their ids and timers. Its tables follow the log in strides: an op that
/// comes in alone has to reach one place of the file, not three. What they do not know yet is in
/// memory. Belongs to the thread of its database. Errors: DiskFull, StoreBusy, StoreBroken.
class OpIndex
{
public:
    /// `database` must outlive it.
    OpIndex(Database &database, EntryKeys keys);

    /// Begins with what the file says: the tables know the log up to `indexed`.
    Outcome reread(qint64 indexed);
    Expected<std::optional<qint64>> seqOf(const OpId &op) const;
    /// Seqs of the ops about a timer, in no order.
    Expected<QList<qint64>> seqsOf(const TimerId &timer) const;

    /// An entry was written, about that timer if it is about one.
    void add(const OpId &op, const std::optional<TimerId> &timer, qint64 seq);
    /// How many entries the tables do not know.
    qsizetype lag() const { return m_fresh.size(); }
    /// Brings the tables up to `head`. Inside a transaction, as the next; reread() when that fails.
    Outcome follow(qint64 head);
    /// Entries that leave the log. reread() comes after it.
    Outcome remove(const OpId &op, const QString &timer, qint64 seq);

private:
    void clear();

    Database *m_database; ///< never null; a pointer so that the index can be moved
    EntryKeys m_keys;
    qint64 m_indexed = 0;
    // In the log, but not in the tables
    QHash<OpId, qint64> m_fresh;
    std::vector<std::pair<TimerId, qint64>> m_freshTimers; ///< few enough to look through
};

} // namespace simmer::storage
