// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QString>

#include <optional>

namespace simmer::protocol {

/// How kitchen servers are found in the house: DNS service discovery (RFC 6763).
inline const QString LanService = QStringLiteral("_simmer._tcp");

/// What a server says of itself to everybody in the house, and no more.
struct LanSign {
    static constexpr qsizetype FingerprintDigits = 8;

    int version = 0;        ///< of the protocol
    QByteArray fingerprint; ///< the first hexadecimal digits of its key's; to recognise, no proof

    bool operator==(const LanSign &) const = default;
};

/// Its TXT record.
QByteArrayList toTxt(const LanSign &sign);
/// The reverse; nothing for one that is no sign of ours. Unknown fields are passed over.
std::optional<LanSign> fromTxt(const QByteArrayList &txt);

} // namespace simmer::protocol
