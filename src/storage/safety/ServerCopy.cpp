// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/ServerCopy.h"

#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/kitchen/ServerStore.h"
#include "storage/photos/BlobStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace simmer::storage {

namespace {

constexpr qint64 LargestSmallFile = 64 * 1024; // keys and certificates have a few KiB

Error failed(ErrorCode code, const QString &path, const QString &why)
{
    return {code, QStringLiteral("%1: %2").arg(path, why), {}};
}

/// What belongs to a running server, or to one database, and not to the copy.
bool isPassing(const QString &name)
{
    static const QStringList passing{QStringLiteral("lock"), QStringLiteral("control"),
                                     QStringLiteral("server.json")};
    return passing.contains(name) || name.contains(QLatin1String(".db")) ||
           name.contains(QLatin1String(".before-restore-"));
}

/// Keys and the like: whatever else lies in the folder and is small.
QStringList smallFilesIn(const QString &folder)
{
    QStringList names;
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name);
    for (const QFileInfo &file : files)
        if (!isPassing(file.fileName()) && !file.isSymLink() && file.size() <= LargestSmallFile)
            names += file.fileName();
    return names;
}

Outcome copyFile(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.copy(to))
        return failed(ErrorCode::DiskFull, to, file.errorString());
    if (!QFile::setPermissions(to, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failed(ErrorCode::FileUnreadable, to, QStringLiteral("its mode cannot be set"));
    return Files::used().sync(to);
}

Outcome copyDatabase(const QString &from, const Schema &schema, Rest rest, const QString &to)
{
    const auto database = Database::openReading(
        from, schema, rest == Rest::Living ? Database::Reading::Living : Database::Reading::Still);
    return database ? (*database)->copyInto(to) : Outcome(database.error());
}

/// A copy at rest in a folder. The kitchens go before the photos: an op comes after the photo that
/// it names, so that the copy lacks none.
Outcome copyAll(const QString &dataDir, const QString &into)
{
    if (const Outcome copied = copyDatabase(kitchenFileIn(dataDir), ServerStore::schema(),
                                            Rest::Living, kitchenFileIn(into));
        !copied)
        return copied;
    const QString photos = BlobStore::fileIn(dataDir);
    if (Files::used().exists(photos))
        if (const Outcome copied =
                copyDatabase(photos, BlobStore::schema(), Rest::Living, BlobStore::fileIn(into));
            !copied)
            return copied;
    for (const QString &name : smallFilesIn(dataDir))
        if (const Outcome copied =
                copyFile(QDir(dataDir).filePath(name), QDir(into).filePath(name));
            !copied)
            return copied;
    return done();
}

qint64 sizeOf(const QString &folder)
{
    qint64 bytes = 0;
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &file : files)
        bytes += file.size();
    return bytes;
}

/// One thing that goes into the server's folder: it lies there under `staged` already.
struct Part {
    QString place;
    QString staged;
};

/// Copies to beside their places; undone when this goes before all are in place.
class Staging
{
public:
    ~Staging()
    {
        for (const Part &part : m_parts)
            QFile::remove(part.staged);
    }

    /// Where to copy what shall be at `place`.
    QString add(const QString &place)
    {
        m_parts += {place, place + QStringLiteral(".db-restoring")};
        QFile::remove(m_parts.constLast().staged); // of a restore that was killed
        return m_parts.constLast().staged;
    }

    /// All of them, or none.
    Expected<QStringList> putInPlace(const QString &mark)
    {
        QStringList aside;
        for (const Part &part : m_parts) {
            const QString kept = part.place + QStringLiteral(".before-restore-") + mark;
            for (const QString &ending :
                 {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()})
                if (Files::used().exists(part.place + ending))
                    if (const Outcome moved = move(part.place + ending, kept + ending); !moved)
                        return moved.error();
            if (Files::used().exists(kept))
                aside += kept;
            if (const Outcome moved = move(part.staged, part.place); !moved)
                return moved.error();
        }
        return aside;
    }

private:
    Outcome move(const QString &from, const QString &to)
    {
        const Outcome moved = Files::used().rename(from, to);
        if (moved) {
            m_moves.prepend({from, to});
            return moved;
        }
        for (const auto &[source, place] : std::as_const(m_moves))
            if (const Outcome back = Files::used().rename(place, source); !back)
                return Error::because(moved.error().code, moved.error().context, back.error());
        return moved;
    }

    QList<std::pair<QString, QString>> m_moves; ///< the newest first
    QList<Part> m_parts;
};

bool isSame(const QString &one, const QString &other)
{
    QFile first(one);
    QFile second(other);
    return first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly) &&
           first.readAll() == second.readAll();
}

Outcome stageFolder(const QString &from, const QString &dataDir, Staging &staging)
{
    const QString photos = BlobStore::fileIn(from);
    if (const Outcome sound = checkPhotos(from, Rest::Still); !sound)
        return sound;
    if (Files::used().exists(photos))
        if (const Outcome copied = copyDatabase(photos, BlobStore::schema(), Rest::Still,
                                                staging.add(BlobStore::fileIn(dataDir)));
            !copied)
            return copied;
    for (const QString &name : smallFilesIn(from)) {
        const QString source = QDir(from).filePath(name);
        const QString place = QDir(dataDir).filePath(name);
        if (isSame(source, place))
            continue;
        if (const Outcome copied = copyFile(source, staging.add(place)); !copied)
            return copied;
    }
    return done();
}

} // namespace

Expected<ServerCopy> copyServer(const QString &dataDir, const QString &into)
{
    if (QFileInfo::exists(into))
        return failed(ErrorCode::Refused, into, QStringLiteral("is there already"));
    QTemporaryDir unfinished(QFileInfo(into).path() + QStringLiteral("/.simmer-backup-XXXXXX"));
    if (!unfinished.isValid())
        return failed(ErrorCode::FileUnreadable, into, unfinished.errorString());
    if (const Outcome copied = copyAll(dataDir, unfinished.path()); !copied)
        return copied.error();
    const auto chains = proveKitchens(kitchenFileIn(unfinished.path()), Rest::Still);
    if (const Outcome whole = proven(chains); !whole) {
        const Outcome original = proven(proveKitchens(kitchenFileIn(dataDir), Rest::Living));
        return original ? Error::because(ErrorCode::StoreBroken,
                                         QStringLiteral("the copy is not whole"), whole.error())
                        : original.error(); // else the disk lies, not the server
    }
    if (std::rename(QFile::encodeName(unfinished.path()).constData(),
                    QFile::encodeName(into).constData()) != 0)
        return failed(ErrorCode::FileUnreadable, into,
                      QString::fromLocal8Bit(std::strerror(errno)));
    unfinished.setAutoRemove(false);
    if (const Outcome synced = Files::used().sync(kitchenFileIn(into)); !synced)
        return synced.error();
    return ServerCopy{into, *chains, sizeOf(into)};
}

Expected<RestoredServer> restoreServer(const QString &dataDir, const QString &from,
                                       const QString &mark)
{
    const bool isFolder = QFileInfo(from).isDir();
    const QString source = isFolder ? kitchenFileIn(from) : from;
    if (Files::used().size(source + QStringLiteral("-wal")) > 0)
        return failed(ErrorCode::Refused, source,
                      QStringLiteral("is no copy but the file of a server, which has more in its "
                                     "-wal; make a copy by simmerd backup"));
    const auto chains = proveKitchens(source, Rest::Still);
    if (const Outcome whole = proven(chains); !whole)
        return Error::because(ErrorCode::Refused, QStringLiteral("the copy is not whole"),
                              whole.error());
    if (Database::isNewer(source, ServerStore::schema()))
        return failed(ErrorCode::StoreNewer, source,
                      QStringLiteral("was written by a newer simmerd"));
    Staging staging;
    const QString staged = staging.add(kitchenFileIn(dataDir));
    if (const Outcome copied = copyDatabase(source, ServerStore::schema(), Rest::Still, staged);
        !copied)
        return copied.error();
    if (const Outcome whole = proven(proveKitchens(staged, Rest::Still)); !whole)
        return Error::because(ErrorCode::StoreBroken, staged, whole.error());
    if (isFolder)
        if (const Outcome others = stageFolder(from, dataDir, staging); !others)
            return others.error();
    const Expected<QStringList> aside = staging.putInPlace(mark);
    if (!aside)
        return aside.error();
    return RestoredServer{*chains, *aside};
}

} // namespace simmer::storage
