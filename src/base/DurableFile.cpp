// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/DurableFile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <fcntl.h>
#include <unistd.h>

namespace simmer {

namespace {

constexpr auto ForItsOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

Outcome syncFolder(const QString &path)
{
    const int folder =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return Error{ErrorCode::FileUnreadable, path, {}};
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    return synced ? done() : Outcome(Error{ErrorCode::DiskFull, path, {}});
}

} // namespace

Outcome writeDurably(const QString &path, const QByteArray &bytes)
{
    const QString folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder) ||
        !QFile::setPermissions(folder, ForItsOwner | QFileDevice::ExeOwner))
        return Error{ErrorCode::FileUnreadable, folder, {}};
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(ForItsOwner) &&
                         file.write(bytes) == bytes.size() && file.flush() &&
                         ::fsync(file.handle()) == 0 && file.commit();
    if (!written)
        return Error{ErrorCode::DiskFull, file.errorString(), {}};
    return syncFolder(folder);
}

Outcome removeDurably(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return done();
    if (!file.remove())
        return Error{ErrorCode::FileUnreadable, file.errorString(), {}};
    return syncFolder(QFileInfo(path).path());
}

} // namespace simmer
