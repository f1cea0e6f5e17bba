// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace simmer::app {

/// What the command line asks for.
struct Arguments {
    QString command; ///< "timers", "start", …
    QJsonObject
        request; ///< as the Desk takes it; empty for import and times; photo adds the content
    QString profile;
    QStringList files;  ///< of import and photo
    bool lasts = false; ///< it watches until it is ended
    bool saves = false; ///< a photo goes into the file
    bool json = false;
    bool offline = false; ///< do not talk to the server on the way
    bool dryRun = false;
    bool help = false;
    bool version = false;
};

/// Errors: BadArgument, with what to write instead.
Expected<Arguments> parseArguments(const QStringList &words);

/// A length as people write it ("3min", "1½ hours", "20-25 min"): shortest and longest, ms.
struct Length {
    qint64 shortestMs = 0;
    qint64 longestMs = 0;
};
Expected<Length> parseLength(const QString &text);

QString usage();

} // namespace simmer::app
