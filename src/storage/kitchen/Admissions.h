// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"
#include "base/Role.h"
#include "storage/kitchen/Guesses.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace simmer::storage {

class Database;

/// How long a one-time code lives (ms), how many wrong ones a network may try in that time, and how
/// many devices a kitchen takes.
struct AdmissionRules {
    qint64 lifetimeMs = 0;
    int tries = 0;
    qsizetype mostDevices = 0;
};

/// A device that joined a kitchen. Times are wall clock, ms.
struct Member {
    DeviceId id;
    QString name;
    Role role = Role::Owner;
    QByteArray key = {}; ///< SHA-256 of its public key; empty for one that has a token instead
    qint64 joined = 0;
    std::optional<qint64> seen = {}; ///< when it was last connected

    bool operator==(const Member &) const = default;
};

/// Where a device belongs, and what it may do there.
struct Admission {
    KitchenId kitchen;
    Role role = Role::Owner;
    DeviceId device;
    /// 32 random bytes by which a device without a key is known from now on; only their SHA-256 is
    /// kept. Empty otherwise.
    QByteArray token = {};
};

/// By what a device shows who it is: the SHA-256 of the key that its connection proved, or a token.
struct Credentials {
    QByteArray key;
    QByteArray token;
};

/// Who may in: one-time codes and devices' keys and tokens, of which only hashes are kept. Times
/// are wall clock, ms. Belongs to the thread of its database. Errors beside those named: DiskFull,
/// StoreBusy, StoreBroken.
class Admissions
{
public:
    /// Whether the other side knows the code of which this is the hash.
    using Knows = std::function<bool(const QByteArray &codeHash)>;

    /// `database` must outlive it.
    Admissions(Database &database, const AdmissionRules &rules);

    /// A new one-time code of 80 random bits, in four groups of four.
    Expected<QString> invite(const KitchenId &kitchen, Role role, qint64 now);

    /// Lets a program in, which is known by its token alone; that is told only now. TooLarge: too
    /// many devices.
    Expected<Admission> issue(const KitchenId &kitchen, const QString &name, Role role, qint64 now);

    /// Lets a device in for a code, which is used up by that; its role comes from the code. With a
    /// key it is known by that, else by a new token. `network`: from where the try comes, as bytes;
    /// empty when that cannot be told. Refused: a wrong or old code, which counts against the
    /// network, one that was right until it was used, which does not, any code from a network of
    /// too many wrong ones, a device or key of another kitchen, and one that would lose rights by
    /// it. TooLarge: too many devices.
    Expected<Admission> redeem(const Knows &knows, const Member &device, qint64 now,
                               const QByteArray &network = {});

    /// Where this device belongs. Refused: unknown, or another's key or token.
    Expected<Admission> check(const DeviceId &device, const Credentials &credentials) const;
    /// Whose token it is. Refused: nobody's.
    Expected<Admission> check(const QByteArray &token) const;

    /// All devices of a kitchen in the order in which they joined.
    Expected<QList<Member>> devices(const KitchenId &kitchen) const;
    /// Puts a device out of its kitchen, which it gives. Errors: NotFound.
    Expected<KitchenId> revoke(const DeviceId &device);
    /// When devices were last connected.
    Outcome noteSeen(const QHash<DeviceId, qint64> &seen);

private:
    Expected<Admission> takeInvite(const Knows &knows, qint64 now);
    bool wasUsed(const Knows &knows, qint64 now);
    Outcome admit(const Member &device, const Admission &admission, qint64 now);
    Outcome write(const QString &sql, const QVariantList &values);

    Database &m_database;
    AdmissionRules m_rules;
    Guesses m_guesses;
    QHash<QByteArray, qint64> m_used; ///< codes' hashes, until they would have ended
};

} // namespace simmer::storage
