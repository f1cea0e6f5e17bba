// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/Watched.h"

#include "supervision/Fence.h"

#include <QEvent>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <time.h>
#include <utility>

namespace simmer::bench {

namespace {

double msBy(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace

Watched::Watched(int &argc, char **argv)
    : QApplication(argc, argv)
    , m_slowMs(slowMs())
{
}

double Watched::slowMs()
{
    return qEnvironmentVariableIsSet("SIMMER_SLOW_MS")
               ? qEnvironmentVariable("SIMMER_SLOW_MS").toDouble()
               : std::numeric_limits<double>::infinity();
}

bool Watched::notify(QObject *receiver, QEvent *event)
{
    const auto handle = [this, receiver, event] {
        return supervision::Fence::guarded(
            *event, [this, receiver, event] { return QApplication::notify(receiver, event); });
    };
    if (QThread::currentThread() != thread() || m_depth > 0) // or within another's handling
        return handle();
    ++m_depth;
    // It may be gone afterwards.
    const char *receiverClass = receiver->metaObject()->className();
    const QByteArray name = receiver->objectName().toUtf8();
    const int type = event->type();
    const Turn begun{msBy(CLOCK_MONOTONIC), msBy(CLOCK_THREAD_CPUTIME_ID)};
    const bool handled = handle();
    const Turn took{msBy(CLOCK_MONOTONIC) - begun.wallMs,
                    msBy(CLOCK_THREAD_CPUTIME_ID) - begun.ownMs};
    m_longest = {std::max(m_longest.wallMs, took.wallMs), std::max(m_longest.ownMs, took.ownMs)};
    if (took.wallMs > m_slowMs)
        std::fprintf(stderr, "%.1f ms (own %.1f): event %d of %s %s\n", took.wallMs, took.ownMs,
                     type, receiverClass, name.constData());
    --m_depth;
    return handled;
}

Watched::Turn Watched::takeLongest()
{
    return std::exchange(m_longest, Turn());
}

} // namespace simmer::bench
