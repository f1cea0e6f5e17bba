// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/Salvaged.h"

namespace simmer::storage {

QString describe(const Salvaged &salvaged)
{
    QString line =
        QStringLiteral("the kitchen's file was damaged: %1 entries were saved").arg(salvaged.ops);
    if (salvaged.backup.isValid())
        line += QStringLiteral(", %1 came from the backup of %2")
                    .arg(salvaged.opsFromBackup)
                    .arg(salvaged.backup.toString(Qt::ISODate));
    line += salvaged.unreadable == 0
                ? QStringLiteral(", nothing is missing")
                : QStringLiteral(", some may be missing until other devices or the server give"
                                 " them back");
    if (!salvaged.damagedFile.isEmpty())
        line += QStringLiteral("; the damaged file is kept as ") + salvaged.damagedFile;
    if (salvaged.identityLost)
        line += QStringLiteral("; this is a new device now: pair it again");
    return line;
}

} // namespace simmer::storage
