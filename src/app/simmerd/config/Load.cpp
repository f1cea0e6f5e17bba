// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/Load.h"

#include <QFile>
#include <QProcessEnvironment>

namespace simmer::app {

namespace {

QHash<QString, QString> environment()
{
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    QHash<QString, QString> all;
    const QStringList names = system.keys();
    for (const QString &name : names)
        all.insert(name, system.value(name));
    return all;
}

/// The file that was named, or the standard one where that is there.
QString chosenFile(const Arguments &arguments, const QHash<QString, QString> &environment)
{
    const QString named = arguments.configFile.isEmpty()
                              ? environment.value(QStringLiteral("SIMMERD_CONFIG"))
                              : arguments.configFile;
    if (!named.isEmpty())
        return named;
    return QFile::exists(StandardConfigFile) ? QString(StandardConfigFile) : QString();
}

} // namespace

Effective loadConfig(const Arguments &arguments)
{
    Sources sources{arguments.flags, environment(), {}};
    const QString path = chosenFile(arguments, sources.environment);
    if (!path.isEmpty()) {
        Expected<ReadSettings> file = readConfigFile(path);
        sources.file =
            file ? *std::move(file)
                 : ReadSettings{{}, {QStringLiteral("the config file ") + describe(file.error())}};
    }
    return understand(sources);
}

} // namespace simmer::app
