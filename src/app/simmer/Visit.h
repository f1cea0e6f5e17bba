// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Desk.h"
#include "app/simmer/Options.h"
#include "forms/MainWindow.h"

namespace simmer::app {

/// What a start of the desktop wants of the window, its own or the one that is there already.
struct Visit {
    QString quick;     ///< a quick timer, as typed: "10 min pasta"; empty for none
    QStringList files; ///< to import, absolute
    QString open;      ///< title of the recipe to show
    QString token;     ///< of the desktop, which allows the window to come forward

    bool operator==(const Visit &) const = default;
};

/// Sorts the words of the command line: files that are there and words that hold no time are
/// imported, the other words are one quick timer.
Visit visitOf(const Options &options);

/// How knocking at the door of a running desktop went.
enum class Knock {
    Nobody,  ///< no desktop holds the profile
    Let,     ///< it does what is wished
    Refused, ///< who holds it is another program of ours, or cannot do it
};

/// Brings the visit to the desktop that holds the profile. Blocks; before there is a window.
Knock knock(const QString &profile, const Visit &visit);

/// Lets the window carry out visits that come through the desk; a timer is answered when it is
/// durable.
void receiveVisits(Desk &desk, Device &device, ui::MainWindow &window);
void carryOut(const Visit &visit, ui::MainWindow &window, const recipes::RecipeBook &book);

} // namespace simmer::app
