// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <functional>
#include <random>
#include <set>
#include <vector>

namespace simmer::fakes {

/// Makes what three devices did to one subject, now with news of each other and now without; with
/// clocks that are wrong by a little, and hours that nobody touches anything.
class Histories
{
public:
    explicit Histories(quint32 seed)
        : m_dice(seed)
    {
    }

    int below(int bound) { return int(m_dice() % quint32(bound)); }

    /// `draw` gives one action after the other.
    QList<timers::StampedOp> make(const QUuid &subject, int length,
                                  const std::function<timers::Action()> &draw)
    {
        QList<timers::StampedOp> ops;
        std::vector<std::set<int>> known(Devices);
        qint64 now = 1'700'000'000'000;
        for (int i = 0; i < length; ++i) {
            now += below(12) == 0 ? 20 * 3'600'000 : below(3);
            const int device = below(Devices);
            if (below(3) > 0) { // it heard from another one
                const std::set<int> &told = known[size_t(below(Devices))];
                known[size_t(device)].insert(told.begin(), told.end());
            }
            ops += stamped(subject, draw(), ops, known[size_t(device)], device, now + below(5) - 2);
            known[size_t(device)].insert(i);
        }
        return ops;
    }

    /// As they reached one device, which may hear a thing twice.
    QList<timers::StampedOp> shuffled(QList<timers::StampedOp> ops)
    {
        std::shuffle(ops.begin(), ops.end(), m_dice);
        return ops;
    }

private:
    static constexpr int Devices = 3;

    timers::StampedOp stamped(const QUuid &subject, const timers::Action &action,
                              const QList<timers::StampedOp> &ops, const std::set<int> &known,
                              int device, qint64 kt)
    {
        timers::Op op;
        op.id = OpId(QUuid(uint(m_dice()), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        op.device = DeviceId(QUuid(uint(device) + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        op.cook = QStringLiteral("Cook %1").arg(device);
        op.subject = subject;
        op.action = action;
        op.at = kt;
        op.counter = known.empty() ? 1 : qint64(*known.rbegin()) + 2;
        std::set<OpId> covered;
        for (const int each : known)
            covered.insert(ops[each].op.seen.cbegin(), ops[each].op.seen.cend());
        for (const int each : known)
            if (covered.count(ops[each].op.id) == 0)
                op.seen += ops[each].op.id;
        return {op, kt, 0};
    }

    std::mt19937 m_dice;
};

} // namespace simmer::fakes
