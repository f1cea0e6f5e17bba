// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/ServerClock.h"

#include <algorithm>
#include <cstdlib>

namespace simmer::timers {

namespace {

// 2020-01-01: a machine without a clock battery starts in 1970, and no kitchen is that old.
constexpr qint64 EarliestMs = 1'577'836'800'000;
constexpr qint64 TransitMs = 200;       // what a hello may take on its way
constexpr qint64 WallErrorMs = 10'000;  // of a wall clock that somebody set right
constexpr qint64 MostWithinMs = 60'000; // a device less certain of kitchen time than that has none
constexpr qint64 CivilMs = 1000;        // nearer than this to the world's time is that time
constexpr qint64 SmallMs = 20;          // not worth a correction
constexpr qint64 KeepMs = 500;          // a slewed offset is written after so much
constexpr qint64 SlewPpm = 500;         // NTP's limit, RFC 5905 section 11.3

bool isMajority(const Agreement &found, qsizetype of)
{
    return found.sources >= 2 && found.sources * 2 > of;
}

ClockStatus agreed(ClockSource source, const Agreement &found, qsizetype of)
{
    return {source, false, found.sources, of, (found.where.high - found.where.low) / 2};
}

} // namespace

ServerClock::ServerClock(const Clock &clock, const Past &past)
    : m_clock(clock)
    , m_kitchen(clock)
    , m_kept(past.kept)
    , m_floor(
          std::max(past.newest.value_or(EarliestMs), past.kept ? past.kept->keptAt : EarliestMs))
    , m_isNew(!past.kept && !past.newest)
{
    const bool sameBoot = m_kept && m_kept->boot == m_clock.boot();
    const bool wasCivil = !m_kept || m_kept->civil;
    if (sameBoot)
        begin({ClockSource::Kept, m_kept->civil}, m_kept->aheadMs);
    else if (wasCivil && m_clock.wallUncertaintyMs() && isBelievable(wallOffset()))
        begin({ClockSource::TimeServer, true}, wallOffset());
}

qint64 ServerClock::at(qint64 bootMs) const
{
    Q_ASSERT(isSettled());
    return m_kitchen.at(bootMs);
}

bool ServerClock::isBelievable(qint64 offset) const
{
    const qint64 after = offset - floorOffset();
    return after >= -CivilMs && (m_isNew || after <= BelievableMs);
}

void ServerClock::begin(const ClockStatus &status, qint64 offset)
{
    m_status = status;
    m_kitchen.set(std::max(offset, floorOffset()));
    m_lookedAt = m_clock.bootMs();
}

void ServerClock::hear(const DeviceId &device, const std::optional<ClockClaim> &claim,
                       qint64 bootMs)
{
    if (isSettled() && !claim)
        return; // nothing that is asked for any more
    if (m_heard.empty())
        m_firstHeardAt = bootMs;
    Heard &heard = m_heard[device];
    if (!claim)
        return;
    heard.wall = {claim->wall - WallErrorMs - bootMs, claim->wall + WallErrorMs - bootMs};
    if (!claim->kitchen || claim->kitchen->within < 0 || claim->kitchen->within > MostWithinMs)
        return;
    const auto &[now, within] = *claim->kitchen;
    const Interval kitchen{now - within - bootMs, now + within + TransitMs - bootMs};
    // Once settled, a device that says what this server told it says nothing new.
    const qint64 known = isSettled() ? at(bootMs) - bootMs : 0;
    const bool isNews =
        !isSettled() || kitchen.low > known + CivilMs || kitchen.high < known - CivilMs;
    heard.kitchen = isNews ? std::optional(kitchen) : std::nullopt;
}

/// The part of a claim that is not before what is known to have been.
std::optional<Interval> ServerClock::possible(const Interval &claim) const
{
    const Interval left{std::max(claim.low, floorOffset()), claim.high};
    return left.low <= left.high ? std::optional(left) : std::nullopt;
}

QList<Interval> ServerClock::kitchenClaims() const
{
    QList<Interval> claims;
    for (const auto &[device, heard] : m_heard)
        if (heard.kitchen)
            if (const auto claim = possible(*heard.kitchen))
                claims += *claim;
    return claims;
}

/// One of each device, the better of its two, and the server's own.
QList<Interval> ServerClock::allClaims() const
{
    const Interval own{wallOffset() - WallErrorMs, wallOffset() + WallErrorMs};
    QList<Interval> claims;
    if (const auto claim = possible(own))
        claims += *claim;
    for (const auto &[device, heard] : m_heard)
        if (const auto said = heard.kitchen ? heard.kitchen : heard.wall)
            if (const auto claim = possible(*said))
                claims += *claim;
    return claims;
}

/// Devices that went on with kitchen time: most of them, or a single one within its bound.
std::optional<ClockStatus> ServerClock::devicesSay(qint64 &offset) const
{
    const QList<Interval> claims = kitchenClaims();
    const auto found = agreement(claims);
    if (!found)
        return std::nullopt;
    const bool lone = claims.size() == 1 && found->where.high <= floorOffset() + LoneMs;
    if (!lone && !(isMajority(*found, claims.size()) && isBelievable(found->where.middle())))
        return std::nullopt;
    offset = found->where.middle();
    return agreed(ClockSource::Devices, *found, claims.size());
}

std::optional<ClockStatus> ServerClock::wallClocksSay(qint64 &offset) const
{
    const QList<Interval> claims = allClaims();
    const auto found = agreement(claims);
    const bool onlyOne = m_isNew && claims.size() == 1; // and nothing to lose
    if (!found || !(onlyOne || isMajority(*found, claims.size())))
        return std::nullopt;
    offset = found->where.middle();
    return agreed(ClockSource::WallClocks, *found, claims.size());
}

/// Whether most wall clocks, this one among them, say so.
bool ServerClock::devicesConfirm(qint64 offset) const
{
    qint64 most = 0;
    return wallClocksSay(most) && std::abs(most - offset) <= WallErrorMs;
}

bool ServerClock::settle(qsizetype devices)
{
    if (isSettled() || m_heard.empty())
        return false;
    const bool complete = m_isNew || qsizetype(m_heard.size()) >= devices ||
                          m_clock.bootMs() - m_firstHeardAt >= GraceMs;
    const auto found = agreement(kitchenClaims());
    if (!complete && !(found && isMajority(*found, devices)))
        return false;
    decide();
    return true;
}

void ServerClock::decide()
{
    qint64 offset = 0;
    if (const auto devices = devicesSay(offset))
        begin(*devices, offset);
    else if (m_clock.wallUncertaintyMs() && isBelievable(wallOffset()))
        begin({ClockSource::TimeServer, true}, wallOffset());
    else if (const auto most = wallClocksSay(offset))
        begin(*most, offset);
    else if (isBelievable(wallOffset()))
        begin({ClockSource::OwnWall}, wallOffset());
    else // at least the time since boot has passed since
        begin({ClockSource::NewestKnown}, m_floor);
}

bool ServerClock::reconsider()
{
    switch (m_status.source) {
    case ClockSource::Nothing:
    case ClockSource::Kept:
    case ClockSource::TimeServer:
    case ClockSource::Devices:
        return false;
    case ClockSource::WallClocks:
    case ClockSource::OwnWall:
    case ClockSource::NewestKnown:
        break;
    }
    qint64 offset = 0;
    const auto devices = devicesSay(offset);
    if (devices)
        begin(*devices, offset);
    return devices.has_value();
}

bool ServerClock::looksFarBehind()
{
    const qint64 boot = m_clock.bootMs();
    if (!isSettled() || boot - m_lookedAt < LookEveryMs)
        return false;
    const qint64 passed = boot - std::exchange(m_lookedAt, boot);
    if (!m_clock.wallUncertaintyMs())
        return false;
    const qint64 error = m_clock.wallMs() - now();
    m_status.civil = std::abs(error) <= CivilMs;
    if (std::abs(error) > SlewableMs)
        return error > 0 && (isBelievable(wallOffset()) || devicesConfirm(wallOffset()));
    if (std::abs(error) > SmallMs) {
        const qint64 most = std::min(passed, 2 * LookEveryMs) * SlewPpm / 1'000'000;
        m_kitchen.steer(m_kitchen.offset() + std::clamp(error, -most, most));
    }
    return false;
}

void ServerClock::catchUp()
{
    if (m_clock.wallUncertaintyMs() && m_clock.wallMs() > now())
        begin({ClockSource::TimeServer, true}, wallOffset());
}

std::optional<KeptClock> ServerClock::unkept() const
{
    if (!isSettled())
        return std::nullopt;
    const KeptClock fresh{m_clock.boot(), m_kitchen.offset(), now(), m_status.civil};
    const bool same = m_kept && m_kept->boot == fresh.boot && m_kept->civil == fresh.civil &&
                      std::abs(m_kept->aheadMs - fresh.aheadMs) < KeepMs;
    return same ? std::nullopt : std::optional(fresh);
}

} // namespace simmer::timers
