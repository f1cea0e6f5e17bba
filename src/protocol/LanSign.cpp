// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/LanSign.h"

#include <algorithm>

namespace simmer::protocol {

namespace {

constexpr qsizetype MostFields = 32;
constexpr int HighestVersion = 9999;

bool isHex(const QByteArray &digits)
{
    return std::all_of(digits.cbegin(), digits.cend(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// The value of a field; the first counts (RFC 6763, section 6.4).
QByteArray valueOf(const QByteArrayList &txt, const QByteArray &key)
{
    for (const QByteArray &field : txt)
        if (field.startsWith(key + '='))
            return field.mid(key.size() + 1);
    return {};
}

} // namespace

QByteArrayList toTxt(const LanSign &sign)
{
    return {"v=" + QByteArray::number(sign.version),
            "fp=" + sign.fingerprint.left(LanSign::FingerprintDigits)};
}

std::optional<LanSign> fromTxt(const QByteArrayList &txt)
{
    const QByteArrayList fields = txt.mid(0, MostFields);
    bool isNumber = false;
    const LanSign sign{valueOf(fields, "v").toInt(&isNumber), valueOf(fields, "fp")};
    if (!isNumber || sign.version < 1 || sign.version > HighestVersion)
        return std::nullopt;
    if (sign.fingerprint.size() != LanSign::FingerprintDigits || !isHex(sign.fingerprint))
        return std::nullopt;
    return sign;
}

} // namespace simmer::protocol
