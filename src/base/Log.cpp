// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"

#include <QRegularExpression>

#include <atomic>
#include <utility>

namespace simmer {

namespace {

constexpr qsizetype LongestLine = 1000; // characters; a name may come from a stranger

/// Where Qt's message handler, a plain function, finds its log.
std::atomic<Log *> qtLog = nullptr;

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        return LogLevel::Error;
    }
    Q_UNREACHABLE();
}

void takeQtMessage(QtMsgType type, const QMessageLogContext &context, const QString &words)
{
    const LogLevel level = levelOf(type);
    const QLatin1String category(context.category);
    if (level > LogLevel::Warning && category != QLatin1String("default"))
        return;
    if (Log *const log = qtLog)
        log->write(level, words);
}

} // namespace

QLatin1String nameOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Error:
        return QLatin1String("error");
    case LogLevel::Warning:
        return QLatin1String("warning");
    case LogLevel::Info:
        return QLatin1String("info");
    case LogLevel::Debug:
        return QLatin1String("debug");
    }
    Q_UNREACHABLE();
}

QByteArray cleanLine(const QString &words)
{
    // Of a token 64 hexadecimal digits, of a one-time code four groups of four.
    static const QRegularExpression secret(
        QStringLiteral("\\b(?:[0-9a-fA-F]{64,}|[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){3})\\b"));
    QString line = words.left(LongestLine);
    if (words.size() > LongestLine)
        line += QChar(0x2026);
    for (QChar &c : line)
        if (!c.isPrint())
            c = QLatin1Char(' ');
    return line.replace(secret, QStringLiteral("[hidden]")).toUtf8();
}

Log::Log(std::unique_ptr<LogSink> sink, LogLevel most)
    : m_sink(std::move(sink))
    , m_most(most)
{
}

void Log::write(LogLevel level, const QString &words)
{
    const std::lock_guard lock(m_mutex);
    if (level <= m_most)
        m_sink->put(level, cleanLine(words));
}

bool Log::takes(LogLevel level)
{
    const std::lock_guard lock(m_mutex);
    return level <= m_most;
}

void Log::change(std::unique_ptr<LogSink> sink, LogLevel most)
{
    const std::lock_guard lock(m_mutex);
    m_sink = std::move(sink);
    m_most = most;
}

void Log::reopen()
{
    const std::lock_guard lock(m_mutex);
    m_sink->reopen();
}

QtMessages::QtMessages(Log &log)
{
    qtLog = &log;
    qInstallMessageHandler(takeQtMessage);
}

QtMessages::~QtMessages()
{
    qInstallMessageHandler(nullptr);
    qtLog = nullptr;
}

} // namespace simmer
