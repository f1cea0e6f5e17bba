// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LogFile.h"

#include "base/LogStream.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simmer {

LogFile::LogFile(const QString &path, qint64 mostBytes, const Clock &clock)
    : m_clock(clock)
    , m_path(QFile::encodeName(path))
    , m_mostBytes(mostBytes)
{
}

LogFile::~LogFile()
{
    closeFile();
}

Expected<std::unique_ptr<LogFile>> LogFile::open(const QString &path, qint64 mostBytes,
                                                 const Clock &clock)
{
    std::unique_ptr<LogFile> log(new LogFile(path, mostBytes, clock));
    if (!log->openFile())
        return Error{ErrorCode::FileUnreadable,
                     QStringLiteral("the log %1: %2")
                         .arg(path, QString::fromLocal8Bit(std::strerror(errno))),
                     {}};
    return log;
}

bool LogFile::openFile()
{
    m_file = ::open(m_path.constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    struct stat known = {};
    m_size = m_file >= 0 && ::fstat(m_file, &known) == 0 ? qint64(known.st_size) : 0;
    return m_file >= 0;
}

void LogFile::closeFile()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

QByteArray LogFile::numbered(int number) const
{
    return m_path + '.' + QByteArray::number(number);
}

/// The oldest gives way. What can't be moved stays, and no line is written beyond the cap.
bool LogFile::rotate()
{
    for (int number = Kept - 1; number > 0; --number)
        std::rename(numbered(number).constData(), numbered(number + 1).constData());
    if (std::rename(m_path.constData(), numbered(1).constData()) != 0 && errno != ENOENT)
        return false;
    closeFile();
    return openFile();
}

bool LogFile::write(const QByteArray &line)
{
    if (m_size > 0 && m_size + line.size() > m_mostBytes && !rotate())
        return false;
    const ssize_t written = ::write(m_file, line.constData(), size_t(line.size()));
    if (written == ssize_t(line.size())) {
        m_size += line.size();
        return true;
    }
    if (written > 0 && ::ftruncate(m_file, off_t(m_size)) != 0)
        m_size += written; // half a line stays
    return false;
}

void LogFile::put(LogLevel level, const QByteArray &words)
{
    if (m_file < 0 && !openFile()) {
        ++m_lost;
        return;
    }
    QByteArray lines;
    if (m_lost > 0)
        lines = stampedLine(m_clock.wallMs(), LogLevel::Warning,
                            QByteArray::number(m_lost) + " lines could not be written here") +
                '\n';
    lines += stampedLine(m_clock.wallMs(), level, words) + '\n';
    m_lost = write(lines) ? 0 : m_lost + 1;
}

void LogFile::reopen()
{
    closeFile();
    openFile(); // else tried again with the next line
}

} // namespace simmer
