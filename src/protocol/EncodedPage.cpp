// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/EncodedPage.h"

namespace simmer::protocol {

namespace {

QByteArray line(QByteArray text, qint64 seq, qint64 kt, const QByteArray &op)
{
    text.reserve(text.size() + op.size() + 64);
    text += "\"kt\":";
    text += QByteArray::number(kt);
    text += ",\"op\":";
    text += op;
    text += ",\"seq\":";
    text += QByteArray::number(seq);
    text += '}';
    return text;
}

QByteArray wrapped(const QList<QByteArray> &entries, const QByteArray &type)
{
    QByteArray text = "{\"entries\":[";
    text += entries.join(',');
    text += "],\"type\":\"";
    text += type;
    text += "\"}";
    return text;
}

} // namespace

QByteArray encodeEntry(qint64 seq, qint64 kt, const QByteArray &chain, const QByteArray &op)
{
    return line("{\"chain\":\"" + chain.toHex() + "\",", seq, kt, op);
}

QByteArray encodePage(const QList<QByteArray> &entries)
{
    return wrapped(entries, "page");
}

QByteArray encodeAcked(const QList<OpId> &ops)
{
    QByteArray text = "{\"ops\":[";
    for (const OpId &op : ops)
        text += (text.endsWith('[') ? "\"" : ",\"") + op.toBytes().toHex() + '"';
    return text + "],\"type\":\"acked\"}";
}

QByteArray encodeKept(qint64 seq, qint64 kt, const QByteArray &op)
{
    return line("{", seq, kt, op);
}

QByteArray encodeSnapshotPage(const QList<QByteArray> &entries)
{
    return wrapped(entries, "snapshot");
}

} // namespace simmer::protocol
