// SPDX-License-Identifier: GPL-3.0-or-later
#include "PressPath.h"

#include <algorithm>

namespace simmer::load {

Latencies PressPath::run(Loop &loop, int presses, std::chrono::milliseconds gap)
{
    begin(loop, presses, gap);
    loop.until([this] { return isOver(); }, "presses to arrive",
               presses * gap + std::chrono::seconds(20));
    return m_latencies;
}

void PressPath::begin(Loop &loop, int presses, std::chrono::milliseconds gap)
{
    m_latencies = {};
    m_left = presses;
    m_pause.emplace(loop.context());
    m_next = [this] { next(); };
    if (gap.count() > 0)
        m_next = [this, gap] {
            m_pause->expires_at(std::max(m_pressed + gap, Steady::now()));
            m_pause->async_wait([this](boost::system::error_code error) {
                if (!error)
                    next();
            });
        };
    next();
}

void PressPath::next()
{
    m_awaited = words();
    --m_left;
    m_pressed = Steady::now();
    press();
}

void PressPath::arrived()
{
    m_latencies.add(Steady::now() - m_pressed);
    heard();
}

void PressPath::heard()
{
    if (--m_awaited == 0 && m_left > 0)
        m_next();
}

} // namespace simmer::load
