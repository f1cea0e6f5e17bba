// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/SyncServer.h"

namespace simmer::app {

/// Prints what happens, a line an event, flushed: JSON or plain words. Lives in the main thread.
class EventPrinter : public QObject
{
public:
    EventPrinter(syncserver::SyncServer &server, bool json);

    void listening(const QUrl &url);
    void stopped();

private:
    void device(const char *event, const DeviceId &device, const QString &name);
    void ops(qint64 count, qint64 head);
    void trouble(const Error &error);

    bool m_json;
};

/// One line on standard output, at once.
void printLine(const QString &line);
/// One line on standard error.
void complain(const Error &error);

} // namespace simmer::app
