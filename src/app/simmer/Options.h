// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "theme/Theme.h"

#include <QString>
#include <QStringList>

namespace simmer::app {

/// What the command line of the desktop asks for.
struct Options {
    QString profile;
    QString open;                         ///< title of the recipe to show
    QStringList files;                    ///< and words of a quick timer
    std::optional<ui::ThemeChoice> theme; ///< instead of what was chosen in the window
    QString answer; ///< what --help or --version print; then nothing else happens
};

/// Read before there is a QApplication, which needs a display; Qt's own options are left to it.
/// Errors: BadArgument.
Expected<Options> parseOptions(int argc, char **argv);

} // namespace simmer::app
