// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Signals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace simmer::app {

namespace {

constexpr char Stop = 's';
constexpr char Reread = 'r';
constexpr int KilledBy = 128; // what shells add to a signal's number

// A signal handler may do next to nothing: it writes a byte here, the event loop reads it.
int selfPipe[2] = {-1, -1};
volatile std::sig_atomic_t stopping = 0;

void tell(char byte)
{
    [[maybe_unused]] const ssize_t written = ::write(selfPipe[1], &byte, 1);
}

void onStop(int signal)
{
    if (stopping != 0)
        ::_exit(KilledBy + signal);
    stopping = 1;
    tell(Stop);
}

void onHangup(int)
{
    tell(Reread);
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}

} // namespace

Signals::Signals()
{
    if (::pipe2(selfPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe for signals");
    m_notifier = std::make_unique<QSocketNotifier>(selfPipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        for (char byte = 0; ::read(selfPipe[0], &byte, 1) > 0;)
            if (byte == Stop)
                Q_EMIT stopAsked();
            else
                Q_EMIT rereadAsked();
    });
    handle(SIGTERM, onStop);
    handle(SIGINT, onStop);
    handle(SIGHUP, onHangup);
    std::signal(SIGPIPE, SIG_IGN); // whoever read our events may leave; the kitchen goes on
}

} // namespace simmer::app
