// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/Report.h"

#include <QJsonArray>

namespace simmer::app {

namespace {

using K = QLatin1String;

/// Whoever knows a webhook's address may ring the bell.
QString shown(const Setting &setting, const QString &value)
{
    const QUrl url(value);
    return setting.isSecret ? QStringLiteral("%1://%2/[hidden]").arg(url.scheme(), url.host())
                            : value;
}

QStringList shown(const Setting &setting, const Given &given)
{
    QStringList all;
    for (const QString &value : given.values)
        all += shown(setting, value);
    return all;
}

} // namespace

QString inWords(const Effective &effective)
{
    QString text;
    for (const Setting &setting : settings()) {
        const Given given = effective.given.value(setting.key);
        const QString value = shown(setting, given).join(QStringLiteral(", "));
        text += QStringLiteral("%1 %2 %3\n")
                    .arg(QString(setting.name), -18)
                    .arg(value.isEmpty() ? QStringLiteral("-") : value, -32)
                    .arg(given.from);
    }
    return text;
}

QJsonObject toJson(const Effective &effective)
{
    QJsonObject all;
    for (const Setting &setting : settings()) {
        const Given given = effective.given.value(setting.key);
        all.insert(setting.name,
                   QJsonObject{{K("values"), QJsonArray::fromStringList(shown(setting, given))},
                               {K("from"), given.from}});
    }
    return {{K("settings"), all},
            {K("problems"), QJsonArray::fromStringList(effective.problems)},
            {K("hints"), QJsonArray::fromStringList(effective.hints)}};
}

} // namespace simmer::app
