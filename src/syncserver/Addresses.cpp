// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/Addresses.h"

#include <QHostAddress>
#include <QNetworkInterface>

#include <algorithm>

namespace simmer::syncserver {

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

QString withPort(const QHostAddress &address, quint16 port)
{
    return (address.protocol() == QAbstractSocket::IPv6Protocol ? QStringLiteral("[%1]:%2")
                                                                : QStringLiteral("%1:%2"))
        .arg(address.toString())
        .arg(port);
}

} // namespace

QStringList addressesOf(const QList<ListenAt> &places)
{
    QStringList addresses;
    for (const ListenAt &place : places) {
        const QHostAddress at(place.address);
        const bool isEverywhere =
            at == QHostAddress(QHostAddress::AnyIPv4) || at == QHostAddress(QHostAddress::AnyIPv6);
        if (!isEverywhere) {
            addresses += withPort(at, place.port);
            continue;
        }
        for (const QHostAddress &outer : outerAddresses())
            if (outer.protocol() == at.protocol())
                addresses += withPort(outer, place.port);
    }
    if (addresses.isEmpty() && !places.isEmpty()) // no network now: this machine alone
        addresses += withPort(QHostAddress(QHostAddress::LocalHost), places.constFirst().port);
    return addresses;
}

} // namespace simmer::syncserver
