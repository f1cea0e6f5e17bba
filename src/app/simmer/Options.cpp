// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmer/Options.h"

#include "app/Device.h"

#include <QCommandLineParser>
#include <QDir>

namespace simmer::app {

namespace {

const QHash<QString, ui::ThemeChoice> Themes{{QStringLiteral("system"), ui::ThemeChoice::System},
                                             {QStringLiteral("light"), ui::ThemeChoice::Light},
                                             {QStringLiteral("dark"), ui::ThemeChoice::Dark}};

/// Qt takes these itself, each with a value after it.
bool isQtOption(const QString &word)
{
    return word.startsWith(QLatin1String("-qwindow")) || word == QLatin1String("-platform") ||
           word == QLatin1String("-style");
}

QStringList ownWords(int argc, char **argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i) {
        const QString word = QString::fromLocal8Bit(argv[i]);
        if (isQtOption(word))
            ++i;
        else
            words += word;
    }
    return words;
}

} // namespace

Expected<Options> parseOptions(int argc, char **argv)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A recipe book whose times can be tapped."));
    const QCommandLineOption profile(
        QStringLiteral("profile"),
        QStringLiteral("Where this device keeps its recipes and timers."), QStringLiteral("DIR"),
        defaultProfile());
    const QCommandLineOption theme(
        QStringLiteral("theme"), QStringLiteral("system, light or dark."), QStringLiteral("NAME"));
    const QCommandLineOption open(QStringLiteral("open"), QStringLiteral("Show this recipe."),
                                  QStringLiteral("RECIPE"));
    const QCommandLineOption help(QStringLiteral("help"), QStringLiteral("Show this."));
    const QCommandLineOption version(QStringLiteral("version"),
                                     QStringLiteral("Show the version."));
    parser.addOptions({profile, theme, open, help, version});
    parser.addPositionalArgument(
        QStringLiteral("FILES"),
        QStringLiteral("Saved web pages or .cook files to import, or a quick timer: "
                       "“10 min pasta”. A Simmer that runs already takes them."),
        QStringLiteral("[FILE…|TIMER]"));
    if (!parser.parse(ownWords(argc, argv)))
        return Error{ErrorCode::BadArgument, parser.errorText(), {}};
    Options options;
    if (parser.isSet(help))
        options.answer = parser.helpText().trimmed();
    if (parser.isSet(version))
        options.answer = QStringLiteral("simmer " SIMMER_VERSION);
    if (parser.isSet(theme)) {
        if (!Themes.contains(parser.value(theme)))
            return Error{
                ErrorCode::BadArgument, QStringLiteral("--theme takes system, light or dark"), {}};
        options.theme = Themes.value(parser.value(theme));
    }
    options.profile = QDir(parser.value(profile)).absolutePath();
    options.open = parser.value(open);
    options.files = parser.positionalArguments();
    return options;
}

} // namespace simmer::app
