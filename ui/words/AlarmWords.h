// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "syncclient/SyncClient.h"
#include "timers/Timer.h"

#include <QCoreApplication>

namespace simmer::ui {

/// The sentences of the alarm. Pure but for the locale and time zone.
class AlarmWords
{
    Q_DECLARE_TR_FUNCTIONS(AlarmWords)

public:
    /// "Started by Ana on Kitchen laptop. Rang 18:45, after 25 min."
    static QString story(const timers::Timer &timer, const syncclient::LinkStatus &status);
    /// "Eggs: Ben stopped it on Ben’s phone."
    static QString answered(const timers::Timer &timer, const QString &cook,
                            const DeviceId &onDevice, const syncclient::LinkStatus &status);
    /// "Rang 18:10."
    static QString rang(qint64 dueAt);
    /// "Check: Risotto rice".
    static QString check(const timers::Timer &timer);
    /// "Risotto · step 4. Last call in 2 min."; `recipe` may be unknown (null).
    static QString lastCall(const timers::Timer &timer, qint64 leftMs,
                            const recipes::Recipe *recipe);
    /// What a cue says, in a line: "Stir", or that something is to be looked at.
    static QString cue(const timers::Timer &timer, const timers::Cue &cue);
    /// "On the way in Roast at 180 °C. 15 min left."
    static QString cueBody(const timers::Timer &timer, qint64 leftMs);
};

} // namespace simmer::ui
