// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/BackupKeeper.h"

#include <QDateTime>

namespace simmer::storage {

BackupKeeper::BackupKeeper(const Clock &clock, const Backups &backups)
    : m_clock(clock)
    , m_backups(backups)
    , m_alarm(clock.makeAlarm(this))
{
    connect(m_alarm, &Alarm::rang, this, &BackupKeeper::look);
}

void BackupKeeper::begin(First first)
{
    QMetaObject::invokeMethod(
        this,
        [this, first] {
            if (first == First::Now)
                look();
            else
                m_alarm->set(LookEveryMs);
        },
        Qt::QueuedConnection);
}

void BackupKeeper::look()
{
    m_alarm->set(LookEveryMs);
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.wallMs()).date();
    if (!m_backups.isDue(today))
        return;
    const Outcome taken = m_backups.take(today);
    if (taken) {
        Q_EMIT backedUp(m_backups.pathOf(today));
    } else if (taken.error().code == ErrorCode::StoreDamaged) {
        Q_EMIT damageFound(taken.error());
    } else {
        qWarning("no backup today: %s", qUtf8Printable(describe(taken.error())));
        Q_EMIT backupFailed(taken.error());
    }
}

} // namespace simmer::storage
