// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QByteArray>
#include <QMetaType>

#include <array>
#include <optional>

namespace simmer::identity {

namespace bytes32 {
using Raw = std::array<unsigned char, 32>;
/// Takes the same time wherever they differ.
bool same(const Raw &left, const Raw &right);
std::optional<Raw> fromText(QStringView text);
QString toText(const Raw &raw);
Raw random();
} // namespace bytes32

/// 32 bytes that cannot be mistaken for 32 bytes of another kind. Compared in constant time.
template<class Kind>
class Bytes32
{
public:
    /// All zero.
    Bytes32() = default;

    /// From exactly 32 bytes.
    static std::optional<Bytes32> fromBytes(const QByteArray &bytes)
    {
        if (bytes.size() != 32)
            return std::nullopt;
        Bytes32 made;
        std::copy(bytes.cbegin(), bytes.cend(), made.m_raw.begin());
        return made;
    }
    /// From 64 hexadecimal digits, however they are spaced or cased; colons are spaces too.
    static std::optional<Bytes32> fromText(QStringView text)
    {
        const auto raw = bytes32::fromText(text);
        return raw ? std::optional(Bytes32(*raw)) : std::nullopt;
    }
    /// From the system's generator.
    static Bytes32 random() { return Bytes32(bytes32::random()); }

    QByteArray toBytes() const
    {
        return QByteArray(reinterpret_cast<const char *>(m_raw.data()), qsizetype(m_raw.size()));
    }
    /// For people to compare: 16 groups of four digits.
    QString toText() const { return bytes32::toText(m_raw); }

    bool operator==(const Bytes32 &other) const { return bytes32::same(m_raw, other.m_raw); }

private:
    explicit Bytes32(const bytes32::Raw &raw)
        : m_raw(raw)
    {
    }

    bytes32::Raw m_raw{};
};

/// Names a key: SHA-256 of its SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
using Fingerprint = Bytes32<struct FingerprintKind>;

/// The id of a device that joins with this key: its fingerprint's first 16 bytes.
DeviceId deviceIdOf(const Fingerprint &key);

} // namespace simmer::identity

Q_DECLARE_METATYPE(simmer::identity::Fingerprint)
