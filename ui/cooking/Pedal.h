// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qnamespace.h>

namespace simmer::ui {

/// Whether a page-turner's forward pedal sends that key.
inline bool turnsForward(int key)
{
    return key == Qt::Key_PageDown || key == Qt::Key_Right || key == Qt::Key_Down;
}

} // namespace simmer::ui
