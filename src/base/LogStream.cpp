// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LogStream.h"

#include <array>
#include <chrono>
#include <cstdio>
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
    using namespace std::chrono; // QDateTime takes as long as all the rest of a line
    const sys_time<milliseconds> at{milliseconds(wallMs)};
    const auto midnight = floor<days>(at);
    const year_month_day day(midnight);
    const hh_mm_ss time(at - midnight);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ %-7s ",
                  int(day.year()), unsigned(day.month()), unsigned(day.day()),
                  int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()),
                  nameOf(level).data());
    return text.data() + words;
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
