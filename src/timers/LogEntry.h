// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QByteArray>

namespace simmer::timers {

/// How far a device has verified a log: chain is the link after seq, empty for seq 0.
struct Cursor {
    EpochId epoch;
    qint64 seq = 0;
    QByteArray chain;

    bool operator==(const Cursor &) const = default;
};

/// One line of a kitchen's log: an op where the server put it, and the link after it.
struct LogEntry {
    qint64 seq = 0;
    qint64 kt = 0;
    QByteArray chain;
    Op op;

    bool operator==(const LogEntry &) const = default;
};

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::LogEntry)
