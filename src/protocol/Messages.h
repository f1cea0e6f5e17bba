// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "base/Ids.h"
#include "base/Mood.h"
#include "base/Role.h"
#include "timers/KitchenClock.h"
#include "timers/LogEntry.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

/// What a device and its kitchen's server say to each other, one JSON object a message.
/// The text form, with an example of each: docs/protocol.md.
namespace simmer::protocol {

/// A side accepts its own version ± 1.
/// 2026-11-21, 1: the first version.
/// 2026-11-21, 2: snapshots, since the server folds ended timers into history.
/// 2026-11-21, 3: pairing is proven by both sides and no code travels; devices known by their keys;
/// roles; the kitchen's pulse, for devices that watch it and whenever nobody answers a ring.
inline constexpr int ProofVersion = 3;
inline constexpr int PulseVersion = 3;
inline constexpr int ProtocolVersion = 3;
bool speaks(int version);

using Cursor = timers::Cursor;
using Entry = timers::LogEntry;

struct Device {
    DeviceId id;
    QString name;
    bool online = false;

    bool operator==(const Device &) const = default;
};

// ---- from the device

/// First message of a device that joins by a one-time code. A Challenge follows.
struct Pair {
    int version = ProtocolVersion;
    DeviceId device;
    QString name;
    QByteArray nonce; ///< 32 random bytes

    bool operator==(const Pair &) const = default;
};
/// That it knows the code, and saw the same keys (identity/PairingProof.h).
struct Prove {
    QByteArray proof; ///< 32 bytes

    bool operator==(const Prove &) const = default;
};
/// First message of a device that belongs to the kitchen.
struct Hello {
    int version = ProtocolVersion;
    DeviceId device;
    QByteArray token; ///< 32 bytes, as given at pairing; empty for a device known by its key
    Cursor cursor;
    std::optional<timers::ClockClaim> clock = {}; ///< for a server that is unsure of the time

    bool operator==(const Hello &) const = default;
};
struct Push {
    QList<timers::Op> ops;

    bool operator==(const Push &) const = default;
};
/// Asks for the server's time; `sent` comes back untouched.
struct Ping {
    qint64 sent = 0;

    bool operator==(const Ping &) const = default;
};

/// This device has that photo, whole.
struct BlobOffer {
    BlobHash hash;
    qint64 size = 0;

    bool operator==(const BlobOffer &) const = default;
};
/// Some of a photo, on its way to the server.
struct BlobPut {
    BlobPiece piece;

    bool operator==(const BlobPut &) const = default;
};
/// Asks for the piece of a photo that begins at `from`.
struct BlobAsk {
    BlobHash hash;
    qint64 from = 0;

    bool operator==(const BlobAsk &) const = default;
};

/// This device wants to hear the kitchen's pulse from now on, or not any more.
struct Watch {
    bool on = false;

    bool operator==(const Watch &) const = default;
};

// ---- from the server

/// How the server wants the code proven.
struct Challenge {
    QByteArray nonce; ///< 32 random bytes
    /// The proof is over both keys; else they stay zero: the server sees no TLS, since there is
    /// none or a proxy ends it.
    bool isBound = false;

    bool operator==(const Challenge &) const = default;
};
/// The device belongs to the kitchen.
struct Paired {
    KitchenId kitchen;
    QString kitchenName;
    Role role = Role::Cook;
    QByteArray proof; ///< that the server knows the code too
    QByteArray token; ///< 32 bytes; empty when the device is known by its key

    bool operator==(const Paired &) const = default;
};
/// The device is in. When `restart` is set its cursor is not of this log (another epoch, or a
/// chain that differs): it takes the log from seq 1 and pushes again what the log lacks. With
/// `snapshot` a part of what the cursor lacks is history: so many entries come in SnapshotPages,
/// then a Base, and pages only after that.
struct Welcome {
    int version = ProtocolVersion;
    KitchenId kitchen;
    QString kitchenName;
    EpochId epoch;
    qint64 head = 0; ///< newest seq
    bool restart = false;
    std::optional<qint64> snapshot = {};
    std::optional<Role> role = {}; ///< since version 3

    bool operator==(const Welcome &) const = default;
};
/// Consecutive entries of the log; also how a device sees its own ops arrive.
struct Page {
    QList<Entry> entries;

    bool operator==(const Page &) const = default;
};
/// What is left of the log up to the base, in the order of seq; without links, since those between
/// are gone.
struct SnapshotPage {
    QList<timers::StampedOp> entries;

    bool operator==(const SnapshotPage &) const = default;
};
/// The snapshot is complete; the log goes on from here, verified by its chain as ever.
struct Base {
    Cursor cursor;

    bool operator==(const Base &) const = default;
};
/// These ops were folded into history long ago: they are done with.
struct Settled {
    QList<OpId> ops;

    bool operator==(const Settled &) const = default;
};
/// These ops are on the server's disk, here or already before.
struct Acked {
    QList<OpId> ops;

    bool operator==(const Acked &) const = default;
};
/// This op will never be taken; it goes to the "couldn't apply" list.
struct OpRefused {
    OpId op;
    QString why;

    bool operator==(const OpRefused &) const = default;
};
struct Pong {
    qint64 sent = 0;
    qint64 received = 0; ///< kitchen time, ms
    qint64 answered = 0;
    qint64 seq = 0; ///< the newest that went out on this connection before

    bool operator==(const Pong &) const = default;
};
struct Devices {
    QList<Device> devices;

    bool operator==(const Devices &) const = default;
};
enum class ByeReason {
    BadMessage,
    BadVersion,
    BadCode,
    UnknownDevice,
    TooMany,
    TooSlow,
    Closing,
    Replaced
};
/// The server's last word before it closes.
struct Bye {
    ByeReason reason = ByeReason::Closing;
    QString why;

    bool operator==(const Bye &) const = default;
};

/// The server wants this photo from that byte on: what came before is on its disk. To whoever
/// offers or sends, and to all when one asks for a photo that the server lacks.
struct BlobWanted {
    BlobHash hash;
    qint64 from = 0;

    bool operator==(const BlobWanted &) const = default;
};
/// The server has this photo, whole and on its disk.
struct BlobKept {
    BlobHash hash;

    bool operator==(const BlobKept &) const = default;
};
/// The piece that was asked for.
struct BlobPart {
    BlobPiece piece;

    bool operator==(const BlobPart &) const = default;
};
/// The server will not have this photo.
struct BlobRefused {
    BlobHash hash;
    QString why;

    bool operator==(const BlobRefused &) const = default;
};

/// How lively the kitchen is: to devices that watch, when it changes and every 2 s; to all when it
/// begins or ceases to be unattended.
struct Pulse {
    qint64 score = 0; ///< hundredths
    Mood mood = Mood::Quiet;

    bool operator==(const Pulse &) const = default;
};

using FromDevice = std::variant<Pair, Hello, Push, Ping, BlobOffer, BlobPut, BlobAsk, Prove, Watch>;
using FromServer =
    std::variant<Paired, Welcome, Page, Acked, OpRefused, Pong, Devices, Bye, BlobWanted, BlobKept,
                 BlobPart, BlobRefused, SnapshotPage, Base, Settled, Challenge, Pulse>;

} // namespace simmer::protocol
