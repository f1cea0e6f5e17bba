// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"

#include <QMenu>

#include <functional>

namespace simmer::ui {

/// What can be done to a timer besides pausing and stopping: another name, soft calls on the way,
/// what begins at its end. Deletes itself when it was closed. GUI thread.
class TimerMenu : public QMenu
{
    Q_OBJECT

public:
    /// `timers` must outlive it.
    TimerMenu(LiveTimers &timers, const timers::Timer &timer, QWidget *parent);

    /// The cues with `cue` in the place of those of its kind; without it when it stood there.
    static QList<timers::Cue> toggled(QList<timers::Cue> cues, const timers::Cue &cue);

private:
    void addCues();
    void addCue(QMenu *menu, const QString &text, const timers::Cue &cue);
    void askName();
    void askNext();
    /// Asks for a line without blocking anything.
    void ask(const QString &title, const QString &label, const QString &text,
             const std::function<void(const QString &)> &then);

    LiveTimers &m_timers;
    const timers::Timer m_timer;
};

} // namespace simmer::ui
