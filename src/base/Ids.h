// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QMetaType>
#include <QString>
#include <QUuid>

#include <compare>
#include <functional>
#include <optional>

namespace simmer {

namespace ids {
QUuid random();
/// Where this thread's random ids come from instead; for the simulation, which replays a seed.
void setSource(std::function<QUuid()> source);
QUuid derived(const QUuid &space, const QByteArray &name);
std::optional<QUuid> fromHex(QStringView text);
QString toHex(const QUuid &value);
} // namespace ids

/// A 128-bit id that cannot be mistaken for an id of another kind.
template<class Kind>
class Id
{
public:
    Id() = default;
    explicit Id(const QUuid &value)
        : m_value(value)
    {
    }

    /// 128 random bits from the system's generator.
    static Id random() { return Id(ids::random()); }
    /// UUIDv5 (RFC 4122, section 4.3): the same name in the same space gives the same id.
    static Id derived(const QUuid &space, const QByteArray &name)
    {
        return Id(ids::derived(space, name));
    }
    /// From exactly 32 hexadecimal digits.
    static std::optional<Id> fromHex(QStringView text)
    {
        const auto value = ids::fromHex(text);
        return value ? std::optional(Id(*value)) : std::nullopt;
    }
    /// From exactly 16 bytes; anything else gives the null id.
    static Id fromBytes(const QByteArray &bytes)
    {
        return bytes.size() == 16 ? Id(QUuid::fromRfc4122(bytes)) : Id();
    }

    QString toHex() const { return ids::toHex(m_value); }
    QByteArray toBytes() const { return m_value.toRfc4122(); }
    const QUuid &uuid() const { return m_value; }
    bool isNull() const { return m_value.isNull(); }

    bool operator==(const Id &) const = default;
    bool operator<(const Id &other) const { return m_value < other.m_value; }

    friend size_t qHash(const Id &id, size_t seed = 0) { return qHash(id.m_value, seed); }

private:
    QUuid m_value;
};

using OpId = Id<struct OpKind>;
using TimerId = Id<struct TimerKind>;
using RecipeId = Id<struct RecipeKind>;
using SessionId = Id<struct SessionKind>;
using DeviceId = Id<struct DeviceKind>;
using KitchenId = Id<struct KitchenKind>;
using BootId = Id<struct BootKind>;
using EpochId = Id<struct EpochKind>;

} // namespace simmer

Q_DECLARE_METATYPE(simmer::OpId)
Q_DECLARE_METATYPE(simmer::TimerId)
Q_DECLARE_METATYPE(simmer::RecipeId)
Q_DECLARE_METATYPE(simmer::DeviceId)
