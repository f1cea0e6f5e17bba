// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/EventPrinter.h"

#include "app/simmerd/Console.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace simmer::app {

namespace {

using K = QLatin1String;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

using timers::ClockSource;
using timers::ClockStatus;

/// The sources' names for programs.
K nameOf(ClockSource source)
{
    switch (source) {
    case ClockSource::Nothing:
        return K("none");
    case ClockSource::Kept:
        return K("kept");
    case ClockSource::TimeServer:
        return K("time-server");
    case ClockSource::Devices:
        return K("devices");
    case ClockSource::WallClocks:
        return K("wall-clocks");
    case ClockSource::OwnWall:
        return K("own-clock");
    case ClockSource::NewestKnown:
        return K("newest-entry");
    }
    Q_UNREACHABLE();
}

QString inWords(const ClockStatus &status)
{
    switch (status.source) {
    case ClockSource::Nothing:
        return QStringLiteral("waits for the devices to tell the time");
    case ClockSource::Kept:
        return QStringLiteral("goes on as before in this boot");
    case ClockSource::TimeServer:
        return QStringLiteral("synchronised by a time server");
    case ClockSource::Devices:
        return QStringLiteral("goes on with the time of %1 of %2 devices, within %3 ms")
            .arg(status.agreeing)
            .arg(status.asked)
            .arg(status.withinMs);
    case ClockSource::WallClocks:
        return QStringLiteral("agrees with %1 of %2 wall clocks, within %3 ms")
            .arg(status.agreeing)
            .arg(status.asked)
            .arg(status.withinMs);
    case ClockSource::OwnWall:
        return QStringLiteral("goes by this machine's clock, which no time server has set");
    case ClockSource::NewestKnown:
        return QStringLiteral("goes on from the newest entry: set this machine's clock");
    }
    Q_UNREACHABLE();
}

} // namespace

EventPrinter::EventPrinter(syncserver::SyncServer &server, Log &log, bool json)
    : m_server(server)
    , m_log(log)
{
    if (json)
        m_json = std::make_unique<LineWriter>(fileno(stdout), [](qint64 lines) {
            return compact({{K("event"), K("skipped")}, {K("lines"), lines}});
        });
    using syncserver::SyncServer;
    connect(&server, &SyncServer::deviceJoined, this,
            [this](const DeviceId &id, const QString &name) { device("joined", id, name); });
    connect(&server, &SyncServer::deviceConnected, this,
            [this](const DeviceId &id, const QString &name) { device("connected", id, name); });
    connect(&server, &SyncServer::deviceDisconnected, this,
            [this](const DeviceId &id, const QString &name) { device("disconnected", id, name); });
    connect(&server, &SyncServer::salvaged, this,
            [this](const storage::Salvaged &what) { salvaged(what); });
    connect(&server, &SyncServer::troubled, this, [this](const Error &error) { trouble(error); });
    connect(&server, &SyncServer::warned, this, [this](const QString &what) {
        say(
            LogLevel::Warning,
            [&] {
                return QJsonObject{{K("event"), K("warning")}, {K("what"), what}};
            },
            what);
    });
    connect(&server, &SyncServer::clockJudged, this,
            [this](const ClockStatus &status) { clock(status); });
    listenToKitchens(server);
    followOps();
}

void EventPrinter::listenToKitchens(const syncserver::SyncServer &server)
{
    using syncserver::SyncServer;
    const auto tell = [this](LogLevel level, const char *event, const char *words) {
        return [this, level, event, words](const KitchenId &id, const QString &why) {
            kitchen(level, event, id, QString::fromLatin1(words).arg(id.toHex().left(8), why));
        };
    };
    connect(&server, &SyncServer::kitchenFailed, this,
            tell(LogLevel::Warning, "kitchen-failed", "kitchen %1 failed and starts anew: %2"));
    connect(&server, &SyncServer::kitchenSafe, this,
            tell(LogLevel::Error, "kitchen-safe",
                 "kitchen %1 failed too often; it only keeps and passes on what comes: %2"));
    connect(&server, &SyncServer::kitchenRests, this,
            tell(LogLevel::Error, "kitchen-rests",
                 "kitchen %1 fails even so; nobody is let in for half a minute: %2"));
    connect(&server, &SyncServer::kitchenWell, this, [this](const KitchenId &id) {
        kitchen(LogLevel::Info, "kitchen-well", id,
                QStringLiteral("kitchen %1 does everything again").arg(id.toHex().left(8)));
    });
    connect(&server, &SyncServer::kitchenHung, this, [this](const KitchenId &id, qint64 ms) {
        kitchen(LogLevel::Error, "kitchen-hung", id,
                QStringLiteral("a task of kitchen %1 did not end in %2 ms; all kitchens go on in a"
                               " new thread")
                    .arg(id.toHex().left(8))
                    .arg(ms));
    });
    connect(&server, &SyncServer::stuck, this, [this](const Error &error) { trouble(error); });
}

void EventPrinter::followOps()
{
    if (!m_ops && (m_json || m_log.takes(LogLevel::Debug)))
        m_ops = connect(&m_server, &syncserver::SyncServer::opsCommitted, this,
                        [this](qint64 count, qint64 head) { ops(count, head); });
}

void EventPrinter::listening(const Greeting &greeting)
{
    m_log.write(LogLevel::Info,
                QStringLiteral("Listening on %1").arg(greeting.urls.constFirst().toString()));
    if (m_json)
        m_json->put(compact(toJson(greeting)));
    else
        printLine(inWords(greeting));
}

void EventPrinter::welcome(const Greeting &greeting,
                           const std::optional<syncserver::Invite> &invite)
{
    if (m_json)
        m_json->put(compact(welcomeJson(invite)));
    else
        printLine(app::welcome(greeting, invite));
}

void EventPrinter::stopped()
{
    say(
        LogLevel::Info,
        [&] {
            return QJsonObject{{K("event"), K("stopped")}};
        },
        QStringLiteral("Stopped"));
}

void EventPrinter::device(const char *event, const DeviceId &device, const QString &name)
{
    say(
        LogLevel::Info,
        [&] {
            return QJsonObject{
                {K("event"), K(event)}, {K("device"), device.toHex()}, {K("name"), name}};
        },
        QStringLiteral("%1 (%2) %3").arg(name, device.toHex().left(8), K(event)));
}

void EventPrinter::ops(qint64 count, qint64 head)
{
    say(
        LogLevel::Debug,
        [&] {
            return QJsonObject{{K("event"), K("ops")}, {K("count"), count}, {K("seq"), head}};
        },
        QStringLiteral("%1 new in the log, now at %2").arg(count).arg(head));
}

void EventPrinter::salvaged(const storage::Salvaged &what)
{
    say(
        LogLevel::Warning,
        [&] {
            return QJsonObject{{K("event"), K("salvaged")},
                               {K("ops"), what.ops},
                               {K("ops_from_backup"), what.opsFromBackup},
                               {K("backup"), what.backup.toString(Qt::ISODate)},
                               {K("complete"), what.unreadable == 0},
                               {K("damaged_file"), what.damagedFile}};
        },
        describe(what));
}

void EventPrinter::trouble(const Error &error)
{
    say(
        LogLevel::Error,
        [&] {
            return QJsonObject{{K("event"), K("trouble")}, {K("error"), describe(error)}};
        },
        describe(error));
}

void EventPrinter::kitchen(LogLevel level, const char *event, const KitchenId &kitchen,
                           const QString &words)
{
    say(
        level,
        [&] {
            return QJsonObject{
                {K("event"), K(event)}, {K("kitchen"), kitchen.toHex()}, {K("words"), words}};
        },
        words);
}

void EventPrinter::say(LogLevel level, const std::function<QJsonObject()> &event,
                       const QString &words)
{
    m_log.write(level, words);
    if (m_json)
        m_json->put(compact(event()));
}

void EventPrinter::clock(const ClockStatus &status)
{
    say(
        LogLevel::Info,
        [&] {
            return QJsonObject{{K("event"), K("clock")},
                               {K("sure"), status.civil},
                               {K("source"), nameOf(status.source)},
                               {K("agreeing"), status.agreeing},
                               {K("asked"), status.asked},
                               {K("within"), status.withinMs}};
        },
        QStringLiteral("Clock: %1, %2")
            .arg(status.civil ? K("sure") : K("unsure"), inWords(status)));
}

} // namespace simmer::app
