// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

namespace simmer::fakes {

/// Makes the ops of one device the short way.
class OpMaker
{
public:
    explicit OpMaker(QString cook = QStringLiteral("Ana"))
        : m_cook(std::move(cook))
    {
    }

    const DeviceId &device() const { return m_device; }

    timers::StampedOp make(const QUuid &subject, const timers::Action &action, qint64 kt,
                           const QList<OpId> &seen = {})
    {
        timers::Op op;
        op.id = OpId::random();
        op.device = m_device;
        op.cook = m_cook;
        op.subject = subject;
        op.action = action;
        op.at = kt;
        op.counter = ++m_counter;
        op.boot = m_boot;
        op.bootMs = kt;
        op.seen = seen;
        return {op, kt, 0};
    }
    timers::StampedOp make(const TimerId &timer, const timers::Action &action, qint64 kt,
                           const QList<OpId> &seen = {})
    {
        return make(timer.uuid(), action, kt, seen);
    }

private:
    QString m_cook;
    DeviceId m_device = DeviceId::random();
    BootId m_boot = BootId::random();
    qint64 m_counter = 0;
};

} // namespace simmer::fakes
