// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/Words.h"

#include "recipes/times/TimerName.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr qint64 SecondMs = 1000;
constexpr qint64 MinuteMs = 60 * SecondMs;

} // namespace

QString Words::moment(qint64 kitchenMs, qint64 nowMs)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(kitchenMs).date();
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    if (day == today)
        return hour(kitchenMs);
    if (day.addDays(1) == today)
        return tr("yesterday %1").arg(hour(kitchenMs));
    //: the day and month of a date in the last weeks, as QDate::toString() has it
    return QLocale().toString(day, tr("d MMM")) + QLatin1Char(' ') + hour(kitchenMs);
}

QString Words::hour(qint64 kitchenMs)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(kitchenMs).time();
    const QLocale locale;
    const bool halves =
        locale.timeFormat(QLocale::ShortFormat).contains(QLatin1Char('a'), Qt::CaseInsensitive);
    if (halves && locale.language() != QLocale::C)
        return locale.toString(time, QLocale::ShortFormat);
    return time.toString(QStringLiteral("HH:mm"));
}

QString Words::minutes(qint64 minutes)
{
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    if (minutes % 60 == 0)
        return tr("%1 h").arg(minutes / 60);
    return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString Words::ago(qint64 ms)
{
    return ms < MinuteMs ? tr("%1 s").arg(ms / SecondMs) : minutes(ms / MinuteMs);
}

QString Words::spoken(qint64 ms)
{
    const qint64 seconds = ms / SecondMs;
    QStringList parts;
    if (seconds >= 3600)
        parts += tr("%n hour(s)", nullptr, int(seconds / 3600));
    if (seconds / 60 % 60 > 0)
        parts += tr("%n minute(s)", nullptr, int(seconds / 60 % 60));
    if (seconds % 60 > 0 || parts.isEmpty())
        parts += tr("%n second(s)", nullptr, int(seconds % 60));
    return parts.join(QLatin1Char(' '));
}

QString Words::left(qint64 ms)
{
    return ms < MinuteMs ? tr("less than a minute")
                         : spoken((ms + MinuteMs - 1) / MinuteMs * MinuteMs);
}

int Words::stepNumber(const timers::Place &place, const recipes::Recipe *recipe)
{
    return recipe ? recipes::stepNumber(*recipe, place.step) : place.step + 1;
}

QString Words::place(const timers::Timer &timer, const recipes::Recipe *recipe)
{
    if (!timer.place)
        return {};
    const QString step = tr("step %1").arg(stepNumber(*timer.place, recipe));
    return recipe ? recipes::shortTitle(recipe->title) + QStringLiteral(" · ") + step : step;
}

QString Words::state(const timers::Timer &timer, const TimerFace &face, qint64 now)
{
    const QString left = Words::left(timers::remainingAt(timer, now));
    switch (face.look) {
    case Look::Ready:
        return tr("ready");
    case Look::Running:
        return tr("running, %1 left, rings at %2").arg(left, hour(timer.endAt));
    case Look::Checking:
        return tr("check now, last call in %1").arg(left);
    case Look::Paused:
        return tr("paused, %1 left").arg(left);
    case Look::Ringing:
        return tr("ringing since %1").arg(hour(timer.endAt));
    case Look::Late:
        return tr("was due %1 ago").arg(ago(face.overdueMs));
    case Look::Done:
        return tr("done");
    }
    Q_UNREACHABLE();
}

QString Words::trouble(const Error &error)
{
    switch (error.code) {
    case ErrorCode::DiskFull:
        return tr("Not saved: disk full. Free some space and try again.");
    case ErrorCode::StoreBroken:
        return tr("Not saved: this profile is damaged. Restore it from a backup.");
    case ErrorCode::StoreDamaged:
        return tr("Not saved: this profile is damaged. Simmer mends it now; try again.");
    case ErrorCode::StoreBusy:
        return tr("Not saved: another program uses this profile. Close it and try again.");
    case ErrorCode::StoreNewer:
        return tr("Not saved: a newer Simmer wrote this profile. Update Simmer.");
    case ErrorCode::FileUnreadable:
        return tr("The file can’t be read.");
    case ErrorCode::TooLarge:
        return tr("Too large: %1.").arg(error.context);
    case ErrorCode::BadEncoding:
        return tr("This is not text. Save it as a web page or UTF-8 text.");
    case ErrorCode::BadSyntax:
        return tr("The file is broken: %1.").arg(error.context);
    case ErrorCode::NoRecipe:
        return tr("No recipe in it. Save a page that shows one recipe, or a .cook file.");
    case ErrorCode::Unreachable:
        return tr("The server can’t be reached. Check the address and that it runs.");
    case ErrorCode::Refused:
        return tr("The server said no: %1.").arg(error.context);
    case ErrorCode::BadChain:
        return tr("The server’s log does not match. Ask for a new code.");
    case ErrorCode::TimedOut:
        return tr("No answer in time. Try again.");
    case ErrorCode::BadArgument:
    case ErrorCode::NotFound:
    case ErrorCode::Crashed:
        return tr("Not done: %1.").arg(error.context);
    }
    Q_UNREACHABLE();
}

QString Words::mended(const MendedProfile &profile)
{
    QString text = tr("This profile was damaged. %n change(s) saved", nullptr, int(profile.saved));
    if (profile.backup.isValid())
        text += tr(", %1 more from the backup of %2")
                    .arg(profile.fromBackup)
                    .arg(QLocale().toString(profile.backup, QLocale::ShortFormat));
    text += profile.complete ? tr(". Nothing is missing.")
                             : tr(". Some may be missing until the kitchen gives them back: look "
                                  "through your timers.");
    if (profile.isNewDevice)
        text += QLatin1Char(' ') + tr("Join the kitchen again: this counts as a new device.");
    if (!profile.damagedFile.isEmpty())
        text += QLatin1Char(' ') + tr("The damaged file is kept: %1").arg(profile.damagedFile);
    return text;
}

QString Words::noBackup(const Error &error)
{
    return error.code == ErrorCode::DiskFull
               ? tr("No backup of this profile today: disk full. Free some space.")
               : tr("No backup of this profile today: %1.").arg(error.context);
}

QString Words::refused(const RefusedPress &press)
{
    struct Named {
        QString operator()(const timers::Start &) const { return tr("Starting %1"); }
        QString operator()(const timers::Pause &) const { return tr("Pausing %1"); }
        QString operator()(const timers::Resume &) const { return tr("Resuming %1"); }
        QString operator()(const timers::Add &) const { return tr("Changing the time of %1"); }
        QString operator()(const timers::Cancel &) const { return tr("Stopping %1"); }
        QString operator()(const timers::Acknowledge &) const { return tr("Silencing %1"); }
        QString operator()(const timers::Snooze &) const { return tr("Snoozing %1"); }
        QString operator()(const timers::Rename &) const { return tr("Renaming %1"); }
        QString operator()(const timers::SetCues &) const { return tr("The calls of %1"); }
        QString operator()(const timers::WriteRecipe &) const { return tr("The recipe %1"); }
        QString operator()(const timers::RemoveRecipe &) const { return tr("Removing %1"); }
        QString operator()(const timers::Cook &) const { return tr("Cooking %1"); }
    };
    return tr("%1 (%2, %3): %4")
        .arg(std::visit(Named(), press.op.action).arg(press.name), press.op.cook, hour(press.op.at),
             press.why);
}

QString Words::link(const syncclient::LinkStatus &status)
{
    using syncclient::LinkState;
    switch (status.state) {
    case LinkState::Alone:
        return tr("This device only");
    case LinkState::Connecting:
        if (status.levelSinceMs == 0)
            return tr("Not in sync yet. Changes wait on this device.");
        return tr("Not in sync since %1. Changes wait on this device.")
            .arg(hour(status.levelSinceMs));
    case LinkState::CatchingUp:
        return tr("Catching up…");
    case LinkState::Level: {
        const auto online = std::count_if(status.devices.cbegin(), status.devices.cend(),
                                          [](const auto &device) { return device.online; });
        return online > 1 ? tr("%n device(s) in sync", nullptr, int(online)) : tr("In sync");
    }
    case LinkState::Removed:
        return tr("This device was removed from the kitchen. Ask for a new code.");
    case LinkState::ReadOnly:
        return tr("Not in sync: a newer Simmer wrote this profile. Update Simmer.");
    case LinkState::Copied:
        return tr(
            "Another computer uses this device's place. Join the kitchen again here or there.");
    }
    Q_UNREACHABLE();
}

QString Words::device(const DeviceId &id, const syncclient::LinkStatus &status)
{
    for (const syncclient::KitchenDevice &device : status.devices)
        if (device.id == id)
            return device.name;
    return {};
}

} // namespace simmer::ui
