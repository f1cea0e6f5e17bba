// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "models/TimerFace.h"
#include "recipes/Recipe.h"
#include "syncclient/SyncClient.h"

#include <QCoreApplication>
#include <QDate>
#include <QString>

namespace simmer::ui {

/// What became of a profile that was found damaged; as storage tells it.
struct MendedProfile {
    qint64 saved = 0;
    qint64 fromBackup = 0;
    QDate backup; ///< invalid: none was needed or there
    bool complete = false;
    bool isNewDevice = false; ///< who it was could not be read: it has to join again
    QString damagedFile;      ///< empty: it was gone
};

/// A press that the server will never take.
struct RefusedPress {
    timers::Op op;
    QString name; ///< of the timer or recipe that it was about
    QString why;
};

/// The sentences of the window, in its user's language. Pure but for the locale and time zone.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    /// "18:30", or "6:30 PM" where the locale has it so; kitchen time in ms.
    /// The hour, with the day where that is not today's. Both kitchen ms.
    static QString moment(qint64 kitchenMs, qint64 nowMs);
    static QString hour(qint64 kitchenMs);
    /// "1 h 40 min", "40 min".
    static QString minutes(qint64 minutes);
    /// "12 min", "40 s": how long ago something was.
    static QString ago(qint64 ms);
    /// "18 minutes 42 seconds", for screen readers.
    static QString spoken(qint64 ms);
    /// "19 minutes", begun ones too: what a screen reader says of a countdown, which it should not
    /// say anew each second.
    static QString left(qint64 ms);
    /// As the recipe's page counts. `recipe` may be unknown (null).
    static int stepNumber(const timers::Place &place, const recipes::Recipe *recipe);
    /// "Roast chicken · step 4"; empty for a free timer. `recipe` may be unknown (null).
    static QString place(const timers::Timer &timer, const recipes::Recipe *recipe);
    /// "running, 19 minutes left, rings at 18:30".
    static QString state(const timers::Timer &timer, const TimerFace &face, qint64 now);
    /// What went wrong and what to do about it, one sentence or two.
    static QString trouble(const Error &error);
    /// That the profile was damaged, what was saved, and what to do.
    static QString mended(const MendedProfile &profile);
    static QString noBackup(const Error &error);
    /// "Stopping Rice (Ana, 18:30): the server has too many timers."
    static QString refused(const RefusedPress &press);
    /// The link in the status bar.
    static QString link(const syncclient::LinkStatus &status);
    /// "Ben’s phone", or empty when the kitchen has not told its name.
    static QString device(const DeviceId &id, const syncclient::LinkStatus &status);
};

} // namespace simmer::ui
