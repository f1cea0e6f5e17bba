// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Cooking.h"

#include "timers/Sight.h"

#include <algorithm>
#include <vector>

namespace simmer::timers {

namespace {

/// One pass over a session's ops, from the first to the last.
class Session
{
public:
    explicit Session(const QList<StampedOp> &ops)
        : m_ops(ops)
        , m_sight(ops)
    {
    }

    std::optional<Cooking> run()
    {
        for (m_at = 0; m_at < m_ops.size(); ++m_at)
            if (const auto *cook = std::get_if<Cook>(&m_ops[m_at].op.action))
                take(*cook);
        if (m_begins.empty())
            return std::nullopt;
        m_cooking.ended = m_open.empty();
        return m_cooking;
    }

private:
    void take(const Cook &cook);
    void begin(const Cook &cook);
    bool sawABegin() const;
    bool isSameBegin() const;

    const QList<StampedOp> &m_ops;
    Sight m_sight;
    qsizetype m_at = 0; ///< the op being taken
    Cooking m_cooking;
    std::vector<qsizetype> m_begins; ///< of this run
    std::vector<qsizetype> m_open;   ///< what was done in this run and no end of it has seen
};

/// Whether the cook of this op had this run on the screen.
bool Session::sawABegin() const
{
    size_t missed = 0;
    m_sight.anyMissed(m_at, [&](qsizetype from, qsizetype to) {
        const auto first = std::lower_bound(m_begins.begin(), m_begins.end(), from);
        missed += size_t(std::lower_bound(first, m_begins.end(), to) - first);
        return false;
    });
    return missed < m_begins.size();
}

/// Whether this begin is the run's own, pressed on a second device that did not know of it.
bool Session::isSameBegin() const
{
    return !m_open.empty() && !sawABegin() && m_ops[m_at].kt - m_cooking.touchedAt <= IdleCookingMs;
}

void Session::begin(const Cook &cook)
{
    if (!isSameBegin()) {
        m_begins.clear();
        m_open.clear();
        m_cooking = {};
        m_cooking.recipe = cook.recipe;
        m_cooking.cook = m_ops[m_at].op.cook;
        m_cooking.begunAt = m_ops[m_at].kt;
    }
    m_begins.push_back(m_at);
}

void Session::take(const Cook &cook)
{
    if (cook.turn == Cook::Turn::Begin)
        begin(cook);
    else if (!sawABegin())
        return; // said of an earlier run, or of none
    m_cooking.touchedAt = m_ops[m_at].kt;
    if (cook.turn == Cook::Turn::End)
        std::erase_if(m_open, [this](qsizetype done) { return m_sight.saw(m_at, done); });
    else
        m_open.push_back(m_at);
    if (cook.step)
        m_cooking.step = *cook.step;
    if (cook.scale)
        m_cooking.scale = *cook.scale;
    for (auto it = cook.ticks.cbegin(); it != cook.ticks.cend(); ++it)
        it.value() ? void(m_cooking.ticked.insert(it.key()))
                   : void(m_cooking.ticked.remove(it.key()));
}

} // namespace

bool isOn(const Cooking &cooking, qint64 now)
{
    return !cooking.ended && now - cooking.touchedAt <= IdleCookingMs;
}

std::optional<Cooking> foldCooking(const QList<StampedOp> &ops)
{
    return Session(ops).run();
}

} // namespace simmer::timers
