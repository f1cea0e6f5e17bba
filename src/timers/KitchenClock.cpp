// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/KitchenClock.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace simmer::timers {

KitchenClock::KitchenClock(const Clock &clock)
    : m_clock(clock)
{
    set(clock.wallMs() - clock.bootMs());
}

qint64 KitchenClock::at(qint64 bootMs) const
{
    const qint64 error = m_target - m_from;
    const qint64 slewed = std::max<qint64>(0, bootMs - m_steeredAt) * SlewPerSecondMs / 1000;
    if (slewed >= std::abs(error))
        return bootMs + m_target;
    return bootMs + m_from + (error > 0 ? slewed : -slewed);
}

void KitchenClock::set(qint64 offsetMs)
{
    m_from = m_target = offsetMs;
}

void KitchenClock::steer(qint64 offsetMs)
{
    const qint64 boot = m_clock.bootMs();
    m_from = at(boot) - boot;
    m_target = offsetMs;
    m_steeredAt = boot;
    if (std::abs(m_target - m_from) > SlewLimitMs)
        m_from = m_target;
}

double ClockSample::uncertainty(qint64 bootMs) const
{
    return double(roundTrip()) / 2 + DriftRate * double(std::max<qint64>(0, bootMs - back));
}

std::optional<ClockMeasure> measureOffset(const QList<ClockSample> &samples, qint64 bootMs)
{
    std::optional<std::pair<double, double>> bounds;
    for (auto sample = samples.crbegin(); sample != samples.crend(); ++sample) {
        const bool sensible = sample->back >= sample->sent &&
                              sample->answered >= sample->received && sample->roundTrip() >= 0;
        if (!sensible)
            continue;
        const double drift = DriftRate * double(std::max<qint64>(0, bootMs - sample->back));
        const double least = double(sample->answered - sample->back) - drift;
        const double most = double(sample->received - sample->sent) + drift;
        if (!bounds)
            bounds = {least, most};
        else if (least > bounds->second || most < bounds->first)
            break;
        else
            bounds = {std::max(least, bounds->first), std::min(most, bounds->second)};
    }
    if (!bounds)
        return {};
    const auto [least, most] = *bounds;
    return ClockMeasure{std::llround((least + most) / 2), (most - least) / 2};
}

} // namespace simmer::timers
