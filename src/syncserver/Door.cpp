// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/Door.h"

namespace simmer::syncserver {

namespace {

/// Without the port, which a tunnel may change: what protects is the name.
std::string_view hostName(std::string_view host)
{
    const size_t bracket = host.rfind(']');
    const size_t colon = host.rfind(':');
    const bool hasPort =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    return hasPort ? host.substr(0, colon) : host;
}

bool isOurs(std::string_view host, const QString &address)
{
    const QString name = QString::fromLatin1(host.data(), qsizetype(host.size())).toLower();
    const QString own =
        address.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(address) : address;
    return name == own || name == QLatin1String("localhost") ||
           name == QLatin1String("127.0.0.1") || name == QLatin1String("[::1]");
}

} // namespace

Answer answer(const Visitor &visitor, const QString &address)
{
    if (visitor.wantsWebSocket && visitor.target == "/sync") {
        const bool welcome = !visitor.hasOrigin && isOurs(hostName(visitor.host), address);
        return welcome ? Answer::Sync : Answer::Forbidden;
    }
    const bool healthCheck = visitor.method == "GET" && visitor.target == "/healthz";
    return healthCheck && !visitor.wantsWebSocket ? Answer::Healthy : Answer::Unknown;
}

} // namespace simmer::syncserver
