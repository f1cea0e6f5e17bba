// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DataFolder.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace simmer::storage {

namespace {

const QString LockName = QStringLiteral("lock");
constexpr auto OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

Error unusable(const QString &path)
{
    return {ErrorCode::FileUnreadable,
            path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno)),
            {}};
}

/// Closes a folder to others, unless it holds things that are not ours.
Outcome makePrivate(const QString &path)
{
    errno = 0;
    const QDir folder(path);
    if (!folder.exists() && !folder.mkpath(QStringLiteral(".")))
        return unusable(path);
    const bool ours = folder.exists(LockName) ||
                      folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    if (ours && !QFile::setPermissions(path, OwnerOnly))
        return unusable(path);
    return done();
}

} // namespace

DataFolder::DataFolder(QString path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{
}

DataFolder::~DataFolder()
{
    ::close(m_lock);
}

Expected<std::unique_ptr<DataFolder>> DataFolder::take(const QString &path)
{
    if (const Outcome made = makePrivate(path); !made)
        return made.error();
    const QByteArray lockPath = QFile::encodeName(path + QLatin1Char('/') + LockName);
    const int lock = ::open(lockPath.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return unusable(path);
    std::unique_ptr<DataFolder> folder(new DataFolder(path, lock));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorCode::StoreBusy, QStringLiteral("%1 is in use").arg(path), {}};
    return folder;
}

bool DataFolder::isTaken(const QString &path)
{
    const QByteArray lockPath = QFile::encodeName(path + QLatin1Char('/') + LockName);
    const int lock = ::open(lockPath.constData(), O_RDONLY | O_CLOEXEC);
    if (lock < 0)
        return false;
    const bool taken = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return taken;
}

} // namespace simmer::storage
