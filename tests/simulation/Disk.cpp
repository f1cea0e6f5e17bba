// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/Disk.h"

#include <QDir>

#include <algorithm>
#include <cstring>
#include <sqlite3.h>
#include <vector>

namespace simmer::simulation {

namespace {

constexpr int Sector = 512;

Disk *theDisk = nullptr; // SQLite's callbacks have no better place

/// What SQLite calls a file; its first member is SQLite's own.
struct Handle {
    sqlite3_file base;
    std::shared_ptr<DiskFile> *file;
    QString *path;
    std::vector<std::vector<char>> *shared; ///< the WAL index: one connection a file, so it is ours
};

Handle &handle(sqlite3_file *file)
{
    return *reinterpret_cast<Handle *>(file);
}

void apply(QByteArray &bytes, const DiskFile::Write &write, qsizetype length)
{
    if (write.bytes.isNull()) {
        bytes.truncate(write.at);
        return;
    }
    if (bytes.size() < write.at + length)
        bytes.append(write.at + length - bytes.size(), '\0');
    std::memcpy(bytes.data() + write.at, write.bytes.constData(), size_t(length));
}

int closeFile(sqlite3_file *file)
{
    Handle &open = handle(file);
    delete open.file;
    delete open.path;
    delete open.shared;
    return SQLITE_OK;
}

int readFile(sqlite3_file *file, void *into, int amount, sqlite3_int64 from)
{
    const QByteArray &bytes = (*handle(file).file)->seen;
    const qsizetype there = std::clamp<qsizetype>(bytes.size() - from, 0, amount);
    std::memcpy(into, bytes.constData() + from, size_t(there));
    if (there == amount)
        return SQLITE_OK;
    std::memset(static_cast<char *>(into) + there, 0, size_t(amount - there));
    return SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file *file, const void *from, int amount, sqlite3_int64 at)
{
    Handle &open = handle(file);
    DiskFile &written = **open.file;
    if (at + amount > written.seen.size() && theDisk->isFull(*open.path))
        return SQLITE_FULL;
    DiskFile::Write write{at, QByteArray(static_cast<const char *>(from), amount),
                          written.seen.mid(at, amount), written.seen.size()};
    apply(written.seen, write, amount);
    written.unsynced += std::move(write);
    return SQLITE_OK;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    DiskFile &cut = **handle(file).file;
    cut.unsynced += DiskFile::Write{size, {}, cut.seen.mid(size), cut.seen.size()};
    cut.seen.truncate(size);
    return SQLITE_OK;
}

int syncFile(sqlite3_file *file, int)
{
    (*handle(file).file)->unsynced.clear();
    return SQLITE_OK;
}

int sizeOfFile(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = (*handle(file).file)->seen.size();
    return SQLITE_OK;
}

int lockFile(sqlite3_file *, int)
{
    return SQLITE_OK;
}

int checkLock(sqlite3_file *, int *locked)
{
    *locked = 0;
    return SQLITE_OK;
}

int control(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *)
{
    return Sector;
}

int characteristics(sqlite3_file *)
{
    return 0;
}

int mapShared(sqlite3_file *file, int region, int size, int extend, void volatile **into)
{
    auto &regions = *handle(file).shared;
    if (size_t(region) >= regions.size()) {
        if (!extend) {
            *into = nullptr;
            return SQLITE_OK;
        }
        regions.resize(size_t(region) + 1);
    }
    auto &bytes = regions[size_t(region)];
    if (bytes.empty())
        bytes.resize(size_t(size), 0);
    *into = bytes.data();
    return SQLITE_OK;
}

int lockShared(sqlite3_file *, int, int, int)
{
    return SQLITE_OK;
}

void barrier(sqlite3_file *) {}

int unmapShared(sqlite3_file *file, int)
{
    handle(file).shared->clear();
    return SQLITE_OK;
}

const sqlite3_io_methods Methods{2,        closeFile,   readFile,        writeFile, truncateFile,
                                 syncFile, sizeOfFile,  lockFile,        lockFile,  checkLock,
                                 control,  sectorSize,  characteristics, mapShared, lockShared,
                                 barrier,  unmapShared, nullptr,         nullptr};

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    const QString path = name ? QString::fromUtf8(name) : QStringLiteral("temporary");
    auto &files = theDisk->files();
    auto known = files.find(path);
    if (known == files.end()) {
        if (!(flags & SQLITE_OPEN_CREATE))
            return SQLITE_CANTOPEN;
        known = files.emplace(path, std::make_shared<DiskFile>()).first;
    }
    Handle &open = handle(file);
    open.file = new std::shared_ptr<DiskFile>(known->second);
    open.path = new QString(path);
    open.shared = new std::vector<std::vector<char>>();
    open.base.pMethods = &Methods;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs *, const char *name, int)
{
    theDisk->files().erase(QString::fromUtf8(name));
    return SQLITE_OK;
}

int access(sqlite3_vfs *, const char *name, int, int *there)
{
    const auto &files = theDisk->files();
    *there = files.find(QString::fromUtf8(name)) != files.end();
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs *, const char *name, int room, char *into)
{
    sqlite3_snprintf(room, into, "%s", name);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs *, int amount, char *into)
{
    static std::mt19937_64 chance(1); // WAL salts: any will do, but the same in each replay
    for (int i = 0; i < amount; ++i)
        into[i] = char(chance());
    return amount;
}

int sleepFor(sqlite3_vfs *, int microseconds)
{
    return microseconds;
}

int currentTime(sqlite3_vfs *, double *days)
{
    *days = 2'460'000;
    return SQLITE_OK;
}

bool isBelow(const QString &path, const QString &folder)
{
    return path.startsWith(folder + QLatin1Char('/'));
}

std::shared_ptr<DiskFile> copied(const DiskFile &file)
{
    return std::make_shared<DiskFile>(file);
}

} // namespace

QByteArray DiskFile::durable() const
{
    QByteArray bytes = seen;
    for (auto write = unsynced.crbegin(); write != unsynced.crend(); ++write) {
        bytes.resize(std::max(write->sizeBefore, write->at + write->before.size()));
        std::memcpy(bytes.data() + write->at, write->before.constData(),
                    size_t(write->before.size()));
        bytes.truncate(write->sizeBefore);
    }
    return bytes;
}

Disk &Disk::install()
{
    static Disk disk;
    static sqlite3_vfs vfs{1,        sizeof(Handle), 1024,       nullptr, "simmer-simulation",
                           nullptr,  openFile,       deleteFile, access,  fullPath,
                           nullptr,  nullptr,        nullptr,    nullptr, randomness,
                           sleepFor, currentTime,    nullptr,    nullptr, nullptr,
                           nullptr,  nullptr};
    if (!theDisk) {
        theDisk = &disk;
        // One thread, and many small files that come and go: SQLite need not lock, nor count
        // memory.
        sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1024, 400);
        sqlite3_vfs_register(&vfs, 1);
    }
    return disk;
}

QString Disk::folder(const QString &machine) const
{
    QDir(m_root.path()).mkpath(machine);
    return m_root.filePath(machine);
}

void Disk::makeBlank(const QString &path, const storage::Schema &schema)
{
    auto &blank = m_blanks[schema.family];
    if (!blank) {
        if (const auto made = storage::Database::open(path, schema); !made)
            qFatal("no blank file: %s", qUtf8Printable(describe(made.error())));
        blank = copied(*m_files.at(path));
    }
    m_files.insert_or_assign(path, copied(*blank));
}

void Disk::clear()
{
    m_files.clear();
    m_full.clear();
    m_powerCuts = 0;
}

Disk::Files Disk::image(const QString &folder) const
{
    Files image;
    for (const auto &[path, file] : m_files)
        if (isBelow(path, folder))
            image.emplace(path.mid(folder.size()), copied(*file));
    return image;
}

void Disk::restore(const QString &folder, const Files &image)
{
    std::erase_if(m_files, [&](const auto &entry) { return isBelow(entry.first, folder); });
    for (const auto &[path, file] : image)
        m_files.emplace(folder + path, copied(*file));
}

void Disk::sync(const QString &path)
{
    if (const auto file = m_files.find(path); file != m_files.end())
        file->second->unsynced.clear();
}

void Disk::cutPower(const QString &folder, std::mt19937_64 &chance)
{
    ++m_powerCuts;
    for (auto &[path, file] : m_files) {
        if (!isBelow(path, folder))
            continue;
        QByteArray left = file->durable();
        for (const DiskFile::Write &write : std::as_const(file->unsynced)) {
            const qsizetype length = write.bytes.size();
            switch (chance() % 3) {
            case 0:
                break; // lost
            case 1:
                apply(left, write, length);
                break;
            default: // torn at a sector
                if (!write.bytes.isNull())
                    apply(left, write, length / Sector * qsizetype(chance() % 8) / 8 * Sector);
            }
        }
        file->seen = left;
        file->unsynced.clear();
    }
}

void Disk::setFull(const QString &folder, bool full)
{
    m_full.removeAll(folder);
    if (full)
        m_full += folder;
}

bool Disk::isFull(const QString &path) const
{
    return std::any_of(m_full.cbegin(), m_full.cend(),
                       [&](const QString &folder) { return isBelow(path, folder); });
}

} // namespace simmer::simulation
