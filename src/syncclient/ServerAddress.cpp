// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/ServerAddress.h"

namespace simmer::syncclient {

QUrl socketAddress(const QUrl &server)
{
    QUrl address = server;
    const QString scheme = server.scheme();
    if (scheme == QLatin1String("http") || scheme == QLatin1String("https"))
        address.setScheme(scheme == QLatin1String("https") ? QStringLiteral("wss")
                                                           : QStringLiteral("ws"));
    else if (scheme != QLatin1String("ws") && scheme != QLatin1String("wss"))
        address = QUrl(QStringLiteral("wss://") + server.toString());
    if (address.path().isEmpty() || address.path() == QLatin1String("/"))
        address.setPath(QStringLiteral("/sync"));
    return address;
}

} // namespace simmer::syncclient
