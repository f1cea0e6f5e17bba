// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "supervision/Patience.h"

#include <QUuid>

#include <atomic>
#include <optional>

namespace simmer::supervision {

/// What a thread that serves many works on at this moment. Written by that thread (some atomic
/// stores a task), read by any.
class Pulsebeat
{
public:
    struct Doing {
        QUuid key;
        quint64 task = 0;   ///< differs from task to task
        qint64 sinceMs = 0; ///< Clock::awakeMs()
    };

    /// `clock` must outlive it.
    explicit Pulsebeat(const Clock &clock)
        : m_clock(clock)
    {
    }
    Q_DISABLE_COPY_MOVE(Pulsebeat)

    /// A task of `key` is worked on while this lives; one at a time.
    class [[nodiscard]] Task
    {
    public:
        Task(Pulsebeat &beat, const QUuid &key)
            : m_beat(beat)
        {
            m_beat.begin(key);
        }
        ~Task() { m_beat.end(); }
        Q_DISABLE_COPY_MOVE(Task)

    private:
        Pulsebeat &m_beat;
    };

    /// Nothing between two tasks.
    std::optional<Doing> now() const;

private:
    void begin(const QUuid &key);
    void end();

    const Clock &m_clock;
    std::atomic<quint64> m_task = 0; ///< odd while one is worked on
    std::atomic<quint64> m_keyHigh = 0;
    std::atomic<quint64> m_keyLow = 0;
    std::atomic<qint64> m_sinceMs = 0;
};

/// Looks at a Pulsebeat from another thread, its own: says whose task takes too long, once a task.
/// What to do about it is its owner's: nobody can end a thread that hangs.
class Watch : public QObject
{
    Q_OBJECT

public:
    /// `clock` and `beat` must outlive it.
    Watch(const Clock &clock, const Pulsebeat &beat, Patience::Limits limits = {},
          QObject *parent = nullptr);

Q_SIGNALS:
    void hung(const QUuid &key, qint64 sinceMs);

private:
    void look();

    const Pulsebeat &m_beat;
    const qint64 m_beatMs;
    Patience m_patience;
    quint64 m_seen = 0; ///< the task of the last look
    Alarm *m_alarm;
};

} // namespace simmer::supervision
