// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace simmer::syncserver {

/// What counts of an HTTP request's head.
struct Visitor {
    std::string_view method;
    std::string_view target;
    std::string_view host; ///< empty when absent
    bool hasOrigin = false;
    bool wantsWebSocket = false;
};

/// What becomes of a visitor.
enum class Answer {
    Sync,      ///< the WebSocket is opened
    Healthy,   ///< 200 for a health check
    Unknown,   ///< 404
    Forbidden, ///< 403: a browser, or a page that points a foreign name at us (DNS rebinding)
};

/// Decides at the door. `address` is the one that the server listens on.
Answer answer(const Visitor &visitor, const QString &address);

} // namespace simmer::syncserver
