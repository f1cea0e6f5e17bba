// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Mood.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace simmer::syncserver {

/// How lively a kitchen is (DESIGN section 8).
struct PulseState {
    double score = 0; ///< 0 … Pulse::Most
    Mood mood = Mood::Quiet;

    bool operator==(const PulseState &) const = default;
};

/// What the timers of a kitchen add to its mood.
struct TimerSigns {
    bool running = false;               ///< a countdown runs, or a ring is still worth an answer
    std::optional<qint64> ringingSince; ///< the oldest ring that nobody answered, ms

    bool operator==(const TimerSigns &) const = default;
};

/// The score that doings add to and time takes from, exactly exponentially and computed when it is
/// read: reading changes nothing. All times are ms of one clock, kitchen time; where a caller's
/// goes back it stands still here. Pure; belongs to one thread.
class Pulse
{
public:
    /// A pan wants a hand every few minutes: after 4 min without one half of it is over.
    static constexpr qint64 HalfLifeMs = 4 * 60'000;
    /// What a doing adds, and how much less each further one of the same cook: ten taps on
    /// "+1 min" are not ten things done. Down to Least, so that whoever works on alone still
    /// counts.
    static constexpr double First = 1.0;
    static constexpr double Again = 0.7;
    static constexpr double Least = 0.1;
    /// Two cooks at work, or one who keeps at it: four full doings within a half life. It ends
    /// lower than it begins, so that screens do not flicker between the two.
    static constexpr double SwingFrom = 4.0;
    static constexpr double SwingUntil = 2.5;
    /// A single press eight minutes ago. From here on the next doing is a first one again.
    static constexpr double NearZero = 0.25;
    /// Time to wash one's hands before a ring counts as unanswered.
    static constexpr qint64 PatienceMs = 60'000;
    /// More than any kitchen's hands can do; a flood of ops cannot keep it in full swing for hours.
    static constexpr double Most = 64.0;

    /// `cook` did something at `at`, which was heard of at `now`: what waited in an outbox counts
    /// for what is left of it.
    void did(const QString &cook, qint64 at, qint64 now);

    double score(qint64 now) const;
    PulseState state(qint64 now, const TimerSigns &signs) const;
    /// When the mood will be another one if nobody does anything and `signs` stay, at the earliest
    /// `now` + 1; nothing when it stays for ever.
    std::optional<qint64> nextChange(qint64 now, const TimerSigns &signs) const;

private:
    qint64 clamped(qint64 now) const;
    bool swings(double score) const { return m_swinging && score >= SwingUntil; }
    std::optional<qint64> whenBelow(double level) const;

    std::optional<qint64> m_at; ///< of the newest doing
    double m_score = 0;         ///< at that moment
    bool m_swinging = false;    ///< then
    QString m_cook;             ///< whose turn it is, and
    double m_weight = First;    ///< what the cook's next doing adds
};

/// `score` after `ms` without a doing.
double decayed(double score, qint64 ms);

} // namespace simmer::syncserver

Q_DECLARE_METATYPE(simmer::syncserver::PulseState)
