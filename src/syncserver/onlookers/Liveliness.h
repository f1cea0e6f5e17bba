// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/onlookers/KitchenBoard.h"
#include "syncserver/onlookers/Onlooker.h"

#include <QObject>

namespace simmer::syncserver {

/// What goes on in a kitchen: its timers and its pulse, told as they change. Lives in the thread
/// of its kitchen.
class Liveliness final : public QObject, public Onlooker
{
    Q_OBJECT

public:
    explicit Liveliness(KitchenBoard::Recall recall, QObject *parent = nullptr);

    /// At the worker's start: stretches of the log, the oldest first, then loaded(). Rings that
    /// came while nobody looked are told then, unless they are history.
    void load(const QList<timers::StampedOp> &ops, qint64 now);
    void loaded(qint64 now);

    void committed(const QList<timers::StampedOp> &ops, qint64 now) override;
    void tick(qint64 now) override;
    std::optional<qint64> nextAt() override;

    /// What the kitchen is like; between changes of its mood only the score falls.
    PulseState pulse(qint64 now) const;
    const KitchenBoard &board() const { return m_board; }
    /// Kitchen time of the newest call, and the newest seq that was seen.
    qint64 now() const { return m_now; }
    qint64 head() const { return m_head; }

Q_SIGNALS:
    /// The mood is another one.
    void pulseChanged(const simmer::syncserver::PulseState &pulse);
    /// These changed, or went. Before the others.
    void timersTouched(const QSet<simmer::TimerId> &timers);
    /// A timer came to its end: once for each ring.
    void rang(const simmer::timers::Timer &timer, simmer::timers::RingKind kind);
    /// Nobody answered this ring, and nobody did anything else for long: once for each ring.
    void unattended(const simmer::timers::Timer &timer);
    /// The log could not be read. What is told may lack a timer until it can.
    void troubled(const simmer::Error &error);

private:
    void count(const QList<timers::StampedOp> &ops, qint64 now);
    void tell(const Outcome &outcome);
    void look(qint64 now);
    void tellUnattended(qint64 now);

    KitchenBoard m_board;
    Pulse m_pulse;
    qint64 m_now = 0;
    qint64 m_head = 0;
    Mood m_mood = Mood::Quiet;
    QSet<OpId> m_toldUnattended; ///< rings that are open still
};

} // namespace simmer::syncserver
