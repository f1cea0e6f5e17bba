// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Greeting.h"

#include "base/LogStream.h"

#include <QHostAddress>
#include <QJsonArray>

#include <algorithm>
#include <unistd.h>

namespace simmer::app {

namespace {

using K = QLatin1String;

bool isThisMachine(const QUrl &url)
{
    return QHostAddress(url.host()).isLoopback();
}

/// Who comes by a proxy knows its name, which we do not.
QString addressToJoin(const Greeting &greeting)
{
    return greeting.behindProxy ? QStringLiteral("wss://NAME-OF-THE-PROXY")
                                : greeting.urls.constFirst().toString();
}

} // namespace

QString inWords(const Greeting &greeting)
{
    QStringList lines{greeting.key ? QStringLiteral("Key      ") + greeting.key->toText()
                                   : QStringLiteral("Key      none: it speaks plain")};
    QString label = QStringLiteral("Address  ");
    for (const QUrl &url : greeting.urls) {
        lines += label + url.toString();
        label.fill(QLatin1Char(' '));
    }
    const bool isAlone = std::all_of(greeting.urls.begin(), greeting.urls.end(), isThisMachine);
    if (greeting.behindProxy)
        lines += QStringLiteral("         for the proxy, by whose name devices connect");
    else if (isAlone)
        lines += QStringLiteral("         for this machine alone; with --listen 0.0.0.0:7464 the"
                                " house can connect");
    return lines.join(QLatin1Char('\n'));
}

QJsonObject toJson(const Greeting &greeting)
{
    QJsonArray urls;
    for (const QUrl &url : greeting.urls)
        urls += url.toString();
    QJsonObject json{
        {K("event"), K("listening")}, {K("url"), urls.first()}, {K("addresses"), urls}};
    if (greeting.key)
        json.insert(K("fingerprint"), QString::fromLatin1(greeting.key->toBytes().toHex()));
    return json;
}

QString welcome(const Greeting &greeting, const std::optional<syncserver::Invite> &invite)
{
    if (!invite)
        return QStringLiteral("Nobody has joined yet: “simmerd invite” prints a code for the first"
                              " device.");
    return QStringLiteral("Nobody has joined yet. On the first device, within %1 minutes:\n"
                          "  simmerctl pair %2 %3\n"
                          "or in its window: Kitchen ▸ Join kitchen. “simmerd invite” prints the"
                          " next code.")
        .arg(invite->goodForMs / 60'000)
        .arg(addressToJoin(greeting), invite->code);
}

QJsonObject welcomeJson(const std::optional<syncserver::Invite> &invite)
{
    QJsonObject json{{K("event"), K("first-start")}};
    if (invite) {
        json.insert(K("code"), invite->code);
        json.insert(K("good_for_ms"), invite->goodForMs);
        json.insert(K("role"), nameOf(Role::Owner));
        json.insert(K("url"), invite->url.toString());
    }
    return json;
}

bool isOutputKept(const Config &config)
{
    const bool logIsJournal = config.logTo == LogTo::Journald ||
                              (config.logTo == LogTo::Auto && LogStream::isJournal(STDERR_FILENO));
    return LogStream::isJournal(STDOUT_FILENO) || (logIsJournal && ::isatty(STDOUT_FILENO) == 0);
}

} // namespace simmer::app
