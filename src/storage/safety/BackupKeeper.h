// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "storage/safety/Backups.h"

#include <QObject>

namespace simmer::storage {

/// Takes the day's copy of a database: looks when told that the file is open, and each hour. A
/// copy of a large file takes seconds, so it has a thread of its own (base/OwnedThread.h); its
/// commands may be called from any thread, its signals come from its own.
class BackupKeeper : public QObject
{
    Q_OBJECT

public:
    static constexpr int LookEveryMs = 3'600'000;

    /// `clock` must outlive it.
    BackupKeeper(const Clock &clock, const Backups &backups);

    /// When to look first; a file that is new has nothing worth a day's only copy.
    enum class First { Now, Later };
    /// The file is there and sound.
    void begin(First first);

Q_SIGNALS:
    void backedUp(const QString &path);
    /// Tried again within the hour. The older copies stay.
    void backupFailed(const simmer::Error &error);
    /// The file itself is damaged: no copy was taken of that.
    void damageFound(const simmer::Error &error);

private:
    void look();

    const Clock &m_clock;
    Backups m_backups;
    Alarm *m_alarm;
};

} // namespace simmer::storage
