// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace simmer {

/// Standard output of a program that lives long: whoever reads it slowly, or not at all, holds up
/// nobody. Lines wait here and a thread of its own writes them; when too many wait the oldest go.
/// May be called from any thread.
class LineWriter
{
public:
    static constexpr size_t MostWaiting = 1024;

    /// What is written in the place of `lines` that nobody read in time; empty: nothing.
    using Skipped = std::function<QByteArray(qint64 lines)>;

    explicit LineWriter(int descriptor, Skipped skipped = {});
    /// Gives a reader one second for what still waits.
    ~LineWriter();
    Q_DISABLE_COPY_MOVE(LineWriter)

    /// Without its end of line.
    void put(const QByteArray &line);
    /// Whether the reader went away: nothing is written any more.
    bool isGone() const;

private:
    void run();
    bool take(QByteArray &bytes);
    void write(const QByteArray &bytes);

    const int m_descriptor;
    const Skipped m_skipped;
    mutable std::mutex m_mutex; ///< guards what follows, down to the thread
    std::condition_variable m_added;
    std::deque<QByteArray> m_waiting;
    qint64 m_lost = 0;
    bool m_ending = false;
    bool m_gone = false;
    std::thread m_thread;
};

} // namespace simmer
