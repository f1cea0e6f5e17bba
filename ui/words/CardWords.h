// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "recipes/Recipe.h"
#include "syncclient/SyncClient.h"

#include <QString>

namespace simmer::ui {

/// Everything that a card of the Pass says about one timer at one moment.
struct CardWords {
    TimerFace face;
    QString name;
    QString count;    ///< the big one: "18:42", "+1:32", "12 min ago"
    QString aside;    ///< at its right: "18:30", "to check", "rang 18:10"
    QString place;    ///< "Roast chicken · step 4"
    QString lastCall; ///< "last call 18:17", in amber, after the place
    QString cue;      ///< "Baste in 3:42": the next soft call; empty when none comes
    QString cueSoon;  ///< "Baste in 4 minutes": the same to be read out, not anew each second
    QString who;      ///< "Ana · Kitchen laptop"
    QString cover;    ///< empty for a free timer
    QString spoken;   ///< the accessible name; changes with the state, not with each second
    bool hasStep = false;
    bool isPending = false;

    bool operator==(const CardWords &) const = default;
};

/// `recipe` is that of the timer's place, null where unknown; `now` its shown moment.
CardWords cardWords(const timers::Timer &timer, const TimerFace &face, qint64 now,
                    const recipes::Recipe *recipe, const syncclient::LinkStatus &status);

/// What a chip shows after its phrase: the count, "due 12 min ago", or nothing.
QString chipTail(const TimerFace &face);

} // namespace simmer::ui
