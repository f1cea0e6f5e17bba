// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Door.h"
#include "syncserver/net/Http.h"
#include "syncserver/net/Socket.h"

#include <boost/beast/core/span.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>

/// Beast's messages and ours.
namespace simmer::syncserver {

namespace beast = boost::beast;
namespace http = beast::http;

using RequestParser = http::request_parser<http::string_body>;
using RequestHead = http::request_header<http::fields>;
using Response = http::response<http::span_body<const char>>;

/// What the door looks at; views into `head`.
Visitor visitorOf(const RequestHead &head);
HttpRequest requestOf(const RequestParser::value_type &request, const Peer &peer);

/// The headers that each answer has, also one that becomes a WebSocket.
void secureHeaders(http::fields &headers);
/// The answer as Beast sends it; its body stays the caller's.
Response responseOf(const HttpAnswer &answer, unsigned version);

/// The status for a head or body that Beast could not read; 0 when nobody is there to be told.
int statusOf(beast::error_code error);
/// An answer of the transport itself.
HttpAnswer plainAnswer(int status);

} // namespace simmer::syncserver
