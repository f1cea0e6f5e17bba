// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/OpenApi.h"

#include <QJsonArray>

#include <algorithm>

namespace simmer::syncserver {

namespace {

using K = QLatin1String;

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// Content of one type and shape.
QJsonObject content(const QString &type, const char *schema)
{
    QJsonObject media;
    if (schema)
        media.insert(K("schema"), QJsonObject{{K("$ref"), QStringLiteral("#/components/schemas/") +
                                                              QString::fromLatin1(schema)}});
    return {{type, media}};
}

QString whatFails(int status)
{
    switch (status) {
    case 400:
        return QStringLiteral("The body is not as it should be");
    case 401:
        return QStringLiteral("No device has that token");
    case 403:
        return QStringLiteral("The device's role does not allow it");
    case 404:
        return QStringLiteral("There is no such timer or recipe");
    case 409:
        return QStringLiteral("The timer's state does not allow it");
    case 413:
        return QStringLiteral("The body is too large");
    case 415:
        return QStringLiteral("The body is not JSON");
    case 429:
        return QStringLiteral("Too much at once");
    case 503:
        return QStringLiteral("The kitchen is not ready; try again");
    case 507:
        return QStringLiteral("The server's disk is full");
    default:
        return QStringLiteral("The server failed");
    }
}

QJsonObject responses(const Route &route)
{
    const bool streams = !route.gives;
    QJsonObject json{
        {QString::number(route.status),
         QJsonObject{{K("description"),
                      streams ? QStringLiteral("A stream of events") : QStringLiteral("Done")},
                     {K("content"), content(streams ? QStringLiteral("text/event-stream")
                                                    : QStringLiteral("application/json"),
                                            route.gives)}}}};
    const QList<int> faults = route.faults + QList<int>{401, 403, 503};
    for (const int status : faults)
        json.insert(QString::number(status),
                    QJsonObject{{K("description"), whatFails(status)},
                                {K("content"),
                                 content(QStringLiteral("application/problem+json"), "Problem")}});
    return json;
}

QJsonObject operation(const Route &route)
{
    QJsonObject json{{K("operationId"), text(route.operation)},
                     {K("summary"), text(route.summary)},
                     {K("x-role"), nameOf(route.needs)},
                     {K("security"), QJsonArray{QJsonObject{{K("token"), QJsonArray()}}}},
                     {K("responses"), responses(route)}};
    if (route.path.contains("{id}"))
        json.insert(K("parameters"),
                    QJsonArray{QJsonObject{
                        {K("name"), K("id")},
                        {K("in"), K("path")},
                        {K("required"), true},
                        {K("schema"), QJsonObject{{K("$ref"), K("#/components/schemas/Id")}}}}});
    if (route.takes)
        json.insert(K("requestBody"),
                    QJsonObject{{K("required"), !route.takesNothing},
                                {K("content"), content(K("application/json"), route.takes)}});
    return json;
}

} // namespace

QJsonObject openApi(const QList<Route> &routes)
{
    QJsonObject paths;
    for (const Route &route : routes) {
        const QString path = QString::fromLatin1(route.path);
        QJsonObject methods = paths.value(path).toObject();
        methods.insert(QString::fromLatin1(route.method.toLower()), operation(route));
        paths.insert(path, methods);
    }
    const QJsonObject scheme{{K("type"), K("http")},
                             {K("scheme"), K("bearer")},
                             {K("description"), K("64 hexadecimal digits, given at pairing")}};
    return {
        {K("openapi"), K("3.1.0")},
        {K("info"),
         QJsonObject{{K("title"), K("Simmer")},
                     {K("version"), K("1")},
                     {K("description"),
                      K("Timers and recipes of a kitchen. Times are milliseconds of kitchen "
                        "time since 1970; steps and slots count from 1.")}}},
        {K("paths"), paths},
        {K("components"), QJsonObject{{K("schemas"), apiSchemas()},
                                      {K("securitySchemes"), QJsonObject{{K("token"), scheme}}}}}};
}

} // namespace simmer::syncserver
