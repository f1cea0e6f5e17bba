// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Device.h"

#include <QDeadlineTimer>
#include <QStandardPaths>

namespace simmer::app {

namespace {

QString cookName()
{
    const QString name = qEnvironmentVariable("SIMMER_COOK", qEnvironmentVariable("USER"));
    return name.isEmpty() ? QStringLiteral("Cook") : name.left(64);
}

} // namespace

Expected<std::unique_ptr<Device>> Device::take(const QString &profile)
{
    auto folder = storage::DataFolder::take(profile);
    if (!folder)
        return folder.error();
    return std::unique_ptr<Device>(new Device(profile, *std::move(folder)));
}

Expected<std::unique_ptr<Device>> Device::takeWaiting(const QString &profile, int ms)
{
    const QDeadlineTimer deadline(ms);
    auto device = take(profile);
    while (!device && device.error().code == ErrorCode::StoreBusy && !deadline.hasExpired()) {
        QThread::msleep(20);
        device = take(profile);
    }
    return device;
}

Device::Device(const QString &profile, std::unique_ptr<storage::DataFolder> folder)
    : m_profile(profile)
    , m_folder(std::move(folder))
    , m_log(new storage::DeviceLog(m_clock, profile, cookName()))
    , m_logThread(startThread(QStringLiteral("storage"), m_log))
    , m_keeper(new storage::BackupKeeper(
          m_clock, {storage::DeviceStore::fileIn(profile), storage::DeviceStore::schema()}))
    , m_keeperThread(startThread(QStringLiteral("backups"), m_keeper))
    , m_recipes(std::make_unique<storage::StoredRecipeBook>(*m_log))
    , m_cooking(std::make_unique<timerserver::CookingSessions>(m_clock, *m_log))
    , m_timers(std::make_unique<timerserver::TimerServer>(m_clock, *m_log))
    , m_sync(std::make_unique<syncclient::SyncClient>(m_clock, *m_log))
{
    connect(m_log, &storage::DeviceLog::openFailed, this, &Device::failed);
    connect(m_log, &storage::DeviceLog::loaded, this, [this](const storage::LoadedLog &log) {
        m_member = log.membership.has_value();
        m_new = log.ops.isEmpty() && !m_member;
        if (!log.readOnly)
            m_keeper->begin(m_new ? storage::BackupKeeper::First::Later
                                  : storage::BackupKeeper::First::Now);
        partLoaded();
    });
    connect(m_log, &storage::DeviceLog::salvaged, this, &Device::salvaged);
    connect(m_keeper, &storage::BackupKeeper::backupFailed, this, &Device::backupFailed);
    connect(m_keeper, &storage::BackupKeeper::damageFound, m_log, &storage::DeviceLog::mend);
    connect(m_log, &storage::DeviceLog::joined, this, [this] { m_member = true; });
    connect(m_recipes.get(), &recipes::RecipeBook::loaded, this, &Device::partLoaded);
    connect(m_cooking.get(), &timerserver::CookingSessions::loaded, this, &Device::partLoaded);
    connect(m_timers.get(), &timerserver::TimerServer::loaded, this, &Device::partLoaded);
    connect(m_sync.get(), &syncclient::SyncClient::statusChanged, this,
            [this](const syncclient::LinkStatus &status) {
                if (status.state == syncclient::LinkState::Level)
                    m_timers->settle();
            });
}

void Device::setCook(const QString &name)
{
    m_log->setCook(name.isEmpty() ? cookName() : name);
}

QString Device::nameOf(const timers::Op &op) const
{
    if (const auto recipe = timers::recipeOf(op))
        return m_recipes->recipes().value(*recipe).title;
    if (const auto *cook = std::get_if<timers::Cook>(&op.action))
        return m_recipes->recipes().value(cook->recipe).title;
    const auto timer = m_timers->timers().constFind(TimerId(op.subject));
    if (timer != m_timers->timers().cend())
        return timer->name;
    const auto *start = std::get_if<timers::Start>(&op.action); // refused, so it began none
    return start ? start->name : QString();
}

void Device::start()
{
    m_log->open();
}

void Device::partLoaded()
{
    if (--m_partsMissing == 0)
        Q_EMIT ready();
}

QString defaultProfile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/simmer");
}

} // namespace simmer::app
