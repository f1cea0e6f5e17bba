// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/onlookers/Pulse.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace simmer::syncserver {

namespace {

constexpr qint64 EndOfTime = std::numeric_limits<qint64>::max();

/// later − earlier, which a hostile pair of times could not hold.
qint64 between(qint64 earlier, qint64 later)
{
    if (later <= earlier)
        return 0;
    const quint64 passed = quint64(later) - quint64(earlier);
    return qint64(std::min<quint64>(passed, quint64(EndOfTime)));
}

qint64 plus(qint64 at, qint64 ms)
{
    return at > EndOfTime - ms ? EndOfTime : at + ms;
}

} // namespace

double decayed(double score, qint64 ms)
{
    return score * std::exp2(-double(std::max<qint64>(0, ms)) / double(Pulse::HalfLifeMs));
}

qint64 Pulse::clamped(qint64 now) const
{
    return m_at ? std::max(*m_at, now) : now;
}

void Pulse::did(const QString &cook, qint64 at, qint64 now)
{
    const qint64 moment = clamped(now);
    const double before = score(moment);
    const bool swung = swings(before);
    if (cook != m_cook || before < NearZero)
        m_weight = First;
    m_cook = cook;
    m_score = std::min(Most, before + decayed(m_weight, between(at, moment)));
    m_weight = std::max(Least, m_weight * Again);
    m_swinging = swung || m_score >= SwingFrom;
    m_at = moment;
}

double Pulse::score(qint64 now) const
{
    return m_at ? decayed(m_score, between(*m_at, now)) : 0;
}

PulseState Pulse::state(qint64 now, const TimerSigns &signs) const
{
    const qint64 moment = clamped(now);
    const double score = this->score(moment);
    PulseState state{score, Mood::Simmering};
    if (swings(score))
        state.mood = Mood::FullSwing;
    else if (score >= NearZero)
        state.mood = Mood::Simmering;
    else if (signs.ringingSince && between(*signs.ringingSince, moment) >= PatienceMs)
        state.mood = Mood::Unattended;
    else if (!signs.running && !signs.ringingSince)
        state.mood = Mood::Quiet;
    return state;
}

/// The first ms at which the score is less than `level`, give or take what doubles cannot tell.
std::optional<qint64> Pulse::whenBelow(double level) const
{
    if (!m_at || m_score < level)
        return std::nullopt;
    const double halvings = std::log2(m_score / level);
    return plus(*m_at, qint64(std::ceil(halvings * double(HalfLifeMs))) + 1);
}

std::optional<qint64> Pulse::nextChange(qint64 now, const TimerSigns &signs) const
{
    const qint64 moment = clamped(now);
    const Mood mood = state(moment, signs).mood;
    std::optional<qint64> next;
    const std::array candidates{
        whenBelow(SwingUntil), whenBelow(NearZero),
        signs.ringingSince ? std::optional(plus(*signs.ringingSince, PatienceMs)) : std::nullopt};
    for (const auto &at : candidates)
        if (at && *at > moment && (!next || *at < *next) && state(*at, signs).mood != mood)
            next = at;
    return next;
}

} // namespace simmer::syncserver
