// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <mutex>

namespace simmer {

/// How much a line of a log matters, most first.
enum class LogLevel { Error, Warning, Info, Debug };

/// "error", "warning", "info", "debug": as files and command lines name them.
QLatin1String nameOf(LogLevel level);

/// Where the lines of a log go. Called by one thread at a time.
class LogSink
{
public:
    LogSink() = default;
    virtual ~LogSink() = default;
    Q_DISABLE_COPY_MOVE(LogSink)

    /// `words` are one line of UTF-8 without its end. Never fails: what can't be written is lost,
    /// and that is told with the next line that can.
    virtual void put(LogLevel level, const QByteArray &words) = 0;
    /// Somebody moved the file away.
    virtual void reopen() {}
};

/// What a program that lives long tells of itself, a line a happening, for those who operate it:
/// nothing secret, no recipe text. May be called from any thread.
class Log
{
public:
    /// Lines up to `most` are written.
    Log(std::unique_ptr<LogSink> sink, LogLevel most);

    void write(LogLevel level, const QString &words);
    /// Whether lines of this level are written.
    bool takes(LogLevel level);
    /// From now on there, and so much.
    void change(std::unique_ptr<LogSink> sink, LogLevel most);
    void reopen();

private:
    std::mutex m_mutex; ///< guards what follows
    std::unique_ptr<LogSink> m_sink;
    LogLevel m_most;
};

/// One line that can neither forge another nor carry a secret: control characters become spaces, a
/// token or a one-time code is hidden (belt and braces: nobody should write one), and what is too
/// long is cut.
QByteArray cleanLine(const QString &words);

/// While it lives, what Qt and our libraries say by qWarning() goes into a log: warnings of anyone,
/// lesser things only of ours. One a process.
class QtMessages
{
public:
    /// `log` must outlive it.
    explicit QtMessages(Log &log);
    ~QtMessages();
    Q_DISABLE_COPY_MOVE(QtMessages)
};

} // namespace simmer
