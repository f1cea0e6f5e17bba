// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Device.h"
#include "forms/MainWindow.h"
#include "models/PhotoSource.h"

namespace simmer::app {

/// Brings to the window what the device's storage has to tell: a mended file, a backup that
/// failed, presses that the server refused. Both must outlive the connections.
void tellInWindow(Device &device, ui::MainWindow &window);

/// Answers the window's wish for photos from the device's shelf. Both must outlive the connections.
void bringPhotos(Device &device, ui::PhotoSource &photos);

} // namespace simmer::app
