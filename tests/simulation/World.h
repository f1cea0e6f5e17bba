// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QHash>
#include <QString>
#include <queue>

#include <functional>
#include <random>
#include <vector>

namespace simmer::simulation {

/// True time, chance and what happens next: one thread, one seed. Everything that a schedule does
/// is an event here, so that the same seed does the same.
class World
{
public:
    explicit World(quint64 seed, bool trace);

    /// True time, ms.
    qint64 now() const { return m_now; }
    void at(qint64 time, std::function<void()> what);
    void in(qint64 ms, std::function<void()> what) { at(m_now + ms, std::move(what)); }
    /// Lets all happen that is due until `time`.
    void runUntil(qint64 time);

    std::mt19937_64 &chance() { return m_chance; }
    qint64 below(qint64 bound) { return bound <= 0 ? 0 : qint64(m_chance() % quint64(bound)); }
    bool oneIn(qint64 count) { return below(count) == 0; }

    /// A cook pressed, on a device that knew kitchen time; the true time of that, or 0.
    void notePress(const OpId &op) { m_presses.insert(op, m_now); }
    qint64 pressedAt(const OpId &op) const { return m_presses.value(op); }
    /// Kitchen time jumped and nobody could know better: countdowns of before are not held to
    /// their true length. How often that was, and when the last time, or 0.
    void noteBreak();
    qint64 breaks() const { return m_breaks; }
    qint64 brokenAt() const { return m_brokenAt; }
    /// The server found the time of day again, while as far as it knew nothing ran.
    void noteJump() { m_jumpedAt = m_now; }
    qint64 jumpedAt() const { return m_jumpedAt; }

    /// A line of the trace, when one is wanted.
    void tell(const QString &who, const QString &what) const;
    bool isTracing() const { return m_trace; }

    /// What went wrong; the first counts.
    void fail(const QString &what);
    const QString &failure() const { return m_failure; }

private:
    struct Event {
        qint64 time = 0;
        quint64 number = 0;
        std::function<void()> what;

        bool operator>(const Event &other) const
        {
            return time != other.time ? time > other.time : number > other.number;
        }
    };

    qint64 m_now;
    quint64 m_number = 0;
    bool m_trace;
    QString m_failure;
    QHash<OpId, qint64> m_presses;
    qint64 m_breaks = 0;
    qint64 m_jumpedAt = 0;
    qint64 m_brokenAt = 0;
    std::mt19937_64 m_chance;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
};

/// A machine's clocks: wrong, drifting, set by hand, asleep, started anew.
class MachineClock final : public Clock
{
public:
    MachineClock(World &world, qint64 wallErrorMs, int driftPpm);

    qint64 wallMs() const override;
    qint64 bootMs() const override;
    BootId boot() const override { return m_boot; }
    std::optional<qint64> wallUncertaintyMs() const override;
    Alarm *makeAlarm(QObject *owner) const override;

    /// Sets the wall clock; by hand, or by a time server that vouches for it.
    void setWallError(qint64 ms, bool byTimeServer = false);
    void reboot();
    /// No alarm of this machine rings before.
    void sleepUntil(qint64 time) { m_awakeAt = time; }
    qint64 awakeAt() const { return m_awakeAt; }
    World &world() const { return m_world; }

private:
    World &m_world;
    qint64 m_wallError;
    bool m_byTimeServer = false;
    int m_driftPpm;
    qint64 m_bootedAt;
    qint64 m_awakeAt = 0;
    BootId m_boot;
};

} // namespace simmer::simulation
