// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/StepNumber.h"
#include "widgets/StepText.h"

namespace simmer::ui {

class LiveTimers;

/// A numbered step: its number, its text with chips. Shows the timers of its slots. GUI thread.
class StepRow : public QWidget
{
    Q_OBJECT

public:
    /// `index` from 0; its step is there.
    StepRow(const recipes::Recipe &recipe, int index, QWidget *parent = nullptr);

    /// Whether any of its slots is that timer.
    bool has(const TimerId &timer) const { return m_timers.contains(timer); }
    bool hasLive() const { return m_isLive; }
    bool isDone() const;
    void setTicked(bool ticked);
    /// Takes what the timers show now.
    void refresh(const LiveTimers &timers);
    StepText *text() const { return m_text; }

Q_SIGNALS:
    void tapped(int slot);
    void tickWished(bool on);

private:
    void dress();

    StepNumber *m_number;
    StepText *m_text;
    QList<TimerId> m_timers; ///< one a slot
    bool m_isLive = false;
    bool m_allDone = false;
    TimerFace m_urgent;
};

} // namespace simmer::ui
