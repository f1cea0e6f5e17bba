// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace simmer::storage {

namespace {

Error failed(ErrorCode code, const QString &path)
{
    return {code, path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno)), {}};
}

Outcome syncDescriptor(const QString &path, int flags)
{
    const int file = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (file < 0)
        return failed(ErrorCode::FileUnreadable, path);
    const bool synced = ::fsync(file) == 0;
    const Outcome outcome = synced ? done() : Outcome(failed(ErrorCode::DiskFull, path));
    ::close(file);
    return outcome;
}

Outcome syncFolderOf(const QString &path)
{
    return syncDescriptor(QFileInfo(path).absolutePath(), O_RDONLY | O_DIRECTORY);
}

Files *&current()
{
    static Files system;
    static Files *files = &system;
    return files;
}

} // namespace

void Files::use(Files &files)
{
    current() = &files;
}

Files &Files::used()
{
    return *current();
}

qint64 Files::size(const QString &path) const
{
    return QFileInfo(path).size();
}

bool Files::exists(const QString &path) const
{
    return QFile::exists(path);
}

std::unique_ptr<QIODevice> Files::read(const QString &path) const
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return nullptr;
    return file;
}

Outcome Files::rename(const QString &from, const QString &to)
{
    // link + unlink instead of rename(2), which would replace what is there
    const QByteArray source = QFile::encodeName(from);
    if (::link(source.constData(), QFile::encodeName(to).constData()) != 0) {
        const bool cannotLink = errno == EPERM || errno == ENOTSUP || errno == ENOSYS;
        if (!cannotLink || QFile::exists(to) || !QFile::rename(from, to))
            return failed(ErrorCode::FileUnreadable, from);
    } else if (::unlink(source.constData()) != 0) {
        return failed(ErrorCode::FileUnreadable, from);
    }
    return syncFolderOf(to);
}

Outcome Files::remove(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return failed(ErrorCode::FileUnreadable, path);
    return done();
}

QStringList Files::list(const QString &folder) const
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

Outcome Files::sync(const QString &path)
{
    const Outcome synced = syncDescriptor(path, O_RDWR);
    return synced ? syncFolderOf(path) : synced;
}

Outcome Files::makeFolder(const QString &path)
{
    if (!QDir().mkpath(path) ||
        !QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                         QFileDevice::ExeOwner))
        return failed(ErrorCode::FileUnreadable, path);
    return done();
}

QStringList withCompanions(const QString &path)
{
    return {path + QStringLiteral("-wal"), path + QStringLiteral("-shm"), path};
}

} // namespace simmer::storage
