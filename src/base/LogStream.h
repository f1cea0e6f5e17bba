// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/LineWriter.h"
#include "base/Log.h"

namespace simmer {

/// "2026-11-21T16:10:37.123Z warning words": a line as people and programs read it in a file.
QByteArray stampedLine(qint64 wallMs, LogLevel level, const QByteArray &words);

/// A log on a descriptor that somebody reads: a terminal, a pipe, the journal. A reader that stalls
/// loses lines and holds up nobody.
class LogStream final : public LogSink
{
public:
    /// Whether each line begins with its time, or with "<N>", by which systemd's journal knows its
    /// level (sd-daemon(3)) and which adds the time itself.
    enum class Form { Times, Journal };

    /// `clock` must outlive it.
    LogStream(int descriptor, Form form, const Clock &clock);

    void put(LogLevel level, const QByteArray &words) override;

    /// Whether standard error is a stream to systemd's journal (JOURNAL_STREAM, systemd.exec(5)).
    static bool isJournal(int descriptor);

private:
    const Clock &m_clock;
    const Form m_form;
    LineWriter m_writer;
};

} // namespace simmer
