// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/HttpMessage.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

namespace simmer::syncserver {

namespace {

std::string_view view(beast::string_view text)
{
    return {text.data(), text.size()};
}

QByteArray bytes(beast::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

beast::string_view text(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

/// RFC 9110, section 5.6.2.
bool isToken(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isValue(const QByteArray &value)
{
    return std::none_of(value.cbegin(), value.cend(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

/// What the transport says itself: two of one kind would split the answer.
bool isOurs(http::field name)
{
    return name == http::field::content_length || name == http::field::transfer_encoding ||
           name == http::field::connection || name == http::field::keep_alive ||
           name == http::field::upgrade || name == http::field::trailer;
}

void addHeader(Response &response, const QByteArray &name, const QByteArray &value)
{
    const http::field known = http::string_to_field(text(name));
    if (!isToken(name) || !isValue(value) || isOurs(known))
        return;
    if (known == http::field::set_cookie)
        response.insert(text(name), text(value));
    else
        response.set(text(name), text(value));
}

} // namespace

Visitor visitorOf(const RequestHead &head)
{
    Visitor visitor{view(head.method_string()), view(head.target()), {}, {}, false};
    if (head.count(http::field::host) == 1)
        visitor.host = view(head[http::field::host]);
    if (const auto origin = head.find(http::field::origin); origin != head.end())
        visitor.origin =
            head.count(http::field::origin) == 1 ? view(origin->value()) : std::string_view("null");
    visitor.wantsWebSocket = beast::websocket::is_upgrade(head);
    return visitor;
}

HttpRequest requestOf(const RequestParser::value_type &request, const Peer &peer)
{
    const QByteArray target = bytes(request.target());
    const qsizetype mark = target.indexOf('?');
    HttpRequest made;
    made.method =
        request.method() == http::verb::head ? QByteArray("GET") : bytes(request.method_string());
    made.path = mark < 0 ? target : target.left(mark);
    made.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    made.host = bytes(request[http::field::host]);
    made.origin = bytes(request[http::field::origin]);
    made.authorization = bytes(request[http::field::authorization]);
    made.contentType = bytes(request[http::field::content_type]);
    made.body = QByteArray::fromStdString(request.body());
    made.isLocal = peer.isLocal;
    made.isSecure = peer.isSecure;
    return made;
}

void secureHeaders(http::fields &headers)
{
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(http::field::cache_control, "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

Response responseOf(const HttpAnswer &answer, unsigned version)
{
    const bool isStatus = answer.status >= 200 && answer.status <= 599;
    Response response;
    response.version(version);
    response.result(isStatus ? unsigned(answer.status) : 500U);
    secureHeaders(response);
    if (!answer.type.isEmpty())
        addHeader(response, "Content-Type", answer.type);
    for (const auto &[name, value] : answer.headers)
        addHeader(response, name, value);
    const bool mayHaveBody = response.result() != http::status::no_content &&
                             response.result() != http::status::not_modified;
    if (mayHaveBody) {
        response.body() = {answer.body.constData(), size_t(answer.body.size())};
        response.content_length(std::uint64_t(answer.body.size()));
    }
    return response;
}

int statusOf(beast::error_code error)
{
    if (error == http::error::header_limit)
        return 431;
    if (error == http::error::body_limit || error == http::error::buffer_overflow)
        return 413;
    const bool isGone =
        error == http::error::end_of_stream || error == http::error::partial_message;
    const bool isHttp =
        error.category() == http::make_error_code(http::error::bad_method).category();
    return isHttp && !isGone ? 400 : 0;
}

HttpAnswer plainAnswer(int status)
{
    const auto reason = http::obsolete_reason(http::status(status));
    return {status, "text/plain", bytes(reason).toLower() + '\n', {}};
}

} // namespace simmer::syncserver
