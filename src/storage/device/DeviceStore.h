// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "storage/safety/Salvaged.h"
#include "timers/LogEntry.h"
#include "timers/Timer.h"

#include <QDate>
#include <QMetaType>
#include <QSet>
#include <QUrl>

#include <limits>
#include <memory>
#include <optional>

namespace simmer::storage {

class Database;
struct Schema;

/// The kitchen that this device joined, and how it proves who it is.
struct Membership {
    QUrl server;
    KitchenId kitchen;
    QString kitchenName;
    QByteArray token;          ///< empty for a device known by its key
    QByteArray identity = {};  ///< that key and its certificate, as PEM text; made for this kitchen
    QByteArray serverKey = {}; ///< SHA-256 of the server's public key, when it is known by that
    bool isByName = false;     ///< the server is known by its name, which an authority vouches for

    bool operator==(const Membership &) const = default;
};

/// What a snapshot brought: ops that were not here or had rested, and those that are history now.
struct TakenSnapshot {
    QList<timers::StampedOp> ops;
    QList<timers::StampedOp> parted;
};

/// Where to read on among the timers of earlier days, the newest first.
struct EarlierPlace {
    qint64 kt = std::numeric_limits<qint64>::max(); ///< of the last op of the timer read last
    QString subject;                                ///< that timer
};

struct EarlierOps {
    QList<timers::StampedOp> ops;
    std::optional<EarlierPlace> next; ///< absent: there are no more
};

/// An op that the server will never take.
struct RefusedOp {
    timers::Op op;
    QString why;

    bool operator==(const RefusedOp &) const = default;
};

/// The log of one device in one SQLite file: its own ops in the outbox, everybody's in server
/// order. Every change is on the disk (fsync) when its function returns. Belongs to one thread.
class DeviceStore
{
public:
    /// Opens or makes DIR/device.db; a new device gets its id here. A damaged file, or one that
    /// is gone although there are backups, is mended first: salvaged() tells. After an unclean
    /// end a file of up to ProvenBytes is proven whole. One of a newer Simmer is only read. Errors:
    /// see Database::open.
    static Expected<std::unique_ptr<DeviceStore>> open(const QString &directory,
                                                       const QDate &today = QDate::currentDate());
    /// The same for one that turned out to be damaged, which nobody has open.
    static Expected<std::unique_ptr<DeviceStore>> mend(const QString &directory,
                                                       const QDate &today);
    ~DeviceStore();
    Q_DISABLE_COPY_MOVE(DeviceStore)

    /// Proving takes 1 s for 45 MB here.
    static constexpr qint64 ProvenBytes = 16LL * 1024 * 1024;

    /// Of device.db.
    static Schema schema();
    static QString fileIn(const QString &directory);
    const std::optional<Salvaged> &salvaged() const { return m_salvaged; }
    /// Written by a newer Simmer: every change fails with StoreNewer.
    bool isReadOnly() const { return m_readOnly; }

    const DeviceId &device() const { return m_device; }
    const timers::Cursor &cursor() const { return m_cursor; }

    /// All ops that count, in no particular order.
    Expected<QList<timers::StampedOp>> all();
    /// Those that count no more: in the kitchen's history, or refused.
    Expected<QList<timers::StampedOp>> apart();
    /// Those that are wanted at the start: all but what rests.
    Expected<QList<timers::StampedOp>> awake();
    /// All ops of timers that rest or are in the kitchen's history, as far as this device ever had
    /// them: of so many that were touched last before that place.
    Expected<EarlierOps> earlier(const EarlierPlace &before, qint64 mostTimers);
    /// Lets the ops of these timers rest: they ended long ago.
    Outcome rest(const QList<QUuid> &subjects);
    /// Wakes the subjects of these ops; returns what of them had rested.
    Expected<QList<timers::StampedOp>> wake(const QList<timers::Op> &ops);
    /// Wakes everything; returns what had rested.
    Expected<QList<timers::StampedOp>> wakeAll();
    /// Puts an op into the outbox; one that is there already stays as it is.
    Outcome append(const timers::Op &op);
    /// The oldest ops that wait for the server, refused ones left out.
    Expected<QList<timers::Op>> outbox(qsizetype most);
    Expected<qint64> waiting();

    /// Takes entries that follow the cursor; those at or before it are skipped. Returns what was
    /// new. Errors: BadChain when one does not follow or its link is wrong; then nothing is taken.
    Expected<QList<timers::StampedOp>> merge(const QList<timers::LogEntry> &entries);
    /// Another log than the one known: every op goes back to the outbox, the cursor to the start.
    Outcome restart(const EpochId &epoch);
    /// Takes what is left of the log up to `base` and goes on from there. What stood in the log
    /// here and is not in it any more is history when it is about a timer, and else goes back to
    /// the outbox: only timers are ever folded. Errors: BadChain when it is of another log or holds
    /// another op than was verified; then nothing is taken.
    Expected<TakenSnapshot> takeSnapshot(const QList<timers::StampedOp> &kept,
                                         const timers::Cursor &base);
    /// These are in the kitchen's history: those about timers count no more and are not sent again.
    /// Returns what counted until now.
    Expected<QList<timers::StampedOp>> part(const QList<OpId> &ops);
    /// The server will never take it: it leaves the outbox for a list. Returns it when it is about
    /// a timer, of which it is no part any more.
    Expected<QList<timers::StampedOp>> refuse(const OpId &op, const QString &why);
    /// The list of those, oldest first.
    Expected<QList<RefusedOp>> refused();

    /// Moves the ops that were made in `boot` and still wait to where `offsetMs`, the boot's true
    /// distance to kitchen time, puts them; and keeps that distance. Returns the moved ops.
    Expected<QList<timers::StampedOp>> correct(const BootId &boot, qint64 offsetMs);

    /// The ledger of the rings that this device made.
    Expected<QList<timers::Ring>> rings();
    /// Writes a ring, once for each key: whether it is new.
    Expected<bool> noteRing(const timers::Ring &ring);
    Outcome forgetRing(const OpId &key);

    std::optional<Membership> membership() const { return m_membership; }
    Outcome join(const Membership &membership);
    /// Draws a new id: this folder was copied from another device's.
    Outcome renew();

    /// A small named value of this device; absent when never set.
    Expected<std::optional<QByteArray>> fact(const QString &name);
    Outcome setFact(const QString &name, const QByteArray &value);

private:
    explicit DeviceStore(std::unique_ptr<Database> database);

    static Expected<std::unique_ptr<DeviceStore>> openSound(const QString &path);
    static Expected<std::unique_ptr<DeviceStore>> openNewer(const QString &path);
    Outcome load();
    Outcome prove();
    Expected<QList<timers::StampedOp>> read(const QString &where, const QVariantList &values = {});
    Outcome loadMembership();
    Outcome write(const timers::StampedOp &stamped, const QByteArray &body);
    Outcome leave(const timers::StampedOp &stamped);
    Outcome wake(const QString &subject, QSet<QString> &woken);
    Outcome checkSnapshot(const QList<timers::StampedOp> &kept, const timers::Cursor &base) const;
    Outcome keepCursor(const QString &name, const timers::Cursor &cursor);
    Outcome beginAt(const timers::Cursor &base);

    std::unique_ptr<Database> m_database;
    DeviceId m_device;
    timers::Cursor m_cursor;
    std::optional<Membership> m_membership;
    std::optional<Salvaged> m_salvaged;
    bool m_readOnly = false;
};

} // namespace simmer::storage

Q_DECLARE_METATYPE(simmer::storage::Membership)
Q_DECLARE_METATYPE(simmer::storage::RefusedOp)
