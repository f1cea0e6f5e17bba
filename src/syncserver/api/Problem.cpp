// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Problem.h"

#include <QHash>
#include <QJsonDocument>

namespace simmer::syncserver {

namespace {

using K = QLatin1String;

/// The words of RFC 9110 and 4918.
QString titleOf(int status)
{
    static const QHash<int, QString> titles{{400, QStringLiteral("Bad Request")},
                                            {401, QStringLiteral("Unauthorized")},
                                            {403, QStringLiteral("Forbidden")},
                                            {404, QStringLiteral("Not Found")},
                                            {405, QStringLiteral("Method Not Allowed")},
                                            {409, QStringLiteral("Conflict")},
                                            {413, QStringLiteral("Content Too Large")},
                                            {415, QStringLiteral("Unsupported Media Type")},
                                            {429, QStringLiteral("Too Many Requests")},
                                            {503, QStringLiteral("Service Unavailable")},
                                            {507, QStringLiteral("Insufficient Storage")}};
    return titles.value(status, QStringLiteral("Internal Server Error"));
}

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadArgument:
    case ErrorCode::BadEncoding:
    case ErrorCode::BadSyntax:
    case ErrorCode::NoRecipe:
        return 400;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::TooLarge:
        return 413;
    case ErrorCode::Refused:
        return 409;
    case ErrorCode::DiskFull:
        return 507;
    case ErrorCode::StoreBusy:
    case ErrorCode::TimedOut:
    case ErrorCode::Crashed:
    case ErrorCode::Unreachable:
        return 503;
    case ErrorCode::FileUnreadable:
    case ErrorCode::StoreBroken:
    case ErrorCode::StoreDamaged:
    case ErrorCode::StoreNewer:
    case ErrorCode::BadChain:
        return 500;
    }
    Q_UNREACHABLE();
}

} // namespace

HttpAnswer jsonAnswer(int status, const QJsonObject &json)
{
    return {status,
            "application/json",
            QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n',
            {{"Cache-Control", "no-store"}}};
}

HttpAnswer problem(int status, const QString &detail, const QString &advice)
{
    HttpAnswer answer = jsonAnswer(status, {{K("type"), QStringLiteral("about:blank")},
                                            {K("title"), titleOf(status)},
                                            {K("status"), status},
                                            {K("detail"), detail},
                                            {K("advice"), advice}});
    answer.type = "application/problem+json";
    return answer;
}

HttpAnswer problem(const Error &error)
{
    const int status = statusOf(error.code);
    switch (status) {
    case 503:
        return problem(status, QStringLiteral("the server is busy"),
                       QStringLiteral("try again in a few seconds"));
    case 507:
        return problem(status, QStringLiteral("the server's disk is full; nothing was saved"),
                       QStringLiteral("free some space on the server and try again"));
    case 500: // its context may name files of the server
        return problem(status, QStringLiteral("the server cannot read or write its store"),
                       QStringLiteral("look into the server's log; simmerd doctor tells more"));
    default:
        return problem(status, error.context,
                       QStringLiteral("see /api/v1/openapi.json and change the request"));
    }
}

HttpAnswer wrongMethod(const QByteArray &allowed)
{
    HttpAnswer answer = problem(405, QStringLiteral("this address does not take that method"),
                                QStringLiteral("use one of those that Allow names"));
    answer.headers.emplaceBack("Allow", allowed);
    return answer;
}

} // namespace simmer::syncserver
