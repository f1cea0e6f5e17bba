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
    , m_guesses(rules.tries, rules.lifetimeMs)
{
}

Outcome Admissions::write(const QString &sql, const QVariantList &values)
{
    const Expected<QSqlQuery> ran = m_database.run(sql, values);
    return ran ? done() : Outcome(ran.error());
}

Expected<QString> Admissions::invite(const KitchenId &kitchen, Role role, qint64 now)
{
    const QString code = newCode();
    const Outcome kept = write(
        QStringLiteral("INSERT INTO invites (code, kitchen, expires, role) VALUES (?, ?, ?, ?)"),
        {hashOfCode(code), kitchen.toBytes(), now + m_rules.lifetimeMs, int(role)});
    return kept ? Expected<QString>(code) : kept.error();
}

/// Where the code leads, which is used up by this; to no kitchen when none is known.
Expected<Admission> Admissions::takeInvite(const Knows &knows, qint64 now)
{
    const Outcome swept = write(QStringLiteral("DELETE FROM invites WHERE expires <= ?"), {now});
    if (!swept)
        return swept.error();
    Expected<QSqlQuery> rows =
        m_database.run(QStringLiteral("SELECT code, kitchen, role, expires FROM invites"));
    if (!rows)
        return rows.error();
    while (rows->next()) {
        const QByteArray hash = rows->value(0).toByteArray();
        if (!knows(hash))
            continue;
        const Admission admission{
            KitchenId::fromBytes(rows->value(1).toByteArray()), Role(rows->value(2).toInt()), {}};
        const qint64 expires = rows->value(3).toLongLong();
        rows->finish();
        if (const Outcome used =
                write(QStringLiteral("DELETE FROM invites WHERE code = ?"), {hash});
            !used)
            return used.error();
        m_used.insert(hash, expires);
        return admission;
    }
    return Admission();
}

/// Whoever knows a code that somebody else was quicker with guesses nothing.
bool Admissions::wasUsed(const Knows &knows, qint64 now)
{
    m_used.removeIf([now](auto code) { return code.value() <= now; });
    return std::any_of(m_used.keyBegin(), m_used.keyEnd(), knows);
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
    const QVariant none;
    // A device that lost its token or key joins again under its old id; who knows an id of another
    // kitchen, without its key, does not take it away from there. Ids are no secret in a kitchen: a
    // viewer's code does not put an owner's device in the place of a viewer's.
    Expected<QSqlQuery> rows = m_database.run(
        QStringLiteral("INSERT INTO devices (id, kitchen, name, role, key, token, joined)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                       " kitchen = excluded.kitchen, name = excluded.name, role = excluded.role,"
                       " key = excluded.key, token = excluded.token"
                       " WHERE key = excluded.key OR (kitchen = excluded.kitchen AND"
                       " role >= excluded.role) RETURNING id"),
        {device.id.toBytes(), admission.kitchen.toBytes(), device.name, int(admission.role),
         device.key.isEmpty() ? none : device.key,
         device.key.isEmpty() ? sha256(admission.token) : none, now});
    if (!rows)
        return rows.error();
    if (rows->next())
        return done();
    const bool isOurs = others < present->size();
    return refused(isOurs
                       ? QStringLiteral("this device may do more here than the code allows;"
                                        " an owner has to put it out first")
                       : QStringLiteral("this device belongs to another kitchen of this server"));
}

Expected<Admission> Admissions::redeem(const Knows &knows, const Member &device, qint64 now,
                                       const QByteArray &network)
{
    // The code is not even looked at: nobody learns whether it is right, and it is not used up.
    if (!m_guesses.mayTry(network, now))
        return refused(QStringLiteral("too many wrong codes came from this network;"
                                      " try again in five minutes"));
    Admission admission;
    const Outcome redeemed = m_database.transact([&]() -> Outcome {
        const Expected<Admission> invited = takeInvite(knows, now);
        if (!invited)
            return invited.error();
        admission = *invited;
        admission.device = device.id;
        if (device.key.isEmpty())
            admission.token = newToken();
        return admission.kitchen.isNull() ? done() : admit(device, admission, now);
    });
    if (!redeemed)
        return redeemed.error();
    if (!admission.kitchen.isNull())
        return admission;
    if (!wasUsed(knows, now))
        m_guesses.addWrong(network, now);
    return refused(QStringLiteral("this code is wrong, used or too old; ask for a new one"));
}

Expected<Admission> Admissions::issue(const KitchenId &kitchen, const QString &name, Role role,
                                      qint64 now)
{
    const Admission admission{kitchen, role, DeviceId::random(), newToken()};
    const Outcome let = m_database.transact([&]() -> Outcome {
        return admit({admission.device, name}, admission, now);
    });
    return let ? Expected(admission) : let.error();
}

Expected<Admission> Admissions::check(const DeviceId &device, const Credentials &credentials) const
{
    // One of the two is kept of each device, and an empty one is nobody's.
    Expected<Rows> rows =
        m_database.ask(QStringLiteral("SELECT kitchen, role FROM devices WHERE id = ?"
                                      " AND (key = ? OR token = ?)"),
                       {device.toBytes(), credentials.key, sha256(credentials.token)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return refused(QStringLiteral("this device does not belong to this kitchen; pair it"));
    return Admission{KitchenId::fromBytes(rows->value(0).toByteArray()),
                     Role(rows->value(1).toInt()), device};
}

Expected<Admission> Admissions::check(const QByteArray &token) const
{
    Expected<Rows> rows = m_database.ask(
        QStringLiteral("SELECT kitchen, role, id FROM devices WHERE token = ?"), {sha256(token)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return refused(QStringLiteral("this token is nobody's"));
    return Admission{KitchenId::fromBytes(rows->value(0).toByteArray()),
                     Role(rows->value(1).toInt()),
                     DeviceId::fromBytes(rows->value(2).toByteArray())};
}

Expected<QList<Member>> Admissions::devices(const KitchenId &kitchen) const
{
    Expected<Rows> rows = m_database.ask(
        QStringLiteral("SELECT id, name, role, key, joined, seen FROM devices WHERE kitchen = ?"
                       " ORDER BY joined, id"),
        {kitchen.toBytes()});
    if (!rows)
        return rows.error();
    QList<Member> members;
    while (rows->next())
        members +=
            {DeviceId::fromBytes(rows->value(0).toByteArray()),
             rows->value(1).toString(),
             Role(rows->value(2).toInt()),
             rows->value(3).toByteArray(),
             rows->value(4).toLongLong(),
             rows->value(5).isNull() ? std::nullopt : std::optional(rows->value(5).toLongLong())};
    const Outcome whole = rows->finished();
    return whole ? Expected(members) : whole.error();
}

Expected<KitchenId> Admissions::revoke(const DeviceId &device)
{
    Expected<QSqlQuery> rows = m_database.run(
        QStringLiteral("DELETE FROM devices WHERE id = ? RETURNING kitchen"), {device.toBytes()});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Error{ErrorCode::NotFound, QStringLiteral("there is no such device"), {}};
    return KitchenId::fromBytes(rows->value(0).toByteArray());
}

Outcome Admissions::noteSeen(const QHash<DeviceId, qint64> &seen)
{
    return m_database.transact([&]() -> Outcome {
        for (auto one = seen.cbegin(); one != seen.cend(); ++one)
            if (const auto ran =
                    m_database.ask(QStringLiteral("UPDATE devices SET seen = ? WHERE id = ?"),
                                   {one.value(), one.key().toBytes()});
                !ran)
                return ran.error();
        return done();
    });
}

} // namespace simmer::storage
