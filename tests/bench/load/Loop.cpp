// SPDX-License-Identifier: GPL-3.0-or-later
#include "Loop.h"

namespace simmer::load {

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

void Loop::during(std::chrono::milliseconds time)
{
    bool isOver = false;
    net::steady_timer timer(m_context, time);
    timer.async_wait([&isOver](boost::system::error_code) { isOver = true; });
    until([&isOver] { return isOver; }, "the time to pass", 2 * time + std::chrono::seconds(5));
}

} // namespace simmer::load
