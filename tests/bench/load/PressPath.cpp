// SPDX-License-Identifier: GPL-3.0-or-later
#include "PressPath.h"

namespace simmer::load {

Latencies PressPath::run(Loop &loop, int presses)
{
    m_latencies = {};
    m_left = presses;
    next();
    loop.until([this] { return m_left == 0 && m_awaited == 0; }, "presses to arrive");
    return m_latencies;
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
        next();
}

} // namespace simmer::load
