// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "storage/device/DeviceStore.h"
#include "storage/photos/BlobShelf.h"
#include "timers/LogEntry.h"

#include <QObject>

#include <functional>
#include <memory>

namespace simmer::storage {

/// What the disk held at the start.
struct LoadedLog {
    DeviceId device;
    QList<timers::StampedOp> ops;
    timers::Cursor cursor;
    std::optional<Membership> membership;
    qint64 offsetMs = 0; ///< kitchen time − boot time, as last known in this boot
    bool met = false;    ///< whether the server's clock told that offset, in this boot
    qint64 waiting = 0;
    QList<timers::Ring> rings;
    qint64 metAtMs = 0;    ///< time since boot when that offset was measured
    QString cook = {};     ///< who presses here
    bool readOnly = false; ///< written by a newer Simmer: no press is kept, nothing is sent
};

/// An op to be made: what its maker knows. Device, cook, boot and counter are added by the log.
struct Draft {
    OpId id;
    QUuid subject;
    timers::Action action;
    std::optional<qint64> at; ///< kitchen time; absent: boot time + the last known offset
    QList<OpId> seen;
    /// Kitchen time of the newest op that its maker had seen: it does not stand before that.
    std::optional<qint64> notBefore = {};
};

/// The storage thread: the one place that writes this device's log. Made anywhere, moved to a
/// thread of its own (base/OwnedThread.h); its commands may be called from any thread and return
/// at once, its signals come from the storage thread. open() is the first command, given when
/// everybody has connected.
class DeviceLog : public QObject
{
    Q_OBJECT

public:
    /// `clock` must outlive it. `cook` is who presses here, as shown.
    DeviceLog(const Clock &clock, const QString &directory, const QString &cook);
    ~DeviceLog() override;

    void open();
    /// What loaded() told, as it stands by now, for one who came later: told(), in its order among
    /// the other signals. Nothing before the log is open: then loaded() is to come.
    void tell(const QUuid &asker);
    /// Whose presses these are from now on.
    void setCook(const QString &cook);
    /// The photos that stand beside the log; in the same thread, opened with it.
    BlobShelf &blobs() { return *m_blobs; }
    /// Makes an op of the draft and commits it with fsync: appended() or appendFailed().
    void append(const Draft &draft);
    /// Verifies and takes entries of the server's log: merged() or mergeFailed().
    void merge(const QList<timers::LogEntry> &entries);
    /// Takes a snapshot: merged() and parted(), or mergeFailed() and nothing was taken.
    void takeSnapshot(const QList<timers::StampedOp> &kept, const timers::Cursor &base);
    /// The server says that these are history: parted().
    void settle(const QList<OpId> &ops);
    /// Starts over with another log: restarted(), or mergeFailed().
    void restart(const EpochId &epoch);
    /// Reads the oldest ops that wait: outboxRead().
    void readOutbox(qsizetype most);
    /// Counts the outbox, after all commands given before: waitingChanged(), which names the newest
    /// `question`. Questions are numbered upwards.
    void askWaiting(quint64 question = 0);
    void refuse(const OpId &op, const QString &why);
    void join(const Membership &membership);
    /// This folder was copied from another device's: it becomes a device of its own. renewed().
    void renew();
    /// The server's clock gave kitchen time − boot time: kept for this boot, so that a restart
    /// knows it at once. Ops that were stamped by the wall clock before the first contact in this
    /// boot are corrected, and so are ops in the outbox when kitchen time jumps: offsetKept().
    void keepOffset(qint64 offsetMs);
    /// These timers ended long ago: the next start does not read them. An op on one of them wakes
    /// it; merged() then brings all its ops.
    void rest(const QList<TimerId> &timers);
    /// Reads every op that there is: allRead().
    void readAll();
    /// Reads ops as DeviceStore::earlier() says: earlierRead().
    void readEarlier(const EarlierPlace &before, qint64 mostTimers);
    /// Reads what the server refused for good: refusedRead().
    void readRefused();
    /// The file was found to be damaged: saves what can be read and opens anew, as open() does.
    void mend();
    /// Writes a ring into the ledger: ringNoted(), also when the disk refuses.
    void noteRing(const timers::Ring &ring);
    /// It came too early, by a wrong clock, and will come again.
    void forgetRing(const OpId &key);

Q_SIGNALS:
    /// After open(), and again when the file had to be mended while it was open.
    void loaded(const simmer::storage::LoadedLog &log);
    void told(const QUuid &asker, const simmer::storage::LoadedLog &log);
    /// The file was damaged; what was saved is in use now. Before loaded().
    void salvaged(const simmer::storage::Salvaged &salvaged);
    void openFailed(const simmer::Error &error);
    void appended(const simmer::timers::StampedOp &op);
    void appendFailed(const simmer::OpId &op, const simmer::Error &error);
    /// Entries in server order, with `cursor` after them.
    void merged(const QList<simmer::timers::StampedOp> &ops, const simmer::timers::Cursor &cursor);
    void mergeFailed(const simmer::Error &error);
    /// These are part of no timer here any more: history, or refused.
    void parted(const QList<simmer::timers::StampedOp> &ops);
    void restarted(const simmer::timers::Cursor &cursor);
    void allRead(const QList<simmer::timers::StampedOp> &ops);
    void earlierRead(const simmer::storage::EarlierOps &earlier);
    void refusedRead(const QList<simmer::storage::RefusedOp> &ops);
    /// The server refused one more for good.
    void opRefused(const simmer::OpId &op, const QString &why);
    void outboxRead(const QList<simmer::timers::Op> &ops);
    /// How many ops wait for the server, after each change and each question up to `question`.
    void waitingChanged(qint64 waiting, quint64 question);
    /// Kitchen time is `offsetMs` after boot time; `moved` are the ops that this corrected.
    void offsetKept(qint64 offsetMs, const QList<simmer::timers::StampedOp> &moved);
    /// The ops could not be corrected: kitchen time stays what it was here.
    void offsetRefused(const simmer::Error &error);
    void ringNoted(const simmer::timers::Ring &ring);
    void renewed(const simmer::DeviceId &device);
    void joined(const simmer::storage::Membership &membership);
    void joinFailed(const simmer::Error &error);

private:
    void inThread(std::function<void(DeviceLog &)> work);
    void openHere();
    Outcome joinHere(const Membership &membership);
    void mendHere();
    void take(Expected<std::unique_ptr<DeviceStore>> opened);
    Expected<LoadedLog> readStart();
    Outcome writable() const;
    void notice(const Error &error);
    QDate today() const;
    Outcome readOffset();
    void keepOffsetHere(qint64 offsetMs);
    void noteOffset();
    Outcome wakeFor(const QList<timers::Op> &ops);
    void appendHere(const Draft &draft);
    void mergeHere(const QList<timers::LogEntry> &entries);
    void takeSnapshotHere(const QList<timers::StampedOp> &kept, const timers::Cursor &base);
    void partHere(const Expected<QList<timers::StampedOp>> &parted);
    Outcome keepCounter();
    void announceWaiting();

    const Clock &m_clock;
    QString m_directory;
    QString m_cook;                       ///< the thread's own
    BlobShelf *m_blobs;                   ///< a child: moves to the storage thread with the log
    std::unique_ptr<DeviceStore> m_store; ///< absent before open() and when it failed
    bool m_damaged = false;               ///< noticed, and mended next
    bool m_opened = false;                ///< once
    bool m_reopen = false;                ///< it could not be opened: the next press tries again
    qint64 m_offsetMs = 0;
    bool m_met = false;
    qint64 m_metAtMs = 0;
    quint64 m_question = 0; ///< the newest
    qint64 m_counter = 0;   ///< Lamport: the highest of all ops known
};

} // namespace simmer::storage

Q_DECLARE_METATYPE(simmer::storage::LoadedLog)
Q_DECLARE_METATYPE(simmer::timers::Cursor)
