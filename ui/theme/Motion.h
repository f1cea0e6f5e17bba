// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace simmer::ui {

/// What the person chose in Settings.
enum class MotionChoice {
    System, ///< as the desktop says, full where it says nothing
    Full,
    Reduced,
};

/// How long something may move: `ms`, or 0 where motion is reduced (GUIDE.md, "Motion").
int motionMs(const QWidget &widget, int ms);

} // namespace simmer::ui
