// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/StopSignals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace simmer::app {

namespace {

// A signal handler may do next to nothing: it writes a byte here, the event loop reads it.
int selfPipe[2] = {-1, -1};

void onSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(selfPipe[1], &byte, 1);
}

} // namespace

StopSignals::StopSignals()
{
    if (::pipe2(selfPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe for signals");
    m_notifier = std::make_unique<QSocketNotifier>(selfPipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(selfPipe[0], &byte, 1) > 0) {
        }
        Q_EMIT stopAsked();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN); // whoever read our events may leave; the kitchen goes on
}

} // namespace simmer::app
