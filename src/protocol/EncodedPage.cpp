// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/EncodedPage.h"

namespace simmer::protocol {

QByteArray encodeEntry(qint64 seq, qint64 kt, const QByteArray &chain, const QByteArray &op)
{
    QByteArray text;
    text.reserve(op.size() + 2 * chain.size() + 80);
    text += "{\"chain\":\"";
    text += chain.toHex();
    text += "\",\"kt\":";
    text += QByteArray::number(kt);
    text += ",\"op\":";
    text += op;
    text += ",\"seq\":";
    text += QByteArray::number(seq);
    text += '}';
    return text;
}

QByteArray encodePage(const QList<QByteArray> &entries)
{
    QByteArray text = "{\"entries\":[";
    text += entries.join(',');
    text += "],\"type\":\"page\"}";
    return text;
}

} // namespace simmer::protocol
