// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Device.h"

#include <QDir>
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
    if (!QDir().mkpath(profile))
        return Error{ErrorCode::FileUnreadable, QStringLiteral("%1 cannot be made").arg(profile), {}};
    auto lock = std::make_unique<QLockFile>(QDir(profile).filePath(QStringLiteral("lock")));
    lock->setStaleLockTime(0); // held as long as its process lives, however long that is
    if (!lock->tryLock(0)) {
        if (lock->error() != QLockFile::LockFailedError)
            return Error{ErrorCode::FileUnreadable,
                         QStringLiteral("%1 cannot be written").arg(profile), {}};
        return Error{ErrorCode::StoreBusy, QStringLiteral("%1 is in use").arg(profile), {}};
    }
    return std::unique_ptr<Device>(new Device(profile, std::move(lock)));
}

Device::Device(const QString &profile, std::unique_ptr<QLockFile> lock)
    : m_profile(profile)
    , m_lock(std::move(lock))
    , m_log(new storage::DeviceLog(m_clock, profile, cookName()))
    , m_logThread(startThread(QStringLiteral("storage"), m_log))
    , m_recipes(std::make_unique<storage::StoredRecipeBook>(*m_log))
    , m_timers(std::make_unique<timerserver::TimerServer>(m_clock, *m_log))
    , m_sync(std::make_unique<syncclient::SyncClient>(m_clock, *m_log))
{
    connect(m_log, &storage::DeviceLog::openFailed, this, &Device::failed);
    connect(m_log, &storage::DeviceLog::loaded, this, [this](const storage::LoadedLog &log) {
        m_member = log.membership.has_value();
    });
    connect(m_log, &storage::DeviceLog::joined, this, [this] { m_member = true; });
    connect(m_recipes.get(), &recipes::RecipeBook::loaded, this, &Device::partLoaded);
    connect(m_timers.get(), &timerserver::TimerServer::loaded, this, &Device::partLoaded);
    connect(m_sync.get(), &syncclient::SyncClient::offsetMeasured, m_timers.get(),
            &timerserver::TimerServer::steer);
    connect(m_sync.get(), &syncclient::SyncClient::statusChanged, this,
            [this](const syncclient::LinkStatus &status) {
                if (status.state == syncclient::LinkState::Level)
                    m_timers->settle();
            });
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
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/simmer");
}

} // namespace simmer::app
