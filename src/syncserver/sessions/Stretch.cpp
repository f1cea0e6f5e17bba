// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/Stretch.h"

#include "protocol/EncodedPage.h"
#include "protocol/Limits.h"

#include <algorithm>

namespace simmer::syncserver {

namespace limits = protocol::limits;

namespace {

template<class Line, class Wrap>
QList<Stretch> split(const QList<storage::LogEntry> &entries, Line lineOf, Wrap wrap)
{
    QList<Stretch> pages;
    for (qsizetype at = 0; at < entries.size();) {
        const qsizetype from = at;
        QList<QByteArray> lines;
        for (qsizetype bytes = 0; at < entries.size() && lines.size() < limits::EntriesPerPage;
             ++at) {
            const storage::LogEntry &entry = entries[at];
            QByteArray line = lineOf(entry);
            bytes += line.size();
            if (bytes > limits::PageBytes && !lines.isEmpty())
                break;
            lines += std::move(line);
        }
        pages += {entries[from].seq, entries[at - 1].seq,
                  std::make_shared<const QByteArray>(wrap(lines))};
    }
    return pages;
}

} // namespace

QList<Stretch> stretches(const QList<storage::LogEntry> &entries)
{
    return split(
        entries,
        [](const storage::LogEntry &entry) {
            return protocol::encodeEntry(entry.seq, entry.kt, entry.chain, entry.body);
        },
        protocol::encodePage);
}

QList<Stretch> snapshotStretches(const QList<storage::LogEntry> &entries)
{
    return split(
        entries,
        [](const storage::LogEntry &entry) {
            return protocol::encodeKept(entry.seq, entry.kt, entry.body);
        },
        protocol::encodeSnapshotPage);
}

} // namespace simmer::syncserver
