// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

#include <QDate>
#include <QList>
#include <QString>

#include <optional>

namespace simmer::storage {

/// Where a server keeps its kitchens, in its folder.
QString kitchenFileIn(const QString &dataDir);

/// What a look at one kitchen's log came to.
struct ProvenChain {
    KitchenId kitchen;
    QString name; ///< empty when nothing tells
    qint64 entries = 0;
    qint64 head = 0;                      ///< seq of the newest, folded or not
    std::optional<qint64> damagedAt = {}; ///< the first seq that is missing, or linked wrongly

    bool operator==(const ProvenChain &) const = default;
};

/// Whether somebody may write the file meanwhile. A copy at rest is read without a trace.
enum class Rest { Living, Still };

/// Looks at a kitchen file without changing it: its pages, then each link of each kitchen's chain
/// (1.5 s for a million here). Errors: StoreDamaged for its pages, StoreNewer, StoreBroken,
/// FileUnreadable.
Expected<QList<ProvenChain>> proveKitchens(const QString &path, Rest rest);

/// The same as an Outcome: StoreDamaged also for a link, and names it.
Outcome proven(const Expected<QList<ProvenChain>> &chains);

/// Looks at the pages of photos.db in that folder, if it is there. Errors: as above.
Outcome checkPhotos(const QString &dataDir, Rest rest);

/// The newest daily copy, and whether it is whole; nothing when there is none.
struct DailyCopy {
    QDate date;
    bool isWhole = false;
};
std::optional<DailyCopy> newestDailyCopy(const QString &dataDir);

} // namespace simmer::storage
