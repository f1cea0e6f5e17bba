// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Bytes32.h"

#include <QRandomGenerator>

#include <openssl/crypto.h>

namespace simmer::identity {

namespace {

constexpr int GroupDigits = 4;

} // namespace

bool bytes32::same(const Raw &left, const Raw &right)
{
    return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::optional<bytes32::Raw> bytes32::fromText(QStringView text)
{
    QByteArray digits;
    for (const QChar c : text) {
        if (c.isSpace() || c == QLatin1Char(':'))
            continue;
        const char digit = c.toLatin1(); // 0 for what is not of Latin 1
        const bool isHex = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') ||
                           (digit >= 'A' && digit <= 'F');
        if (!isHex)
            return std::nullopt;
        digits += digit;
    }
    Raw raw{};
    if (digits.size() != 2 * qsizetype(raw.size()))
        return std::nullopt;
    const QByteArray bytes = QByteArray::fromHex(digits);
    std::copy(bytes.cbegin(), bytes.cend(), raw.begin());
    return raw;
}

QString bytes32::toText(const Raw &raw)
{
    const QByteArray digits =
        QByteArray(reinterpret_cast<const char *>(raw.data()), qsizetype(raw.size())).toHex();
    QString text;
    for (qsizetype i = 0; i < digits.size(); i += GroupDigits)
        text += (i > 0 ? QStringLiteral(" ") : QString()) +
                QString::fromLatin1(digits.mid(i, GroupDigits));
    return text;
}

bytes32::Raw bytes32::random()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    Raw raw{};
    std::copy_n(reinterpret_cast<const unsigned char *>(words.data()), raw.size(), raw.begin());
    return raw;
}

DeviceId deviceIdOf(const Fingerprint &key)
{
    return DeviceId::fromBytes(key.toBytes().left(16));
}

} // namespace simmer::identity
