// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "timers/Op.h"

#include <QHash>

#include <optional>

namespace simmer::fakes {

/// A kitchen's log in memory: numbers what it takes, and tells a timer's ops.
class OpShelf
{
public:
    QList<timers::StampedOp> commit(QList<timers::StampedOp> ops)
    {
        for (timers::StampedOp &stamped : ops) {
            stamped.seq = m_log.size() + 1;
            m_log += stamped;
        }
        return ops;
    }
    timers::StampedOp commit(const timers::StampedOp &op)
    {
        return commit(QList<timers::StampedOp>{op}).constFirst();
    }

    Expected<QList<timers::StampedOp>> opsOf(const TimerId &timer)
    {
        ++asked;
        if (broken)
            return *broken;
        QList<timers::StampedOp> ops;
        for (const timers::StampedOp &stamped : m_log)
            if (timers::timerOf(stamped.op) == timer)
                ops += stamped;
        std::sort(ops.begin(), ops.end(), timers::before);
        return ops;
    }

    const QList<timers::StampedOp> &log() const { return m_log; }

    int asked = 0;
    std::optional<Error> broken; ///< what it answers while it is

private:
    QList<timers::StampedOp> m_log;
};

} // namespace simmer::fakes
