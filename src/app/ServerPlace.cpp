// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ServerPlace.h"

#include "syncserver/Addresses.h"

#include <QDir>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QSysInfo>

#include <algorithm>

namespace simmer::app {

namespace {

bool speaksIpv6()
{
    const QList<QHostAddress> all = QNetworkInterface::allAddresses();
    return std::any_of(all.cbegin(), all.cend(), [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv6Protocol;
    });
}

} // namespace

Expected<syncserver::ServerOptions> serverOptions(const QString &profile, Reach reach, quint16 port)
{
    syncserver::ServerOptions options;
    options.dataDir = profile + QStringLiteral("/server");
    if (reach == Reach::ThisMachine) {
        options.at = {{QStringLiteral("127.0.0.1"), port}};
        return options;
    }
    if (!QDir().mkpath(options.dataDir))
        return Error{ErrorCode::FileUnreadable, options.dataDir, {}};
    auto identity = identity::loadOrMake(options.dataDir + QStringLiteral("/server.pem"));
    if (!identity)
        return identity.error();
    options.identity = *std::move(identity);
    options.at = {{QStringLiteral("0.0.0.0"), port}};
    if (port != 0 && speaksIpv6()) // any free port would be two
        options.at += syncserver::ListenAt{QStringLiteral("::"), port};
    const QString name = QSysInfo::machineHostName();
    options.hosts = {name, name + QStringLiteral(".local")};
    return options;
}

QStringList addressesOf(const syncserver::ServerOptions &options, quint16 port)
{
    QList<syncserver::ListenAt> places = options.at;
    for (syncserver::ListenAt &place : places)
        place.port = port;
    return syncserver::addressesOf(places);
}

QString hostOf(const QString &address)
{
    QString host = address.left(address.lastIndexOf(QLatin1Char(':')));
    return host.remove(QLatin1Char('[')).remove(QLatin1Char(']'));
}

} // namespace simmer::app
