// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Settings.h"
#include "base/Expected.h"

#include <QHash>
#include <QStringList>

namespace simmer::app {

/// What somebody set, and where: "--listen", "SIMMERD_LISTEN", "/etc/simmer/simmerd.conf:3".
struct Given {
    QStringList values; ///< more than one only of a list
    QString from;

    bool operator==(const Given &) const = default;
};

using GivenByKey = QHash<Key, Given>;

/// What one source gives, and all that is wrong with it: "FILE:LINE: what; what to do".
struct ReadSettings {
    GivenByKey given;
    QStringList problems;

    bool operator==(const ReadSettings &) const = default;
};

/// The values of a setting as it was written: a list is split at commas and spaces.
QStringList valuesOf(const Setting &setting, const QString &written);

/// Reads `key = value` lines; # begins a comment line. Unknown keys, keys given twice and whatever
/// is no such line are problems. `name` is how the file is called in texts.
ReadSettings readConfig(const QByteArray &text, const QString &name);

/// The same of a file. Errors: FileUnreadable, TooLarge.
Expected<ReadSettings> readConfigFile(const QString &path);

} // namespace simmer::app
