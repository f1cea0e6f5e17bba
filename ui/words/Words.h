// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "models/TimerFace.h"
#include "recipes/Recipe.h"
#include "syncclient/SyncClient.h"

#include <QCoreApplication>
#include <QString>

namespace simmer::ui {

/// The sentences of the window, in its user's language. Pure but for the locale and time zone.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    /// "18:30", or "6:30 PM" where the locale has it so; kitchen time in ms.
    static QString hour(qint64 kitchenMs);
    /// "1 h 40 min", "40 min".
    static QString minutes(qint64 minutes);
    /// "12 min", "40 s": how long ago something was.
    static QString ago(qint64 ms);
    /// "18 minutes 42 seconds", for screen readers.
    static QString spoken(qint64 ms);
    /// "Roast chicken · step 4"; empty for a free timer. `recipe` may be unknown (null).
    static QString place(const timers::Timer &timer, const recipes::Recipe *recipe);
    /// "running, 18 minutes 42 seconds left, rings at 18:30".
    static QString state(const timers::Timer &timer, const TimerFace &face, qint64 now);
    /// What went wrong and what to do about it, one sentence or two.
    static QString trouble(const Error &error);
    /// The link in the status bar.
    static QString link(const syncclient::LinkStatus &status);
    /// "Ben’s phone", or empty when the kitchen has not told its name.
    static QString device(const DeviceId &id, const syncclient::LinkStatus &status);
};

} // namespace simmer::ui
