// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace simmer::storage {

class Database;

/// How long a one-time code lives (ms), how many wrong codes void it, and how many devices a
/// kitchen takes.
struct AdmissionRules {
    qint64 lifetimeMs = 0;
    int tries = 0;
    qsizetype mostDevices = 0;
};

/// A device that joined a kitchen.
struct Member {
    DeviceId id;
    QString name;

    bool operator==(const Member &) const = default;
};

/// A redeemed code: the kitchen, and the secret by which the device is known from now on.
struct Admission {
    KitchenId kitchen;
    QByteArray token; ///< 32 random bytes; only their SHA-256 is kept
};

/// Who may in: one-time codes and device tokens, of which only hashes are kept. Times are wall
/// clock, ms. Belongs to the thread of its database. Errors beside those named: DiskFull,
/// StoreBusy, StoreBroken.
class Admissions
{
public:
    /// `database` must outlive it.
    Admissions(Database &database, const AdmissionRules &rules);

    /// A new one-time code of 80 random bits, in four groups of four.
    Expected<QString> invite(const KitchenId &kitchen, qint64 now);

    /// Lets a device in for a code, however that is spaced or cased. Refused: a wrong or old
    /// code, which counts against all that are open. TooLarge: too many devices.
    Expected<Admission> redeem(const QString &code, const Member &device, qint64 now);

    /// The kitchen that this device belongs to. Refused: unknown, or another's token.
    Expected<KitchenId> check(const DeviceId &device, const QByteArray &token) const;

    /// All devices of a kitchen in the order in which they joined.
    Expected<QList<Member>> devices(const KitchenId &kitchen) const;

private:
    Expected<KitchenId> takeInvite(const QByteArray &hash, qint64 now);
    Outcome countWrongCode();
    Outcome admit(const Member &device, const Admission &admission, qint64 now);
    Outcome write(const QString &sql, const QVariantList &values);

    Database &m_database;
    AdmissionRules m_rules;
};

} // namespace simmer::storage
