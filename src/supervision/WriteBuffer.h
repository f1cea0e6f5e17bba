// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/BatchThread.h"
#include "supervision/Thrown.h"

#include <QList>

#include <algorithm>
#include <mutex>

namespace simmer::supervision {

/// When rows are written, and how many are kept while that fails.
struct WriteBufferLimits {
    qint64 everyMs = 5000;
    qsizetype batch = 10'000;
    qsizetype most = 100'000;
};

/// Gathers rows for a slow place, and writes them there many at a time in a thread of its own: at
/// the latest some seconds after they came, at a full batch, on flush() and at its destruction.
/// For what may be lost in a power cut (telemetry, the cooking log): never for an acked op. What
/// fails is tried again; above the limit the oldest rows go. Safe from any thread.
template<class Row>
class WriteBuffer
{
public:
    using Limits = WriteBufferLimits;
    /// Writes some rows, all or none; in the buffer's thread. What it throws counts as a failure.
    using Sink = std::function<Outcome(const QList<Row> &)>;
    /// Hears how many rows were lost since the last word; in the buffer's thread, or where the
    /// buffer is destroyed.
    using Lost = std::function<void(qint64 rows)>;

    /// `clock` must outlive it.
    WriteBuffer(const Clock &clock, const QString &name, Sink sink, Limits limits = {},
                Lost lost = {})
        : m_sink(std::move(sink))
        , m_lostHeard(std::move(lost))
        , m_limits(limits)
        , m_thread(clock, name, limits.everyMs, [this] { return write(); })
    {
    }
    /// Waits for the disk. What that refuses now is lost.
    ~WriteBuffer()
    {
        const Outcome last = flush();
        if (const qint64 left = qint64(m_rows.size()); !last && left > 0 && m_lostHeard)
            m_lostHeard(left);
    }
    Q_DISABLE_COPY_MOVE(WriteBuffer)

    /// Never waits for the disk.
    void add(Row row)
    {
        const std::unique_lock lock(m_mutex);
        m_rows.append(std::move(row));
        dropOldest();
        if (m_rows.size() == 1)
            m_thread.announce();
        else if (m_rows.size() == m_limits.batch)
            m_thread.rouse();
    }

    /// All that was added before is written when this returns; or why not, and it is tried again.
    Outcome flush() { return m_thread.flush(); }

    /// Rows dropped so far because they could not be written.
    qint64 lost() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lost;
    }

private:
    /// What is here now, and not what comes meanwhile: it must end.
    Outcome write()
    {
        Outcome outcome = done();
        for (qsizetype left = waiting(); left > 0 && outcome;) {
            const QList<Row> rows = take(std::min(left, m_limits.batch));
            left -= rows.size();
            outcome = written(rows);
            if (!outcome)
                giveBack(rows);
        }
        tellLost();
        return outcome;
    }

    Outcome written(const QList<Row> &rows) const
    {
        try {
            return m_sink(rows);
        } catch (...) {
            return Error{ErrorCode::Crashed, wordsOf(std::current_exception()), {}};
        }
    }

    qsizetype waiting() const
    {
        const std::lock_guard lock(m_mutex);
        return m_rows.size();
    }

    QList<Row> take(qsizetype most)
    {
        const std::lock_guard lock(m_mutex);
        QList<Row> rows = m_rows.first(std::min(most, m_rows.size()));
        m_rows.remove(0, rows.size());
        if (!m_rows.isEmpty())
            m_thread.announce(); // those that came meanwhile
        return rows;
    }

    void giveBack(const QList<Row> &rows)
    {
        const std::lock_guard lock(m_mutex);
        m_rows = rows + m_rows;
        dropOldest();
    }

    void dropOldest()
    {
        const qsizetype over = m_rows.size() - m_limits.most;
        if (over <= 0)
            return;
        m_rows.remove(0, over);
        m_lost += over;
    }

    void tellLost()
    {
        const qint64 now = lost();
        if (const qint64 fresh = now - std::exchange(m_told, now); fresh > 0 && m_lostHeard)
            m_lostHeard(fresh);
    }

    const Sink m_sink;
    const Lost m_lostHeard;
    const Limits m_limits;
    mutable std::mutex m_mutex; ///< guards rows and lost
    QList<Row> m_rows;
    qint64 m_lost = 0;
    qint64 m_told = 0;    ///< of the lost; the thread's own
    BatchThread m_thread; ///< last: it calls into the others
};

} // namespace simmer::supervision
