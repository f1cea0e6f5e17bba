// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace simmer {

/// What a kitchen is like at a moment.
enum class Mood {
    Quiet,      ///< nearly nothing was done lately and no countdown runs: its worker may sleep
    Simmering,  ///< anything between
    FullSwing,  ///< screens should stay awake
    Unattended, ///< a timer rings, and nobody has done anything for long: devices escalate
};

/// "quiet", "simmering", "full-swing", "unattended": as programs read it.
QString nameOf(Mood mood);
std::optional<Mood> moodNamed(const QString &name);

} // namespace simmer
