// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ServerPlace.h"

#include <QDir>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QSysInfo>

#include <algorithm>

namespace simmer::app {

namespace {

/// Of this machine, as others in the house see it: IPv4 first, for it is shorter to type.
QList<QHostAddress> outerAddresses()
{
    QList<QHostAddress> found;
    const QList<QNetworkInterface> cards = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &card : cards) {
        const auto flags = card.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) ||
            flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        const QList<QNetworkAddressEntry> entries = card.addressEntries();
        for (const QNetworkAddressEntry &entry : entries)
            if (!entry.ip().isLinkLocal()) // those need the name of the other's card
                found += entry.ip();
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &left, const auto &right) {
        return left.protocol() == QAbstractSocket::IPv4Protocol &&
               right.protocol() != QAbstractSocket::IPv4Protocol;
    });
    return found;
}

bool speaksIpv6()
{
    const QList<QHostAddress> all = QNetworkInterface::allAddresses();
    return std::any_of(all.cbegin(), all.cend(), [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv6Protocol;
    });
}

QString withPort(const QHostAddress &address, quint16 port)
{
    return (address.protocol() == QAbstractSocket::IPv6Protocol ? QStringLiteral("[%1]:%2")
                                                                : QStringLiteral("%1:%2"))
        .arg(address.toString())
        .arg(port);
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
    QStringList addresses;
    for (const syncserver::ListenAt &place : options.at) {
        const QHostAddress at(place.address);
        const bool isEverywhere =
            at == QHostAddress(QHostAddress::AnyIPv4) || at == QHostAddress(QHostAddress::AnyIPv6);
        if (!isEverywhere) {
            addresses += withPort(at, port);
            continue;
        }
        for (const QHostAddress &outer : outerAddresses())
            if (outer.protocol() == at.protocol())
                addresses += withPort(outer, port);
    }
    if (addresses.isEmpty()) // no network now: this machine alone
        addresses += withPort(QHostAddress(QHostAddress::LocalHost), port);
    return addresses;
}

QString hostOf(const QString &address)
{
    QString host = address.left(address.lastIndexOf(QLatin1Char(':')));
    return host.remove(QLatin1Char('[')).remove(QLatin1Char(']'));
}

} // namespace simmer::app
