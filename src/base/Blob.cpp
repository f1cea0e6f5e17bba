// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Blob.h"

#include "base/Sha256.h"

#include <algorithm>

namespace simmer {

BlobHash BlobHash::of(const QByteArray &bytes)
{
    return fromBytes(sha256({bytes}));
}

BlobHash BlobHash::fromBytes(const QByteArray &bytes)
{
    BlobHash hash;
    if (bytes.size() == Bytes)
        hash.m_bytes = bytes;
    return hash;
}

std::optional<BlobHash> BlobHash::fromHex(const QString &text)
{
    const QByteArray written = text.toLatin1();
    const BlobHash hash = fromBytes(QByteArray::fromHex(written));
    return !hash.isNull() && hash.m_bytes.toHex() == written && text.size() == 2 * Bytes
               ? std::optional(hash)
               : std::nullopt;
}

bool isBlobPiece(const BlobPiece &piece)
{
    return piece.size > 0 && piece.size <= MostBlobBytes && piece.at >= 0 &&
           piece.at < piece.size && piece.at % BlobPartBytes == 0 &&
           piece.bytes.size() == std::min(BlobPartBytes, piece.size - piece.at);
}

} // namespace simmer
