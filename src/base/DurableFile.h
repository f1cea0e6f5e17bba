// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QByteArray>
#include <QString>

namespace simmer {

/// Puts a file, for its owner alone, in the place of an older one: when this returns its bytes and
/// its name are on the disk; on an error the old one is there still. Makes its folder, for its
/// owner alone, when there is none. Blocks for the disk. Errors: DiskFull, FileUnreadable.
Outcome writeDurably(const QString &path, const QByteArray &bytes);

/// Also when there is none. Errors: FileUnreadable, DiskFull.
Outcome removeDurably(const QString &path);

} // namespace simmer
