// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <atomic>

namespace simmer::fakes {

/// A clock whose hands the test holds. Safe from any thread.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(qint64 wall = 1'700'000'000'000, qint64 sinceBoot = 1'000'000)
        : m_wall(wall)
        , m_boot(sinceBoot)
    {
    }

    qint64 wallMs() const override { return m_wall; }
    qint64 bootMs() const override { return m_boot; }
    BootId boot() const override { return m_bootId; }

    std::optional<qint64> wallUncertaintyMs() const override
    {
        return m_synchronised ? std::optional<qint64>(1) : std::nullopt;
    }

    /// Time passes on both clocks.
    void advance(qint64 ms)
    {
        m_wall += ms;
        m_boot += ms;
    }
    /// Somebody sets the wall clock.
    void setWall(qint64 wall) { m_wall = wall; }
    /// Whether a time server vouches for the wall clock, as at first.
    void setSynchronised(bool synchronised) { m_synchronised = synchronised; }
    /// The machine starts anew.
    void reboot()
    {
        m_bootId = BootId::random();
        m_boot = 5000;
    }

private:
    std::atomic<qint64> m_wall;
    std::atomic<qint64> m_boot;
    std::atomic<bool> m_synchronised = true;
    BootId m_bootId = BootId::random();
};

} // namespace simmer::fakes
