// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/Admissions.h"

#include "base/OneTimeCode.h"
#include "storage/Database.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace simmer::storage {

namespace {

// Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U.
constexpr QLatin1String Alphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
constexpr int CodeLength = 16; // × 5 bits = 80 bits

QString newCode()
{
    QString code;
    for (int i = 0; i < CodeLength; ++i) {
        if (i > 0 && i % 4 == 0)
            code += QLatin1Char('-');
        code += Alphabet[qsizetype(QRandomGenerator::system()->generate() % 32)];
    }
    return code;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QByteArray newToken()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words);
}

Error refused(const QString &why)
{
    return {ErrorCode::Refused, why, {}};
}

} // namespace

Admissions::Admissions(Database &database, const AdmissionRules &rules)
    : m_database(database)
    , m_rules(rules)
{
}

Outcome Admissions::write(const QString &sql, const QVariantList &values)
{
    const Expected<QSqlQuery> ran = m_database.run(sql, values);
    return ran ? done() : Outcome(ran.error());
}

Expected<QString> Admissions::invite(const KitchenId &kitchen, qint64 now)
{
    const QString code = newCode();
    const Outcome kept =
        write(QStringLiteral("INSERT INTO invites (code, kitchen, expires) VALUES (?, ?, ?)"),
              {hashOfCode(code), kitchen.toBytes(), now + m_rules.lifetimeMs});
    return kept ? Expected<QString>(code) : kept.error();
}

/// Whose code it is; the code is used up by this.
Expected<KitchenId> Admissions::takeInvite(const QByteArray &hash, qint64 now)
{
    const Outcome swept = write(QStringLiteral("DELETE FROM invites WHERE expires <= ?"), {now});
    if (!swept)
        return swept.error();
    Expected<QSqlQuery> rows = m_database.run(
        QStringLiteral("DELETE FROM invites WHERE code = ? RETURNING kitchen"), {hash});
    if (!rows)
        return rows.error();
    return rows->next() ? KitchenId::fromBytes(rows->value(0).toByteArray()) : KitchenId();
}

Outcome Admissions::countWrongCode()
{
    if (const Outcome counted = write(QStringLiteral("UPDATE invites SET wrong = wrong + 1"), {});
        !counted)
        return counted;
    return write(QStringLiteral("DELETE FROM invites WHERE wrong >= ?"), {m_rules.tries});
}

Outcome Admissions::admit(const Member &device, const Admission &admission, qint64 now)
{
    const Expected<QList<Member>> present = devices(admission.kitchen);
    if (!present)
        return present.error();
    const auto others = std::count_if(present->begin(), present->end(),
                                      [&](const Member &m) { return m.id != device.id; });
    if (others >= m_rules.mostDevices)
        return Error{ErrorCode::TooLarge, QStringLiteral("this kitchen has too many devices"), {}};
    // A device that lost its token joins again under its old id.
    return write(QStringLiteral("INSERT INTO devices (id, kitchen, name, token, joined)"
                                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                                " kitchen = excluded.kitchen, name = excluded.name,"
                                " token = excluded.token"),
                 {device.id.toBytes(), admission.kitchen.toBytes(), device.name,
                  sha256(admission.token), now});
}

Expected<Admission> Admissions::redeem(const QString &code, const Member &device, qint64 now)
{
    Admission admission{{}, newToken()};
    const Outcome redeemed = m_database.transact([&]() -> Outcome {
        const Expected<KitchenId> kitchen = takeInvite(hashOfCode(code), now);
        if (!kitchen)
            return kitchen.error();
        admission.kitchen = *kitchen;
        // The count of a wrong code is committed: a refusal by error would roll it back.
        return kitchen->isNull() ? countWrongCode() : admit(device, admission, now);
    });
    if (!redeemed)
        return redeemed.error();
    if (admission.kitchen.isNull())
        return refused(QStringLiteral("this code is wrong, used or too old; ask for a new one"));
    return admission;
}

Expected<KitchenId> Admissions::check(const DeviceId &device, const QByteArray &token) const
{
    Expected<QSqlQuery> rows =
        m_database.run(QStringLiteral("SELECT kitchen FROM devices WHERE id = ? AND token = ?"),
                       {device.toBytes(), sha256(token)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return refused(QStringLiteral("this device does not belong to this kitchen; pair it"));
    return KitchenId::fromBytes(rows->value(0).toByteArray());
}

Expected<QList<Member>> Admissions::devices(const KitchenId &kitchen) const
{
    Expected<QSqlQuery> rows = m_database.run(
        QStringLiteral("SELECT id, name FROM devices WHERE kitchen = ? ORDER BY joined, id"),
        {kitchen.toBytes()});
    if (!rows)
        return rows.error();
    QList<Member> members;
    while (rows->next())
        members += {DeviceId::fromBytes(rows->value(0).toByteArray()), rows->value(1).toString()};
    const Outcome whole = Database::finished(*rows);
    return whole ? Expected(members) : whole.error();
}

} // namespace simmer::storage
