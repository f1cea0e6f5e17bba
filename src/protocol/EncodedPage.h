// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QByteArray>
#include <QList>

namespace simmer::protocol {

/// One line of the log in its sent form, made from the op's canonical bytes: the same text as
/// encode(Entry) gives, without reading the op first.
QByteArray encodeEntry(qint64 seq, qint64 kt, const QByteArray &chain, const QByteArray &op);

/// The page message around such lines: the same text as encode(Page) gives.
QByteArray encodePage(const QList<QByteArray> &entries);

/// The same text as encode(Acked) gives.
QByteArray encodeAcked(const QList<OpId> &ops);

/// The same for a line and a page of a snapshot, which have no links.
QByteArray encodeKept(qint64 seq, qint64 kt, const QByteArray &op);
QByteArray encodeSnapshotPage(const QList<QByteArray> &entries);

} // namespace simmer::protocol
