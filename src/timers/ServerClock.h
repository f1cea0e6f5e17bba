// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/KitchenClock.h"
#include "timers/Marzullo.h"

#include <QMetaType>

#include <map>

namespace simmer::timers {

/// Kitchen time as the kitchen's file keeps it.
struct KeptClock {
    BootId boot;
    qint64 aheadMs = 0; ///< kitchen time − time since that boot
    qint64 keptAt = 0;  ///< kitchen time when it was written: it is never before that again
    bool civil = false; ///< it is the world's time: a time server vouched for it

    bool operator==(const KeptClock &) const = default;
};

/// Where a server has its kitchen time from.
enum class ClockSource {
    Nothing,    ///< not yet: it is unsure and waits for what its devices say
    Kept,       ///< the same boot as before
    TimeServer, ///< the machine's wall clock, for which a time server vouches
    Devices,    ///< devices that went on with kitchen time while the server was away
    WallClocks, ///< the wall clocks of most devices and the server
    OwnWall,    ///< the machine's wall clock, for which nobody vouches
    NewestKnown ///< the newest kitchen time in the file: no clock was of any use
};

struct ClockStatus {
    ClockSource source = ClockSource::Nothing;
    bool civil = false;     ///< as far as is known it is the world's time
    qsizetype agreeing = 0; ///< for Devices and WallClocks: so many
    qsizetype asked = 0;    ///< of so many
    qint64 withinMs = 0;    ///< agree on so much

    bool operator==(const ClockStatus &) const = default;
};

/// Kitchen time on the server: time since boot + an offset that neither a step of the wall clock
/// nor a restart of the program moves. A new boot takes the wall clock if a time server vouches for
/// it; a server that is unsure asks its devices, those first that went on with kitchen time: the
/// true length of running countdowns counts for more than the time of day (decisions/0015).
/// Belongs to one thread. All times in ms.
class ServerClock
{
public:
    /// How long an unsure server waits for more devices after the first one's word: as long as a
    /// device waits between two tries, and less than it waits for an answer.
    static constexpr qint64 GraceMs = 4000;
    /// By how much one device alone can move an unsure server beyond the newest time in its file.
    static constexpr qint64 LoneMs = 24 * 3600 * 1000LL;
    /// What is further after the newest time in the file is not believed of the own wall clock.
    static constexpr qint64 BelievableMs = 400 * 24 * 3600 * 1000LL;
    /// A smaller error against a wall clock that is vouched for is slewed, 500 ppm at most, as NTP
    /// does; a larger one waits until no timer runs.
    static constexpr qint64 SlewableMs = 60'000;
    static constexpr qint64 LookEveryMs = 30'000;

    /// What the kitchen's file knows; `newest` is the newest kitchen time in its log.
    struct Past {
        std::optional<KeptClock> kept = {};
        std::optional<qint64> newest = {};
    };

    /// `clock` must outlive it.
    ServerClock(const Clock &clock, const Past &past);

    bool isSettled() const { return m_status.source != ClockSource::Nothing; }
    const ClockStatus &status() const { return m_status; }
    const Clock &machine() const { return m_clock; }
    /// Kitchen time, now and at a time since boot; only once settled.
    qint64 now() const { return at(m_clock.bootMs()); }
    qint64 at(qint64 bootMs) const;

    /// A device's word, which came in at `bootMs`, if it had one; of each kind its newest
    /// counts.
    void hear(const DeviceId &device, const std::optional<ClockClaim> &claim, qint64 bootMs);
    /// Settles when there is nothing to wait for any more; tells whether it did. `devices` is how
    /// many belong to the kitchen.
    bool settle(qsizetype devices);
    /// Moves to the time of devices that went on with it and came too late for settle(); tells
    /// whether it did. Only for as long as nobody has pressed anything since.
    bool reconsider();

    /// Whether the wall clock, if vouched for, is so far ahead that kitchen time should jump there
    /// once no timer runs. Smaller errors are slewed.
    bool looksFarBehind();
    /// Jumps to the wall clock, forward only.
    void catchUp();

    /// What the file should hold, when that is not what it holds already.
    std::optional<KeptClock> unkept() const;
    void markKept(const KeptClock &kept) { m_kept = kept; }

private:
    struct Heard {
        std::optional<Interval> wall;
        std::optional<Interval> kitchen;
    };

    qint64 wallOffset() const { return m_clock.wallMs() - m_clock.bootMs(); }
    qint64 floorOffset() const { return m_floor - m_clock.bootMs(); }
    bool isBelievable(qint64 offset) const;
    std::optional<Interval> possible(const Interval &claim) const;
    QList<Interval> kitchenClaims() const;
    QList<Interval> allClaims() const;
    std::optional<ClockStatus> devicesSay(qint64 &offset) const;
    std::optional<ClockStatus> wallClocksSay(qint64 &offset) const;
    bool devicesConfirm(qint64 offset) const;
    void decide();
    void begin(const ClockStatus &status, qint64 offset);

    const Clock &m_clock;
    KitchenClock m_kitchen;
    std::optional<KeptClock> m_kept;
    qint64 m_floor;     ///< kitchen time is never before this
    const bool m_isNew; ///< nothing ever happened in this kitchen
    ClockStatus m_status;
    std::map<DeviceId, Heard> m_heard; ///< offsets to the time since this boot
    qint64 m_firstHeardAt = 0;         ///< time since boot
    qint64 m_lookedAt = 0;             ///< time since boot
};

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::ClockStatus)
