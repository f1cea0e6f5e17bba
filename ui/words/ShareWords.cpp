// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/ShareWords.h"

#include "words/Words.h"

#include <QDateTime>
#include <QLocale>

namespace simmer::ui {

namespace {

/// "2 March", with the year when it is another.
QString dayOf(const QDateTime &time, const QDate &today)
{
    const bool isThisYear = time.date().year() == today.year();
    return QLocale().toString(time.date(), isThisYear ? QStringLiteral("d MMMM")
                                                      : QStringLiteral("d MMMM yyyy"));
}

} // namespace

QString ShareWords::role(Role role)
{
    switch (role) {
    case Role::Owner:
        return tr("Owner");
    case Role::Cook:
        return tr("Cook");
    case Role::Viewer:
        return tr("Viewer");
    }
    Q_UNREACHABLE();
}

QString ShareWords::whatMay(Role role)
{
    switch (role) {
    case Role::Owner:
        return tr("Whoever joins now does everything, and lets other devices in and out.");
    case Role::Cook:
        return tr("Whoever joins now runs timers and edits recipes.");
    case Role::Viewer:
        return tr("Whoever joins now sees timers and recipes, and changes nothing.");
    }
    Q_UNREACHABLE();
}

QString ShareWords::membership(const SharedDevice &device, qint64 now)
{
    const QDateTime joined = QDateTime::fromMSecsSinceEpoch(device.joined);
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    return tr("%1, joined %2").arg(role(device.role), dayOf(joined, today));
}

QString ShareWords::presence(const SharedDevice &device, qint64 now)
{
    if (device.isHere)
        return tr("Here now");
    if (!device.seen)
        return tr("Not seen yet");
    const QDateTime seen = QDateTime::fromMSecsSinceEpoch(*device.seen);
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    if (seen.date() == today)
        return tr("Today %1").arg(Words::hour(*device.seen));
    if (seen.date() == today.addDays(-1))
        return tr("Yesterday %1").arg(Words::hour(*device.seen));
    return dayOf(seen, today);
}

QString ShareWords::spelled(const QString &code)
{
    QString spelled;
    for (const QChar sign : code) {
        const bool isGap = sign == QLatin1Char('-');
        if (!spelled.isEmpty() && !isGap)
            spelled += QLatin1Char(' ');
        spelled += isGap ? QLatin1Char(',') : sign;
    }
    return spelled;
}

QString ShareWords::notShared(const SharingStatus &status)
{
    if (status.takenPort != 0)
        return tr("Other devices can’t join: port %1 is in use.").arg(status.takenPort);
    return status.trouble ? failed(*status.trouble) : QString();
}

QString ShareWords::failed(const Error &error)
{
    switch (error.code) {
    case ErrorCode::DiskFull:
        return tr("The shared kitchen can’t save: disk full. Free some space and try again.");
    case ErrorCode::StoreBusy:
        return tr("Not shared: another program serves this kitchen. Close it and switch on again.");
    case ErrorCode::StoreBroken:
    case ErrorCode::StoreDamaged:
        return tr("Not shared: the shared kitchen’s file is damaged. Switch on again to mend it.");
    case ErrorCode::StoreNewer:
        return tr("Not shared: a newer Simmer wrote the shared kitchen. Update Simmer.");
    case ErrorCode::BadSyntax:
        return tr("Not shared: the kitchen’s key is damaged. Restore it from a backup: %1.")
            .arg(error.context);
    case ErrorCode::NotFound:
        return tr("That device is not in this kitchen any more.");
    case ErrorCode::BadArgument:
    case ErrorCode::FileUnreadable:
    case ErrorCode::TooLarge:
    case ErrorCode::BadEncoding:
    case ErrorCode::NoRecipe:
    case ErrorCode::Unreachable:
    case ErrorCode::Refused:
    case ErrorCode::BadChain:
    case ErrorCode::TimedOut:
    case ErrorCode::Crashed:
        return tr("Sharing failed: %1. Switch it on again.").arg(error.context);
    }
    Q_UNREACHABLE();
}

QString ShareWords::removal(const SharedDevice &device)
{
    return tr("It loses the connection at once, and needs a new code to come back. It keeps the "
              "recipes and timers it has; timers that it started go on here.") +
           (device.role == Role::Owner
                ? QLatin1Char('\n') + tr("It is an owner: it may have let in other devices.")
                : QString());
}

QString ShareWords::offer(const SharingStatus &status)
{
    switch (status.state) {
    case SharingStatus::State::Elsewhere:
        return tr("This device is in a kitchen that another computer shares. New devices join "
                  "there.");
    case SharingStatus::State::Starting:
        return tr("Getting ready…");
    case SharingStatus::State::On:
        return {};
    case SharingStatus::State::Off:
        return status.isPaused
                   ? tr("Sharing is off. Devices that joined go on by themselves, and come back "
                        "when it is on.")
                   : tr("Other devices in your home join with a code. All show the same timers "
                        "and recipes, and each rings by itself. While Simmer is closed here, "
                        "they go on by themselves.");
    }
    Q_UNREACHABLE();
}

} // namespace simmer::ui
