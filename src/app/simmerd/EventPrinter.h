// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/Greeting.h"
#include "base/LineWriter.h"
#include "base/Log.h"
#include "syncserver/SyncServer.h"

#include <QJsonObject>

#include <functional>

namespace simmer::app {

/// Tells what happens, a line an event: in words to the log, and as JSON on standard output for
/// programs, where a reader that stalls loses lines. Standard output has the greeting without
/// --json too. Lives in the main thread.
class EventPrinter : public QObject
{
public:
    /// Both must outlive it.
    EventPrinter(syncserver::SyncServer &server, Log &log, bool json);

    void listening(const Greeting &greeting);
    /// At the first start. The code is a secret: the log never has it.
    void welcome(const Greeting &greeting, const std::optional<syncserver::Invite> &invite);
    void stopped();
    /// Listens to each commit when somebody wants to read of it: else that would cost each one a
    /// wake-up. Called anew when the log's level changed.
    void followOps();

private:
    void device(const char *event, const DeviceId &device, const QString &name);
    void ops(qint64 count, qint64 head);
    void salvaged(const storage::Salvaged &salvaged);
    void trouble(const Error &error);
    void kitchen(LogLevel level, const char *event, const KitchenId &kitchen, const QString &words);
    void listenToKitchens(const syncserver::SyncServer &server);
    void clock(const timers::ClockStatus &status);
    void say(LogLevel level, const std::function<QJsonObject()> &event, const QString &words);

    syncserver::SyncServer &m_server;
    Log &m_log;
    QMetaObject::Connection m_ops;
    std::unique_ptr<LineWriter> m_json; ///< when somebody wants it
};

} // namespace simmer::app
