// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QList>

namespace simmer::storage {

/// DESIGN, section 5.
constexpr int DailyBackups = 7;
constexpr int WeeklyBackups = 4;

/// Which backups stay: of those up to `today` the newest seven, and the newest of each of the
/// newest four weeks that have one; of those dated after it (a clock was wrong, then or now) as
/// many again. Counted, never measured by age: no clock, however wrong, empties the shelf.
QList<QDate> backupsToKeep(const QList<QDate> &all, const QDate &today);

} // namespace simmer::storage
