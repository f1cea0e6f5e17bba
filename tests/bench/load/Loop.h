// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <stdexcept>
#include <string>

namespace simmer::load {

namespace net = boost::asio;
using Steady = std::chrono::steady_clock;

/// Ends a bench with one clear line; main() prints it, and what was started is stopped on the way.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

double secondsSince(Steady::time_point start);

/// The one thread of the load generator.
class Loop
{
public:
    net::io_context &context() { return m_context; }

    /// Runs until `isDone()`. Failure when that takes longer than `limit`; `what` says what was
    /// waited for.
    template<class IsDone>
    void until(IsDone isDone, const std::string &what,
               std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        net::steady_timer deadline(m_context, limit);
        deadline.async_wait([&what](boost::system::error_code error) {
            if (!error)
                throw Failure("waited too long for " + what);
        });
        m_context.restart();
        while (!isDone()) {
            m_context.run_one();
            m_context.poll();
        }
        deadline.cancel();
        m_context.restart();
        m_context.poll(); // the cancelled deadline, whose `what` goes with this call
    }
    /// Runs for that long.
    void during(std::chrono::milliseconds time);

private:
    net::io_context m_context{1};
};

} // namespace simmer::load
