// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LineWriter.h"
#include "syncserver/SyncServer.h"

#include <QJsonObject>

namespace simmer::app {

/// Prints what happens, a line an event, flushed: JSON or plain words; a reader that stalls loses
/// lines. Lives in the main thread.
class EventPrinter : public QObject
{
public:
    EventPrinter(syncserver::SyncServer &server, bool json);

    void listening(const QUrl &url);
    void stopped();

private:
    void device(const char *event, const DeviceId &device, const QString &name);
    void ops(qint64 count, qint64 head);
    void salvaged(const storage::Salvaged &salvaged);
    void trouble(const Error &error);
    void clock(const timers::ClockStatus &status);
    void say(const QJsonObject &event, const QString &words);

    bool m_json;
    LineWriter m_writer;
};

/// One line on standard output, at once.
void printLine(const QString &line);
/// One line on standard error.
void complain(const QString &what);

} // namespace simmer::app
