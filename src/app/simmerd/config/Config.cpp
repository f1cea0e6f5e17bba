// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/Config.h"

#include "app/simmerd/config/Values.h"

#include <QDir>

namespace simmer::app {

namespace {

constexpr qint64 LeastLogBytes = 64 * 1024;
constexpr qint64 MostLogBytes = 1024 * 1024 * 1024;
constexpr qint64 MostOpsPerSecond = 1'000'000;
const QString EnvironmentPrefix = QStringLiteral("SIMMERD_");

QHash<QString, const Setting *> settingsByEnvironment()
{
    QHash<QString, const Setting *> all;
    for (const Setting &setting : settings())
        all.insert(environmentNameOf(setting), &setting);
    return all;
}

/// An empty variable is as good as none.
GivenByKey givenBy(const QHash<QString, QString> &environment, QStringList &hints)
{
    const auto known = settingsByEnvironment();
    GivenByKey given;
    QStringList unknown;
    for (auto it = environment.cbegin(); it != environment.cend(); ++it) {
        const Setting *const setting = known.value(it.key());
        if (setting && !it->isEmpty())
            given.insert(setting->key, {valuesOf(*setting, *it), it.key()});
        else if (!setting && it.key().startsWith(EnvironmentPrefix) &&
                 it.key() != QLatin1String("SIMMERD_CONFIG"))
            unknown += it.key();
    }
    unknown.sort(); // containers put things of their own there: no reason to refuse
    for (const QString &name : std::as_const(unknown))
        hints += QStringLiteral("%1 in the environment sets nothing").arg(name);
    return given;
}

/// systemd's StateDirectory= (systemd.exec(5)) is the data folder where nobody names one.
Given standardOf(const Setting &setting, const QHash<QString, QString> &environment)
{
    const QString state = environment.value(QStringLiteral("STATE_DIRECTORY"));
    if (setting.key == Key::DataDir && !state.isEmpty())
        return {{state}, QStringLiteral("STATE_DIRECTORY")};
    return {setting.standard.isEmpty() ? QStringList() : valuesOf(setting, setting.standard),
            QStringLiteral("default")};
}

GivenByKey weightiest(const Sources &sources, QStringList &hints)
{
    const GivenByKey environment = givenBy(sources.environment, hints);
    const GivenByKey file = sources.file ? sources.file->given : GivenByKey();
    GivenByKey all;
    for (const Setting &setting : settings()) {
        Given given = standardOf(setting, sources.environment);
        for (const GivenByKey *source : {&file, &environment, &sources.flags})
            given = source->value(setting.key, given);
        all.insert(setting.key, given);
    }
    return all;
}

/// "/var/lib/simmer" of "simmer": what is no absolute path is one of where simmerd was started.
QString absolute(const QString &path)
{
    return path.isEmpty() ? path : QDir::cleanPath(QDir(path).absolutePath());
}

void readLogTo(Values &values, Config &config)
{
    const QString where = values.text(Key::Log);
    if (where == QLatin1String("auto"))
        config.logTo = LogTo::Auto;
    else if (where == QLatin1String("journald"))
        config.logTo = LogTo::Journald;
    else if (where == QLatin1String("stderr"))
        config.logTo = LogTo::Stderr;
    else if (where.startsWith(QLatin1Char('/'))) {
        config.logTo = LogTo::File;
        config.logFile = where;
    } else
        values.fault(Key::Log, QStringLiteral("wants journald, stderr or the whole path of a file, "
                                              "such as /var/log/simmerd.log; not “%1”")
                                   .arg(where));
}

Config configOf(Values &values)
{
    Config config;
    config.dataDir = absolute(values.text(Key::DataDir));
    config.listen = values.addresses(Key::Listen);
    config.behindProxy = values.flag(Key::BehindProxy);
    config.plain = values.flag(Key::Plain);
    config.hosts = values.hostNames(Key::Hosts);
    config.origins = values.origins(Key::Origins);
    config.certFile = absolute(values.readableFile(Key::Cert));
    config.keyFile = absolute(values.secretFile(Key::CertKey));
    if (config.certFile.isEmpty() != config.keyFile.isEmpty())
        values.fault(config.certFile.isEmpty() ? Key::CertKey : Key::Cert,
                     QStringLiteral("cert and key belong together; set the other one too"));
    readLogTo(values, config);
    config.logLevel = values.level(Key::LogLevel);
    config.logBytes = values.bytes(Key::LogSize, LeastLogBytes, MostLogBytes);
    config.opsPerSecond = int(values.number(Key::OpsPerSecond, 1, MostOpsPerSecond));
    config.webhookRing = values.webAddress(Key::WebhookRing);
    config.webhookUnattended = values.webAddress(Key::WebhookUnattended);
    config.name = values.title(Key::Name);
    config.metricsTokenFile = absolute(values.secretFile(Key::MetricsTokenFile));
    config.announce = values.flag(Key::Announce);
    return config;
}

} // namespace

Effective understand(const Sources &sources)
{
    Effective effective;
    if (sources.file)
        effective.problems = sources.file->problems;
    effective.given = weightiest(sources, effective.hints);
    Values values(effective.given, effective.problems);
    effective.config = configOf(values);
    return effective;
}

} // namespace simmer::app
