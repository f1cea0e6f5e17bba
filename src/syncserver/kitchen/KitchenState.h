// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "base/Mood.h"

#include <QString>

namespace simmer::syncserver {

/// How a kitchen stands, for whoever runs the server.
struct KitchenState {
    KitchenId id;
    QString name;
    bool awake = false;
    qsizetype devices = 0;
    qsizetype online = 0;
    Mood mood = Mood::Quiet;
    double score = 0;
    qint64 head = 0;
    qint64 failures = 0; ///< of its workers, since the server's start
    bool safeMode = false;

    bool operator==(const KitchenState &) const = default;
};

} // namespace simmer::syncserver
