// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/Door.h"

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

/// As it stands in a Host header.
QString bracketed(const QString &address)
{
    const bool isBare =
        address.count(QLatin1Char(':')) > 1 && !address.startsWith(QLatin1Char('['));
    return isBare ? QStringLiteral("[%1]").arg(address) : address;
}

QString fromView(std::string_view text)
{
    return QString::fromLatin1(text.data(), qsizetype(text.size()));
}

} // namespace

Door::Door(const QStringList &hosts, QStringList origins, bool hasResponder)
    : m_hosts{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("[::1]")}
    , m_origins(std::move(origins))
    , m_hasResponder(hasResponder)
{
    for (const QString &host : hosts)
        m_hosts += bracketed(host.toLower());
}

bool Door::isWelcome(const Visitor &visitor, const QString &address) const
{
    const QString name = fromView(hostName(visitor.host)).toLower();
    const bool isOurs = m_hosts.contains(name) || name == bracketed(address);
    return isOurs && (!visitor.origin || m_origins.contains(fromView(*visitor.origin)));
}

Answer Door::answer(const Visitor &visitor, const QString &address) const
{
    if (visitor.wantsWebSocket)
        return visitor.target != "/sync"     ? Answer::Unknown
               : isWelcome(visitor, address) ? Answer::Sync
                                             : Answer::Forbidden;
    const bool reads = visitor.method == "GET" || visitor.method == "HEAD";
    if (reads && visitor.target == "/healthz")
        return Answer::Healthy;
    if (!m_hasResponder || visitor.target == "/sync" || visitor.target.substr(0, 1) != "/")
        return Answer::Unknown;
    return isWelcome(visitor, address) ? Answer::Ask : Answer::Forbidden;
}

} // namespace simmer::syncserver
