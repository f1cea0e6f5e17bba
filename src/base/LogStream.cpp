// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LogStream.h"

#include <QDateTime>

#include <sys/stat.h>

namespace simmer {

namespace {

/// As syslog(3) counts.
int priorityOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Error:
        return 3;
    case LogLevel::Warning:
        return 4;
    case LogLevel::Info:
        return 6;
    case LogLevel::Debug:
        return 7;
    }
    Q_UNREACHABLE();
}

QByteArray lineOf(LogStream::Form form, qint64 wallMs, LogLevel level, const QByteArray &words)
{
    if (form == LogStream::Form::Times)
        return stampedLine(wallMs, level, words);
    return '<' + QByteArray::number(priorityOf(level)) + '>' + words;
}

} // namespace

QByteArray stampedLine(qint64 wallMs, LogLevel level, const QByteArray &words)
{
    const QString time =
        QDateTime::fromMSecsSinceEpoch(wallMs, Qt::UTC).toString(Qt::ISODateWithMs);
    return time.toLatin1() + ' ' + QByteArray(nameOf(level).data()).leftJustified(7) + ' ' + words;
}

LogStream::LogStream(int descriptor, Form form, const Clock &clock)
    : m_clock(clock)
    , m_form(form)
    , m_writer(descriptor, [form, &clock](qint64 lines) {
        return lineOf(form, clock.wallMs(), LogLevel::Warning,
                      QStringLiteral("%1 lines that nobody read are lost").arg(lines).toUtf8());
    })
{
}

void LogStream::put(LogLevel level, const QByteArray &words)
{
    m_writer.put(lineOf(m_form, m_clock.wallMs(), level, words));
}

bool LogStream::isJournal(int descriptor)
{
    struct stat known = {};
    if (::fstat(descriptor, &known) != 0)
        return false;
    return qgetenv("JOURNAL_STREAM") == QByteArray::number(quint64(known.st_dev)) + ':' +
                                            QByteArray::number(quint64(known.st_ino));
}

} // namespace simmer
