// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Arguments.h"

#include <QCommandLineParser>
#include <QDir>

namespace simmer::app {

namespace {

const char *const Description =
    "The kitchen server of Simmer: keeps a kitchen's timers and recipes level on all devices.\n"
    "\n"
    "  simmerd --data-dir DIR           serves until SIGTERM or SIGINT\n"
    "  simmerd invite --data-dir DIR    prints a one-time code for one more device, which joins\n"
    "                                   by `simmerctl pair URL CODE` within 5 minutes\n"
    "  simmerd status --data-dir DIR    how large the kitchen's log is, and what of it is history\n"
    "\n"
    "Exit codes: 0 done, 1 it did not work (one line says why), 2 wrong usage.";

struct Options {
    const QCommandLineOption dataDir{QStringLiteral("data-dir"),
                                     QStringLiteral("Where the kitchen is kept; made if missing."),
                                     QStringLiteral("DIR")};
    const QCommandLineOption listen{
        QStringLiteral("listen"), QStringLiteral("Where devices connect; port 0 takes a free one."),
        QStringLiteral("ADDRESS:PORT"), QStringLiteral("127.0.0.1:7464")};
    const QCommandLineOption behindProxy{
        QStringLiteral("behind-proxy"),
        QStringLiteral("A proxy with TLS stands before it: allows other addresses than loopback. "
                       "The proxy has to pass a Host of localhost or of the listen address.")};
    const QCommandLineOption json{QStringLiteral("json"),
                                  QStringLiteral("One JSON line an event.")};
    const QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Shows this text.")};
    const QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")},
                                     QStringLiteral("Shows the version.")};
};

Error wrong(const QString &what)
{
    return {ErrorCode::BadArgument, what + QStringLiteral("; see simmerd --help"), {}};
}

/// "127.0.0.1:7464" or "[::1]:7464".
Outcome readListen(const QString &text, Arguments &arguments)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    bool isNumber = false;
    arguments.port = text.mid(colon + 1).toUShort(&isNumber);
    arguments.address = text.left(colon);
    if (arguments.address.startsWith(QLatin1Char('[')) &&
        arguments.address.endsWith(QLatin1Char(']')))
        arguments.address = arguments.address.mid(1, arguments.address.size() - 2);
    if (colon < 1 || !isNumber)
        return wrong(QStringLiteral("--listen wants ADDRESS:PORT, not “%1”").arg(text));
    return done();
}

Expected<Arguments::Task> readTask(const QStringList &words)
{
    if (words.isEmpty())
        return Arguments::Task::Serve;
    if (words == QStringList{QStringLiteral("invite")})
        return Arguments::Task::Invite;
    if (words == QStringList{QStringLiteral("status")})
        return Arguments::Task::Status;
    return wrong(
        QStringLiteral("“%1” is nothing that simmerd does").arg(words.join(QLatin1Char(' '))));
}

} // namespace

Expected<Arguments> readArguments(const QStringList &words)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromLatin1(Description));
    parser.addOptions({options.dataDir, options.listen, options.behindProxy, options.json,
                       options.help, options.version});
    parser.addPositionalArgument(
        QStringLiteral("invite|status"),
        QStringLiteral("Prints a one-time code, or the log's size, instead of serving."),
        QStringLiteral("[invite|status]"));
    if (!parser.parse(words))
        return wrong(parser.errorText());
    Arguments arguments;
    arguments.help = parser.helpText();
    arguments.json = parser.isSet(options.json);
    arguments.behindProxy = parser.isSet(options.behindProxy);
    if (parser.isSet(options.help) || parser.isSet(options.version)) {
        arguments.task =
            parser.isSet(options.help) ? Arguments::Task::Help : Arguments::Task::Version;
        return arguments;
    }
    const Expected<Arguments::Task> task = readTask(parser.positionalArguments());
    if (!task)
        return task.error();
    arguments.task = *task;
    if (parser.value(options.dataDir).isEmpty())
        return wrong(QStringLiteral("--data-dir is missing"));
    arguments.dataDir = QDir::cleanPath(QDir(parser.value(options.dataDir)).absolutePath());
    if (const Outcome read = readListen(parser.value(options.listen), arguments); !read)
        return read.error();
    return arguments;
}

} // namespace simmer::app
