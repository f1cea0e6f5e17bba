// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>
#include <string_view>

namespace simmer::syncserver {

/// What counts of an HTTP request's head.
struct Visitor {
    std::string_view method;
    std::string_view target;
    std::string_view host;                  ///< empty when absent
    std::optional<std::string_view> origin; ///< a browser's
    bool wantsWebSocket = false;
};

/// What becomes of a visitor.
enum class Answer {
    Sync,      ///< the WebSocket is opened
    Healthy,   ///< 200 for a health check
    Ask,       ///< the responder knows
    Unknown,   ///< 404
    Forbidden, ///< 403: a foreign page, or one that points a foreign name at us (DNS rebinding)
};

/// Decides about visitors by exact lists.
class Door
{
public:
    /// `hosts`: names, without a port, by which the server is called beside localhost and the
    /// address that the visitor came to. `origins`: pages that may talk to it ("https://…").
    Door(const QStringList &hosts, QStringList origins, bool hasResponder);

    /// `address` is the one that the visitor came to.
    Answer answer(const Visitor &visitor, const QString &address) const;

private:
    bool isWelcome(const Visitor &visitor, const QString &address) const;

    QStringList m_hosts;
    QStringList m_origins;
    bool m_hasResponder;
};

} // namespace simmer::syncserver
