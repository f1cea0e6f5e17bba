// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Router.h"

#include <algorithm>

namespace simmer::syncserver {

namespace {

constexpr qsizetype IdDigits = 32;

bool isId(const QByteArray &part)
{
    return part.size() == IdDigits && std::all_of(part.cbegin(), part.cend(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// The {id} of a path that fits the template; empty when it has none.
std::optional<QByteArray> fits(const QByteArray &pattern, const QByteArray &path)
{
    const QList<QByteArray> wanted = pattern.split('/');
    const QList<QByteArray> parts = path.split('/');
    if (wanted.size() != parts.size())
        return std::nullopt;
    QByteArray id = "";
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (wanted[i] == "{id}" && isId(parts[i]))
            id = parts[i];
        else if (wanted[i] != parts[i])
            return std::nullopt;
    }
    return id;
}

} // namespace

Router::Router(QList<Route> routes)
    : m_routes(std::move(routes))
{
}

std::variant<Router::Found, Router::NoSuchPath, Router::OtherMethods>
Router::find(const QByteArray &method, const QByteArray &path) const
{
    QByteArrayList allowed;
    for (const Route &route : m_routes) {
        const auto id = fits(route.path, path);
        if (!id)
            continue;
        if (route.method == method)
            return Found{&route, *id};
        allowed += route.method;
    }
    if (allowed.isEmpty())
        return NoSuchPath{};
    return OtherMethods{allowed.join(", ")};
}

} // namespace simmer::syncserver
