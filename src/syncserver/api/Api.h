// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/Router.h"

#include <atomic>

namespace simmer::syncserver {

/// HTTP API version 1: timers and recipes for other programs, by a device's token. What a request
/// says of itself is judged in the network thread, the rest in the thread of its kitchen.
class Api final : public HttpResponder
{
public:
    explicit Api(GuestBook guests);

    void answer(HttpRequest request, Reply reply, Open open) override;

    const Router &router() const { return m_router; }

private:
    GuestBook m_guests;
    Router m_router;
    HttpAnswer m_description;
};

/// The 32 bytes of "Bearer <64 hexadecimal digits>".
std::optional<QByteArray> bearerToken(const QByteArray &authorization);

/// Sends requests to whoever answers for the beginning of their path, and 404 to others.
class HttpFront final : public HttpResponder
{
public:
    /// All below `path`, or that path itself. `responder` must outlive this.
    void add(const QByteArray &path, HttpResponder &responder);

    void answer(HttpRequest request, Reply reply, Open open) override;
    /// Requests so far; from any thread.
    qint64 requests() const { return m_requests; }

private:
    QList<std::pair<QByteArray, HttpResponder *>> m_responders;
    std::atomic<qint64> m_requests = 0;
};

} // namespace simmer::syncserver
