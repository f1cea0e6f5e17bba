// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace simmer::syncserver {

/// Somebody who watches a kitchen but decides nothing in it: its pulse, its displays, its cooking
/// log. A kitchen runs without any. All calls come in the thread of the kitchen, with kitchen
/// time in ms that never goes back; none may block.
class Onlooker
{
public:
    Onlooker() = default;
    virtual ~Onlooker() = default;
    Q_DISABLE_COPY_MOVE(Onlooker)

    /// These ops are durable and in the log since just now, each once, in the order of their seq.
    virtual void committed(const QList<timers::StampedOp> &ops, qint64 now) = 0;
    /// Time passed; called at nextAt() or later, and may be called at any time.
    virtual void tick(qint64 now) = 0;
    /// When it wants to be called, kitchen ms; nothing while it only waits for ops. Asked after
    /// each of the others.
    virtual std::optional<qint64> nextAt() = 0;
};

/// All onlookers of a kitchen as one, in their order: those behind see what those before made of
/// it.
class Onlookers final : public Onlooker
{
public:
    /// `onlooker` must outlive this.
    void add(Onlooker &onlooker) { m_all.push_back(&onlooker); }

    void committed(const QList<timers::StampedOp> &ops, qint64 now) override
    {
        for (Onlooker *onlooker : m_all)
            onlooker->committed(ops, now);
    }
    void tick(qint64 now) override
    {
        for (Onlooker *onlooker : m_all)
            onlooker->tick(now);
    }
    std::optional<qint64> nextAt() override
    {
        std::optional<qint64> next;
        for (Onlooker *onlooker : m_all)
            if (const auto at = onlooker->nextAt())
                next = std::min(next.value_or(*at), *at);
        return next;
    }

private:
    std::vector<Onlooker *> m_all;
};

} // namespace simmer::syncserver
