// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "base/Log.h"

namespace simmer {

/// A log in a file of its own, which never grows beyond its cap: then it becomes FILE.1, and that
/// FILE.2; three are kept. For its owner alone. On a full disk lines are lost and, once there is
/// room, counted; a line is written whole or not at all.
class LogFile final : public LogSink
{
public:
    static constexpr int Kept = 3;

    /// `clock` must outlive it. Errors: FileUnreadable.
    static Expected<std::unique_ptr<LogFile>> open(const QString &path, qint64 mostBytes,
                                                   const Clock &clock);
    ~LogFile() override;
    Q_DISABLE_COPY_MOVE(LogFile)

    void put(LogLevel level, const QByteArray &words) override;
    void reopen() override;

private:
    LogFile(const QString &path, qint64 mostBytes, const Clock &clock);
    bool openFile();
    void closeFile();
    bool rotate();
    bool write(const QByteArray &line);
    QByteArray numbered(int number) const;

    const Clock &m_clock;
    const QByteArray m_path; ///< as the system spells it
    const qint64 m_mostBytes;
    int m_file = -1;
    qint64 m_size = 0;
    qint64 m_lost = 0; ///< lines
};

} // namespace simmer
