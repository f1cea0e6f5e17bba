// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/ApiKitchen.h"
#include "syncserver/net/Http.h"

#include <QJsonObject>

#include <variant>

namespace simmer::syncserver {

/// A request that may be answered: its route is known, and who asks. In the kitchen's thread.
struct Visit {
    QByteArray id; ///< what stands for {id} in the path: 32 hexadecimal digits
    QJsonObject body;
    ApiGuest guest;
    HttpResponder::Reply reply;
    HttpResponder::Open open;
};

/// One thing that can be asked, with all that the description says of it.
struct Route {
    QByteArray method;
    QByteArray path;       ///< from / on; one part may be {id}
    const char *operation; ///< its name, which generated clients use
    const char *summary;
    Role needs = Role::Viewer;
    const char *takes = nullptr; ///< the schema of its body; null: none
    bool takesNothing = false;   ///< may come without that body
    int status = 200;
    const char *gives = nullptr; ///< the schema of its answer; null: a stream of events
    QList<int> faults;           ///< beside those of every route
    void (*handle)(const Visit &visit) = nullptr;
};

/// Finds the route of a request.
class Router
{
public:
    struct Found {
        const Route *route;
        QByteArray id;
    };
    struct NoSuchPath {
    };
    struct OtherMethods {
        QByteArray allowed; ///< as Allow wants it
    };

    explicit Router(QList<Route> routes);

    std::variant<Found, NoSuchPath, OtherMethods> find(const QByteArray &method,
                                                       const QByteArray &path) const;
    const QList<Route> &routes() const { return m_routes; }

private:
    QList<Route> m_routes;
};

} // namespace simmer::syncserver
