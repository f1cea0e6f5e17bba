// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LineWriter.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <chrono>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <climits>
#include <csignal>
#include <poll.h>
#include <unistd.h>
#else
#include <io.h>
#endif

namespace simmer {

namespace {

constexpr auto Gathering = std::chrono::milliseconds(2); // a write of its own for each costs more
constexpr size_t Gathered = 64;                          // lines: not longer then
constexpr qsizetype AtOnce = 4096;                       // bytes: what a pipe takes in one piece
constexpr int LookMs = 100; // how soon the end is noticed while a reader stalls
constexpr int LastWordsMs = 1000;

#ifdef Q_OS_UNIX
/// Waits a little for room. A pipe that is ready takes PIPE_BUF bytes without blocking (POSIX
/// write), so that the thread always comes back.
qint64 writeSome(int descriptor, const char *bytes, qint64 length)
{
    pollfd room{descriptor, POLLOUT, 0};
    if (::poll(&room, 1, LookMs) <= 0)
        return 0;
    const ssize_t written = ::write(descriptor, bytes, size_t(std::min<qint64>(length, PIPE_BUF)));
    return written < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : qint64(written);
}
#else
qint64 writeSome(int descriptor, const char *bytes, qint64 length)
{
    return ::_write(descriptor, bytes, unsigned(length));
}
#endif

} // namespace

LineWriter::LineWriter(int descriptor, Skipped skipped)
    : m_descriptor(descriptor)
    , m_skipped(std::move(skipped))
{
#ifdef Q_OS_UNIX
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes is no reason to die of
#endif
    m_thread = std::thread([this] { run(); });
}

LineWriter::~LineWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_added.notify_all();
    m_thread.join();
}

void LineWriter::put(const QByteArray &line)
{
    size_t waiting = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_gone)
            return;
        if (m_waiting.size() >= MostWaiting) {
            m_waiting.pop_front();
            ++m_lost;
        }
        m_waiting.push_back(line + '\n');
        waiting = m_waiting.size();
    }
    if (waiting == 1 || waiting == Gathered)
        m_added.notify_all();
}

bool LineWriter::isGone() const
{
    const std::lock_guard lock(m_mutex);
    return m_gone;
}

/// The next lines, with a word before them on those that were lost; false at the end.
bool LineWriter::take(QByteArray &bytes)
{
    std::unique_lock lock(m_mutex);
    m_added.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
    m_added.wait_for(lock, Gathering, [this] { return m_ending || m_waiting.size() >= Gathered; });
    if (m_waiting.empty() || m_gone)
        return false;
    const qint64 lost = std::exchange(m_lost, 0);
    bytes = lost > 0 && m_skipped ? m_skipped(lost) + '\n' : QByteArray();
    do {
        bytes += m_waiting.front();
        m_waiting.pop_front();
    } while (!m_waiting.empty() && bytes.size() + m_waiting.front().size() <= AtOnce);
    return true;
}

void LineWriter::run()
{
    QByteArray bytes;
    while (take(bytes))
        write(bytes);
}

void LineWriter::write(const QByteArray &bytes)
{
    QDeadlineTimer lastWords(QDeadlineTimer::Forever);
    for (qint64 done = 0; done < bytes.size();) {
        const qint64 written =
            writeSome(m_descriptor, bytes.constData() + done, bytes.size() - done);
        const std::lock_guard lock(m_mutex);
        if (m_ending && lastWords.isForever())
            lastWords.setRemainingTime(LastWordsMs);
        m_gone = m_gone || written < 0 || lastWords.hasExpired();
        if (m_gone)
            return;
        done += written;
    }
}

} // namespace simmer
