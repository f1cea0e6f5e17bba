// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <optional>

namespace simmer {

/// The largest photo, bytes: a phone's camera at full size, and no film.
inline constexpr qint64 MostBlobBytes = 8 * 1024 * 1024;
/// How photos are cut for the way and for the disk: all parts are this long but the last. As text
/// a part fits into one frame of 64 KiB.
inline constexpr qint64 BlobPartBytes = 32 * 1024;

/// The name of some bytes that are kept apart from ops, a photo's: their SHA-256.
class BlobHash
{
public:
    static constexpr qsizetype Bytes = 32;

    BlobHash() = default; ///< null

    static BlobHash of(const QByteArray &bytes);
    /// From exactly 32 bytes; anything else gives the null hash.
    static BlobHash fromBytes(const QByteArray &bytes);
    /// From exactly 64 lower-case hexadecimal digits.
    static std::optional<BlobHash> fromHex(const QString &text);

    const QByteArray &toBytes() const { return m_bytes; }
    QString toHex() const { return QString::fromLatin1(m_bytes.toHex()); }
    bool isNull() const { return m_bytes.isEmpty(); }

    bool operator==(const BlobHash &) const = default;
    friend size_t qHash(const BlobHash &hash, size_t seed = 0) { return qHash(hash.m_bytes, seed); }

private:
    QByteArray m_bytes;
};

/// Some of a blob: `bytes` from `at` on, of `size` in all.
struct BlobPiece {
    BlobHash hash;
    qint64 size = 0;
    qint64 at = 0;
    QByteArray bytes;

    bool operator==(const BlobPiece &) const = default;
};

/// Whether a piece has the place and length that it must have.
bool isBlobPiece(const BlobPiece &piece);

} // namespace simmer

Q_DECLARE_METATYPE(simmer::BlobHash)
Q_DECLARE_METATYPE(simmer::BlobPiece)
