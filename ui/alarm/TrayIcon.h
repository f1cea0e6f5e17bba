// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace simmer::ui {

/// What the icon in the panel says.
struct TrayFace {
    enum class State { Idle, Running, Paused, Ringing };

    State state = State::Idle;
    int part = 0; ///< sixteenths of the next timer that are over

    bool operator==(const TrayFace &) const = default;
};

/// The pot in one colour: its lid fills with the next timer to ring; ringing is the only change of
/// colour. At the sizes that panels use. GUI thread.
QIcon trayIcon(const TrayFace &face, const QColor &ink);

} // namespace simmer::ui
