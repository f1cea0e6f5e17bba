// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmDesk.h"
#include "alarm/DesktopNotes.h"

namespace simmer::ui {

/// What timers tell the desktop: one notification a timer, for its ring, its check or a cue, gone
/// when somebody answered anywhere. GUI thread.
class AlarmNotes : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    AlarmNotes(AlarmDesk &alarm, DesktopNotes &notes, QObject *parent = nullptr);

private:
    void tellRing(const AlarmCall &call);
    void tellCheck(const timers::Timer &timer);
    void tellCue(const timers::Timer &timer, const timers::Cue &cue);
    void act(const QString &key, const QString &action);
    void forget(const TimerId &timer);

    AlarmDesk &m_alarm;
    DesktopNotes &m_notes;
    QHash<TimerId, OpId> m_checked; ///< those whose check stands there, by their ring key
};

} // namespace simmer::ui
