// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Latencies.h"
#include "Loop.h"

#include <functional>
#include <optional>

namespace simmer::load {

/// A way from a press to another screen, through one server or none.
class PressPath
{
public:
    PressPath() = default;
    virtual ~PressPath() = default;
    PressPath(const PressPath &) = delete;
    PressPath &operator=(const PressPath &) = delete;

    /// So many presses, one after the other: the next when everybody has the one before, and
    /// not before `gap` has passed.
    Latencies run(Loop &loop, int presses, std::chrono::milliseconds gap = {});

    /// The same beside others: until isOver(), when latencies() has it.
    void begin(Loop &loop, int presses, std::chrono::milliseconds gap);
    bool isOver() const { return m_left == 0 && m_awaited == 0; }
    const Latencies &latencies() const { return m_latencies; }

protected:
    virtual void press() = 0;
    /// How many words follow on a press: those to the other screen, those to the presser.
    virtual int words() const = 0;
    /// The other screen has it.
    void arrived();
    /// The presser heard of it, or somebody else a word that has to be waited for.
    void heard();

private:
    void next();

    std::function<void()> m_next;
    std::optional<net::steady_timer> m_pause;
    Latencies m_latencies;
    Steady::time_point m_pressed;
    int m_left = 0;
    int m_awaited = 0;
};

} // namespace simmer::load
