// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/safety/Inspection.h"

#include <QStringList>

namespace simmer::storage {

/// What a copy of a server's folder holds.
struct ServerCopy {
    QString path;
    QList<ProvenChain> chains;
    qint64 bytes = 0;
};

/// Copies what makes a server into the new folder `into`, while it may run: the kitchens, the
/// photos, and its small files (keys). Nobody waits for it. The copy is proven link by link before
/// it gets its name. Errors: Refused when `into` is there, DiskFull, FileUnreadable, and
/// StoreDamaged when what is copied is.
Expected<ServerCopy> copyServer(const QString &dataDir, const QString &into);

/// What a restored server has, and under which names its folder keeps what was there before.
struct RestoredServer {
    QList<ProvenChain> chains;
    QStringList setAside;
};

/// Puts a copy (such a folder, or a kitchen file alone) in the place of what the folder has; that
/// is set aside under names with `mark`. The copy is proven first; until it is, and lies in the
/// folder, nothing is changed. Whoever calls this holds the folder (DataFolder). Photos stay when
/// the copy has none. Errors: as copyServer().
Expected<RestoredServer> restoreServer(const QString &dataDir, const QString &from,
                                       const QString &mark);

} // namespace simmer::storage
