// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/WalSync.h"

#include "storage/Files.h"

#include <QFile>

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

} // namespace

WalSync::WalSync(QString path, int descriptor)
    : m_path(std::move(path))
    , m_descriptor(descriptor)
{
}

WalSync::~WalSync()
{
    ::close(m_descriptor);
}

/// Whoever was killed may have left a WAL of which the disk has nothing yet, not even its name.
Expected<std::shared_ptr<const WalSync>> WalSync::open(const QString &path)
{
    const QString wal = withCompanions(path).constFirst();
    const int descriptor = ::open(QFile::encodeName(wal).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return failed(ErrorCode::FileUnreadable, wal);
    const std::shared_ptr<const WalSync> sync(new WalSync(wal, descriptor));
    if (const Outcome named = Files::used().sync(wal); !named)
        return named.error();
    return sync;
}

Outcome WalSync::sync() const
{
    if (::fdatasync(m_descriptor) == 0)
        return done();
    const QString what = m_path + QStringLiteral(": the disk did not take what was written");
    return failed(ErrorCode::DiskFull, what);
}

} // namespace simmer::storage
