// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QMetaType>
#include <QString>

namespace simmer::storage {

/// What became of a file that was found damaged. People are told all of it.
struct Salvaged {
    QString damagedFile;       ///< where it lies now; empty when there was none any more
    qint64 ops = 0;            ///< that could be read in it
    qint64 opsFromBackup = 0;  ///< that only the backup had
    QDate backup;              ///< whose; invalid when none was needed, or there was none
    qint64 unreadable = 0;     ///< places at which reading ended, and rows that made no sense
    bool identityLost = false; ///< who this device is could not be read: it is a new one now

    bool operator==(const Salvaged &) const = default;
};

/// One line for terminals and logs: what happened, where the file lies, what to do.
QString describe(const Salvaged &salvaged);

} // namespace simmer::storage

Q_DECLARE_METATYPE(simmer::storage::Salvaged)
