// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Theme.h"

#include <QWidget>

namespace simmer::screenshots {

/// Shows it at that size, and lets it lay itself out.
void settle(QWidget &window, int width, int height);
/// Paints it into NAME-100.png and NAME-200.png.
void saveBoth(QWidget &window, const QString &folder, const QString &name);
/// In both themes: NAME-light-100.png and so on.
void saveAll(ui::Theme &theme, QWidget &window, const QSize &size, const QString &folder,
             const QString &name);

// Rooms with a file of their own
void paintAlarm(ui::Theme &theme, const QString &folder);
void paintChoices(ui::Theme &theme, const QString &folder);
void paintEditing(ui::Theme &theme, const QString &folder);
void paintCooking(ui::Theme &theme, const QString &folder);
void paintPage(ui::Theme &theme, const QString &folder);

} // namespace simmer::screenshots
