// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Arguments.h"

#include <QCommandLineParser>

#include <algorithm>
#include <array>

namespace simmer::app {

namespace {

using Task = Arguments::Task;

const char *const Description =
    "The kitchen server of Simmer: keeps a kitchen's timers and recipes level on all devices.\n"
    "\n"
    "  simmerd --data-dir DIR           serves until SIGTERM or SIGINT; the first time it prints "
    "a\n"
    "                                   code for the first device\n"
    "  simmerd invite --data-dir DIR    prints a one-time code for one more device, which joins\n"
    "                                   by `simmerctl pair URL CODE` within 5 minutes; --role "
    "ROLE\n"
    "  simmerd status --data-dir DIR    how large the kitchen's log is, and what of it is history\n"
    "  simmerd devices                  who joined\n"
    "  simmerd revoke DEVICE            shuts a device out; the first letters of its id will do\n"
    "  simmerd token --name NAME        lets a program in and prints its token, once; --role ROLE\n"
    "  simmerd kitchens                 all kitchens: who is there, and how lively they are\n"
    "  simmerd add-kitchen NAME         makes one more kitchen, with a code for its first device;\n"
    "                                   invite and token take --kitchen ID\n"
    "  simmerd cooking-log              what was cooked by; --since DATE\n"
    "  simmerd backup DIR               copies everything, also while the server runs; into a new\n"
    "                                   folder DIR, or below DIR if that is there\n"
    "  simmerd restore DIR              goes back to a copy; what is there is set aside\n"
    "  simmerd doctor                   looks for trouble and says what to do about it\n"
    "  simmerd --check-config           what holds, where it comes from, and all that is wrong\n"
    "  simmerd example-config           a config file with every key and its default\n"
    "\n"
    "Every setting below is also a line of the config file (data-dir = DIR) and a variable of the\n"
    "environment (SIMMERD_DATA_DIR); a flag comes before the environment, that before the file.\n"
    "\n"
    "Exit codes: 0 done, 1 it did not work (a line says why), 2 wrong usage or config.";

/// A task that is asked for by a word, and what it wants after it.
struct Word {
    QLatin1String name;
    Task task;
    int operands;
};

constexpr std::array<Word, 12> Words{{
    {QLatin1String("invite"), Task::Invite, 0},
    {QLatin1String("status"), Task::Status, 0},
    {QLatin1String("devices"), Task::Devices, 0},
    {QLatin1String("revoke"), Task::Revoke, 1},
    {QLatin1String("kitchens"), Task::Kitchens, 0},
    {QLatin1String("add-kitchen"), Task::AddKitchen, 1},
    {QLatin1String("token"), Task::Token, 0},
    {QLatin1String("cooking-log"), Task::CookingLog, 0},
    {QLatin1String("backup"), Task::Backup, 1},
    {QLatin1String("restore"), Task::Restore, 1},
    {QLatin1String("doctor"), Task::Doctor, 0},
    {QLatin1String("example-config"), Task::ExampleConfig, 0},
}};

struct Options {
    const QCommandLineOption config{QStringLiteral("config"),
                                    QStringLiteral("The config file; /etc/simmer/simmerd.conf "
                                                   "unless named, if that is there."),
                                    QStringLiteral("FILE")};
    const QCommandLineOption check{QStringLiteral("check-config"),
                                   QStringLiteral("Prints what holds and where it comes from.")};
    const QCommandLineOption json{QStringLiteral("json"),
                                  QStringLiteral("One JSON line an event, or an answer.")};
    const QCommandLineOption role{QStringLiteral("role"),
                                  QStringLiteral("Of a token (cook) or of whoever is "
                                                 "invited (owner): owner, cook or viewer."),
                                  QStringLiteral("ROLE")};
    const QCommandLineOption kitchen{
        QStringLiteral("kitchen"),
        QStringLiteral("Of a token or of whoever is invited: the first letters of the kitchen's "
                       "id. (the first kitchen)"),
        QStringLiteral("ID")};
    const QCommandLineOption since{QStringLiteral("since"),
                                   QStringLiteral("Of the cooking log: the first day, 2026-11-21."),
                                   QStringLiteral("DATE")};
    const QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Shows this text.")};
    const QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")},
                                     QStringLiteral("Shows the version.")};
};

Error wrong(const QString &what)
{
    return {ErrorCode::BadArgument, what + QStringLiteral("; see simmerd --help"), {}};
}

QCommandLineOption optionOf(const Setting &setting)
{
    QString help = setting.help;
    if (setting.isList)
        help += QStringLiteral(" Several: with commas between.");
    if (!setting.standard.isEmpty() && !setting.value.isEmpty())
        help += QStringLiteral(" (%1)").arg(setting.standard);
    return {QString(setting.name), help, QString(setting.value)};
}

GivenByKey readFlags(const QCommandLineParser &parser)
{
    GivenByKey flags;
    for (const Setting &setting : settings()) {
        const QString name = setting.name;
        if (!parser.isSet(name))
            continue;
        const QString written =
            setting.isList ? parser.values(name).join(QLatin1Char(',')) : parser.value(name);
        flags.insert(setting.key, {setting.value.isEmpty() ? QStringList{QStringLiteral("yes")}
                                                           : valuesOf(setting, written),
                                   QStringLiteral("--") + name});
    }
    return flags;
}

Outcome readTask(const QStringList &words, Arguments &arguments)
{
    if (words.isEmpty())
        return done();
    const auto *const word = std::find_if(Words.begin(), Words.end(), [&](const Word &known) {
        return known.name == words.constFirst();
    });
    if (word == Words.end())
        return wrong(
            QStringLiteral("“%1” is nothing that simmerd does").arg(words.join(QLatin1Char(' '))));
    if (words.size() != 1 + word->operands)
        return wrong(QStringLiteral("simmerd %1 wants %2 after it")
                         .arg(word->name, word->operands == 0 ? QStringLiteral("nothing")
                                                              : QStringLiteral("one thing")));
    arguments.task = word->task;
    arguments.operand = words.value(1);
    return done();
}

/// A person's first device should rule the kitchen, a program should not.
Outcome readRole(const QCommandLineParser &parser, const Options &options, Arguments &arguments)
{
    const bool isToken = arguments.task == Task::Token;
    if (!parser.isSet(options.role)) {
        arguments.role = isToken ? Role::Cook : Role::Owner;
        return done();
    }
    if (!isToken && arguments.task != Task::Invite)
        return wrong(QStringLiteral("--role is for a token or an invitation"));
    const auto role = roleNamed(parser.value(options.role));
    if (!role)
        return wrong(QStringLiteral("--role wants owner, cook or viewer"));
    arguments.role = *role;
    return done();
}

Outcome readDetails(const QCommandLineParser &parser, const Options &options, Arguments &arguments)
{
    if (const Outcome read = readRole(parser, options, arguments); !read)
        return read;
    if (arguments.task == Task::Token && !parser.isSet(settingOf(Key::Name).name))
        return wrong(QStringLiteral("a token wants --name, by which it is known later"));
    arguments.kitchen = parser.value(options.kitchen);
    if (!arguments.kitchen.isEmpty() && arguments.task != Task::Token &&
        arguments.task != Task::Invite)
        return wrong(QStringLiteral("--kitchen is for a token or an invitation"));
    if (!parser.isSet(options.since))
        return done();
    if (arguments.task != Task::CookingLog)
        return wrong(QStringLiteral("--since is for the cooking log"));
    arguments.since = QDate::fromString(parser.value(options.since), Qt::ISODate);
    if (!arguments.since.isValid())
        return wrong(QStringLiteral("--since wants a day such as 2026-11-21"));
    return done();
}

} // namespace

Expected<Arguments> readArguments(const QStringList &words)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromLatin1(Description));
    for (const Setting &setting : settings())
        parser.addOption(optionOf(setting));
    parser.addOptions({options.config, options.check, options.json, options.role, options.kitchen,
                       options.since, options.help, options.version});
    parser.addPositionalArgument(QStringLiteral("task"),
                                 QStringLiteral("What to do instead of serving; see above."),
                                 QStringLiteral("[TASK]"));
    if (!parser.parse(words))
        return wrong(parser.errorText());
    Arguments arguments;
    arguments.help = parser.helpText();
    arguments.json = parser.isSet(options.json);
    if (parser.isSet(options.help) || parser.isSet(options.version)) {
        arguments.task = parser.isSet(options.help) ? Task::Help : Task::Version;
        return arguments;
    }
    if (const Outcome read = readTask(parser.positionalArguments(), arguments); !read)
        return read.error();
    if (parser.isSet(options.check)) {
        if (arguments.task != Task::Serve)
            return wrong(QStringLiteral("--check-config goes alone"));
        arguments.task = Task::CheckConfig;
    }
    if (const Outcome read = readDetails(parser, options, arguments); !read)
        return read.error();
    arguments.configFile = parser.value(options.config);
    arguments.flags = readFlags(parser);
    return arguments;
}

} // namespace simmer::app
