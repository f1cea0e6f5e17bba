// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace simmer::storage {

/// Which family of numbered SQL files (src/storage/sql/FAMILY/NNNN.sql) a file follows, and the
/// application_id that marks it.
struct Schema {
    QString family;
    qint32 applicationId = 0;
};

} // namespace simmer::storage
