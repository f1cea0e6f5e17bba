// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"
#include "storage/kitchen/OpIndex.h"
#include "timers/Timer.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <utility>

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
    QByteArray body;                   ///< canonical
    std::optional<TimerId> timer = {}; ///< that it is about; what is about none is never folded
};

/// Where an op that came in stands: in the log, folded into history long ago, or nowhere, since it
/// is about a life of its timer that is history.
enum class Standing { InLog, InHistory, TooLate };

/// What became of an arrival: its line, and whether it was written just now.
struct Appended {
    LogEntry entry; ///< of what is in the log
    bool fresh = false;
    Standing standing = Standing::InLog;

    bool operator==(const Appended &) const = default;
};

/// A stretch of the log and where the log ended when it was read.
struct LogPage {
    QList<LogEntry> entries;
    qint64 head = 0;
};

/// One life of a timer, as people read it once its ops are gone. Kitchen time, ms.
struct EndedLife {
    TimerId timer;
    qint64 newest = 0; ///< of its ops; what stands before it comes too late
    QString name;
    std::optional<timers::Place> place;
    qint64 started = 0;
    QString startedBy;
    qint64 ended = 0;
    QString endedBy;
    timers::Phase how = timers::Phase::Done;

    bool operator==(const EndedLife &) const = default;
};

/// A kitchen's ops in server order, hash-chained; those of timers that ended long ago are folded
/// into history. Belongs to the thread of its database.
/// Errors of all functions: DiskFull, StoreBusy, StoreBroken.
class KitchenLog
{
public:
    /// `database` must outlive it.
    static Expected<KitchenLog> open(Database &database, const KitchenId &kitchen);

    /// What came in for one kitchen.
    struct Batch {
        KitchenLog *log = nullptr;
        QList<Arrival> arrivals;
    };
    /// Writes all arrivals in one durable transaction, or none. An op that the log already has
    /// gives its old line; one that would change what is history is not written. One result an
    /// arrival, in their order.
    Expected<QList<Appended>> append(const QList<Arrival> &arrivals);
    /// The same for several logs of one file at once; each may come once.
    static Expected<QList<QList<Appended>>> append(Database &database, const QList<Batch> &batches);

    /// Entries after `afterSeq`: at most `mostEntries`, and no more after `mostBytes` of bodies
    /// (though always one). From the base on they are consecutive.
    Expected<LogPage> page(qint64 afterSeq, qsizetype mostEntries, qsizetype mostBytes) const;

    /// How far a proof has come.
    struct Proven {
        qint64 seq = 0;
        QByteArray chain;
    };
    /// Whether every entry is there and linked to the one before (1.5 s for a million here).
    /// Errors: StoreDamaged.
    Outcome prove() const;
    /// The same for the next `most` entries; whether there are more. What was folded up to here
    /// meanwhile had been proven.
    Expected<bool> proveSome(Proven &proven, qsizetype most) const;

    /// Where its entries stand in the file.
    EntryKeys keys() const { return m_keys; }
    /// The newest seq; 0 for an empty log.
    qint64 head() const { return m_tip.seq; }
    /// The newest kitchen time in it, ms; nothing for an empty log.
    std::optional<qint64> newest() const { return m_tip.newest; }
    /// The newest seq that was folded: what is older has gaps.
    qint64 base() const { return m_base; }
    /// Counts what was folded since the log was opened: a reader in the middle of what is older
    /// than the base has to begin again when it moved.
    quint64 edition() const { return m_edition; }
    /// How many entries are left up to the base.
    Expected<qint64> countToBase() const;
    /// Whether the op was folded into history.
    Expected<bool> isHistory(const OpId &op) const;
    /// How many ops are in the log, and how many lives in the history.
    Expected<qint64> count() const;
    Expected<qint64> countLives() const;
    /// The link after `seq`, folded or not: empty for 0, NotFound for one that was never there.
    Expected<QByteArray> linkAt(qint64 seq) const;

    // For the compaction
    /// Timers of entries in (after, upTo], each with that entry's seq, in order.
    Expected<QList<std::pair<qint64, TimerId>>> timersBetween(qint64 after, qint64 upTo,
                                                              qsizetype most) const;
    /// All ops of a timer that are in the log, in the order of timers::before. Those in `fresh`,
    /// entries of it in the order of their seqs, are not read again.
    Expected<QList<timers::StampedOp>> opsOf(const TimerId &timer,
                                             const QList<timers::StampedOp> &fresh = {}) const;
    /// Replaces entries by lives. Inside a transaction of the database, after which reread() is
    /// called, however that went.
    Outcome fold(const QList<timers::StampedOp> &ops, const QList<EndedLife> &lives);
    Outcome reread();

private:
    /// The end of the log. newest: of the kitchen times of the entries that are left.
    struct Tip {
        qint64 seq = 0;
        QByteArray chain;
        std::optional<qint64> newest = {};
    };

    KitchenLog(Database &database, const KitchenId &kitchen, EntryKeys keys);
    Expected<qint64> number(const QString &sql, const QVariantList &values) const;
    Expected<Tip> readTip() const;
    Expected<std::optional<LogEntry>> find(const OpId &op) const;
    Expected<Standing> standingOf(const Arrival &arrival, qint64 kt) const;
    Expected<Appended> appendOne(const Arrival &arrival, Tip &tip);
    Expected<QList<Appended>> appendAll(const QList<Arrival> &arrivals, Tip &tip);
    static Outcome rereadUnsure(const QList<Batch> &batches);
    static Outcome followLog(const QList<Batch> &batches, const QList<Tip> &tips);
    Outcome write(const EndedLife &life) const;

    Database *m_database; ///< never null; a pointer so that the log can be moved
    QByteArray m_kitchen;
    EntryKeys m_keys;
    OpIndex m_index;
    Tip m_tip;
    bool m_isUnsure = false; ///< what is in memory may differ from the file
    qint64 m_base = 0;
    quint64 m_edition = 0;
};

} // namespace simmer::storage
