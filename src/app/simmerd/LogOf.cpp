// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/LogOf.h"

#include "base/LogFile.h"
#include "base/LogStream.h"

#include <unistd.h>

namespace simmer::app {

Expected<std::unique_ptr<LogSink>> logSinkOf(const Config &config, const Clock &clock)
{
    using Sink = std::unique_ptr<LogSink>;
    using Form = LogStream::Form;
    const auto stream = [&clock](Form form) -> Sink {
        return std::make_unique<LogStream>(STDERR_FILENO, form, clock);
    };
    switch (config.logTo) {
    case LogTo::Auto:
        return stream(LogStream::isJournal(STDERR_FILENO) ? Form::Journal : Form::Times);
    case LogTo::Journald:
        return stream(Form::Journal);
    case LogTo::Stderr:
        return stream(Form::Times);
    case LogTo::File:
        break;
    }
    auto file = LogFile::open(config.logFile, config.logBytes, clock);
    return file ? Expected<Sink>(*std::move(file)) : Expected<Sink>(file.error());
}

} // namespace simmer::app
