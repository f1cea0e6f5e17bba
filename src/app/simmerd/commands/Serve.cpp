// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/EventPrinter.h"
#include "app/simmerd/LogOf.h"
#include "app/simmerd/Serving.h"
#include "app/simmerd/Signals.h"
#include "app/simmerd/Systemd.h"
#include "app/simmerd/Watchdog.h"
#include "app/simmerd/commands/Commands.h"
#include "app/simmerd/config/Load.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

namespace simmer::app::commands {

namespace {

using syncserver::SyncServer;

/// Who reads events as JSON need not read them in the log too.
LogLevel levelOf(const Arguments &arguments, const Effective &effective)
{
    const bool told = arguments.json && effective.config.logTo != LogTo::File;
    return told && !effective.isSetByHand(Key::LogLevel) ? LogLevel::Warning
                                                         : effective.config.logLevel;
}

/// The settings of a running server, when they are read again.
class Settling
{
public:
    Settling(const Arguments &arguments, const Effective &effective, const Clock &clock, Log &log)
        : m_arguments(arguments)
        , m_effective(effective)
        , m_clock(clock)
        , m_log(log)
    {
    }

    /// What is about the log holds at once; the rest is named. A file with a fault changes nothing.
    void reread()
    {
        m_log.reopen();
        const Effective now = loadConfig(m_arguments);
        for (const QString &problem : now.problems)
            m_log.write(LogLevel::Error, problem);
        if (!now.problems.isEmpty())
            return m_log.write(LogLevel::Error, QStringLiteral("the settings stay as they were"));
        auto sink = logSinkOf(now.config, m_clock);
        if (!sink)
            return m_log.write(LogLevel::Error, describe(sink.error()));
        m_log.change(*std::move(sink), levelOf(m_arguments, now));
        m_log.write(LogLevel::Info, QStringLiteral("the settings were read again"));
        for (const Setting &setting : settings())
            tellIfLater(setting, now);
    }

private:
    void tellIfLater(const Setting &setting, const Effective &now)
    {
        const bool isOfTheLog =
            setting.key == Key::Log || setting.key == Key::LogLevel || setting.key == Key::LogSize;
        const bool same =
            now.given.value(setting.key).values == m_effective.given.value(setting.key).values;
        if (!isOfTheLog && !same)
            m_log.write(LogLevel::Warning,
                        QStringLiteral("%1 has changed; that holds when simmerd is started anew")
                            .arg(setting.name));
    }

    const Arguments &m_arguments;
    const Effective &m_effective; ///< what the server was started with
    const Clock &m_clock;
    Log &m_log;
};

/// Keeps systemd's one line about us.
class StatusLine : public QObject
{
public:
    StatusLine(SyncServer &server, const Systemd &systemd, QString url)
        : m_systemd(systemd)
        , m_url(std::move(url))
    {
        connect(&server, &SyncServer::deviceConnected, this, [this] { changed(+1); });
        connect(&server, &SyncServer::deviceDisconnected, this, [this] { changed(-1); });
        changed(0);
    }

private:
    void changed(int by)
    {
        m_devices += by;
        m_systemd.say(QStringLiteral("STATUS=Listening on %1; devices here: %2")
                          .arg(m_url)
                          .arg(m_devices)
                          .toUtf8());
    }

    const Systemd &m_systemd;
    const QString m_url;
    int m_devices = 0;
};

/// Tells whoever waits, in the log when that is elsewhere.
int failTo(Log &log, const Config &config, const Error &error)
{
    if (config.logTo == LogTo::File)
        log.write(LogLevel::Error, describe(error));
    return fail(error);
}

/// Only what a person sees now, and nobody later, may hold a code.
void greet(SyncServer &server, EventPrinter &printer, const syncserver::ServerOptions &options,
           const Config &config)
{
    Greeting greeting{server.urls(), {}, options.behindProxy};
    if (options.identity)
        greeting.key = options.identity->fingerprint;
    printer.listening(greeting);
    if (!server.isNew())
        return;
    if (isOutputKept(config))
        return printer.welcome(greeting, {});
    server.invite(Role::Owner, [&printer, greeting](const Expected<syncserver::Invite> &invite) {
        printer.welcome(greeting, invite ? std::optional(*invite) : std::nullopt);
    });
}

/// `lastWords` sees to it that the log has them.
int runUntilAsked(SyncServer &server, const Systemd &systemd,
                  const std::function<void()> &lastWords)
{
    QObject::connect(&server, &SyncServer::troubled, qApp, [](const Error &error) {
        if (error.code == ErrorCode::StoreDamaged) // whoever starts it again has it mended
            QCoreApplication::exit(exits::Failed);
    });
    // There is nothing that could be ended in good order: what is not acked is with the devices.
    QObject::connect(&server, &SyncServer::stuck, qApp, [&lastWords] {
        lastWords();
        std::_Exit(exits::Failed);
    });
    systemd.say("READY=1");
    const int exitCode = QCoreApplication::exec();
    systemd.say("STOPPING=1\nSTATUS=Saying goodbye to the devices");
    server.stop();
    QCoreApplication::sendPostedEvents(); // what happened last is still told
    return exitCode;
}

} // namespace

int serve(const Arguments &arguments, const Effective &effective)
{
    const SystemClock clock;
    const Systemd systemd = Systemd::fromEnvironment();
    Expected<std::unique_ptr<LogSink>> sink = logSinkOf(effective.config, clock);
    if (!sink)
        return fail(sink.error());
    Log log(*std::move(sink), levelOf(arguments, effective));
    const QtMessages messages(log);
    Signals asked;
    SyncServer server(clock);
    EventPrinter printer(server, log, arguments.json);
    const auto options = optionsOf(effective.config, systemd.descriptors());
    if (!options)
        return failTo(log, effective.config, options.error());
    const Expected<QUrl> url = server.start(*options);
    if (!url)
        return failTo(log, effective.config, url.error());
    ControlSocket control(server);
    if (const Outcome listens = control.listen(effective.config.dataDir, *url); !listens)
        return failTo(log, effective.config, listens.error());
    Settling settling(arguments, effective, clock, log);
    QObject::connect(&asked, &Signals::stopAsked, qApp, &QCoreApplication::quit);
    QObject::connect(&asked, &Signals::rereadAsked, qApp, [&] {
        settling.reread();
        printer.followOps();
    });
    const StatusLine statusLine(server, systemd, url->toString());
    const Watchdog watchdog(clock, systemd, server);
    greet(server, printer, *options, effective.config);
    const int exitCode = runUntilAsked(server, systemd, [&] {
        if (auto fresh = logSinkOf(effective.config, clock)) // the old one writes what waits
            log.change(*std::move(fresh), levelOf(arguments, effective));
    });
    printer.stopped();
    if (server.isHaunted()) { // a thread that hangs may still use what main() destroys
        std::fflush(nullptr);
        std::_Exit(exitCode);
    }
    return exitCode;
}

} // namespace simmer::app::commands
