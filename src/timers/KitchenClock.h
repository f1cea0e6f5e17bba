// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QList>

#include <optional>

namespace simmer::timers {

/// Kitchen time on this device: boot time + offset, so that nobody who sets the wall clock moves
/// a timer. A small correction is slewed, so that no shown number rises by itself. Not thread-safe:
/// belongs to the timer thread.
class KitchenClock
{
public:
    /// Largest error that is slewed away instead of jumped, ms; and how fast, ms per second.
    static constexpr qint64 SlewLimitMs = 1000;
    static constexpr qint64 SlewPerSecondMs = 50;

    /// Starts at the wall clock's time.
    explicit KitchenClock(const Clock &clock);

    /// Kitchen time now, ms.
    qint64 now() const { return at(m_clock.bootMs()); }
    /// Kitchen time at a boot time of this boot, ms.
    qint64 at(qint64 bootMs) const;
    /// Sets kitchen time − boot time at once: at start, from what the last run of this boot knew.
    void set(qint64 offsetMs);
    /// Steers towards an offset that the server's clock gave.
    void steer(qint64 offsetMs);
    /// Where it steers to, ms.
    qint64 offset() const { return m_target; }

private:
    const Clock &m_clock;
    qint64 m_from = 0;
    qint64 m_target = 0;
    qint64 m_steeredAt = 0; ///< boot time
};

/// One ping to the server: sent and come back in boot time of the device, received and answered
/// in the server's kitchen time, ms. NTP's four stamps (RFC 5905, section 8).
struct ClockSample {
    qint64 sent = 0;
    qint64 received = 0;
    qint64 answered = 0;
    qint64 back = 0;

    qint64 offset() const { return ((received - sent) + (answered - back)) / 2; }
    qint64 roundTrip() const { return (back - sent) - (answered - received); }
    /// How far the offset may be off at a later boot time, ms.
    double uncertainty(qint64 bootMs) const;
};

/// By how much a clock may drift between two pings, of its own time: 100 ppm (DESIGN section 4).
inline constexpr double DriftRate = 1e-4;

/// What pings say of kitchen time − boot time, ms.
struct ClockMeasure {
    qint64 offset = 0;
    double within = 0; ///< it is no further off than this
};

/// How kitchen time stands to boot time at `bootMs`, by pings in the order in which they came back.
/// The way out says how large the offset is at most, the way back how small; each bound widens by
/// what clocks may drift (NTP's intersection, RFC 5905, section 11.2.1, of one server's samples).
/// Pings from before the server's clock was set, which the newer ones contradict, say nothing; nor
/// do senseless ones. Nothing without a sensible ping.
std::optional<ClockMeasure> measureOffset(const QList<ClockSample> &samples, qint64 bootMs);

/// What a device believes of the time when it says hello, for a server that is unsure. Kitchen
/// time only from one that met the server's clock in this boot of the device.
struct ClockClaim {
    struct Kitchen {
        qint64 now = 0;
        qint64 within = 0; ///< how far that may be off, ms

        bool operator==(const Kitchen &) const = default;
    };
    qint64 wall = 0;
    std::optional<Kitchen> kitchen = {};

    bool operator==(const ClockClaim &) const = default;
};

} // namespace simmer::timers
