// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QtGlobal>

#include <functional>
#include <memory>
#include <utility>

namespace simmer::syncserver {

/// One HTTP request, whole (body ≤ 64 KiB). Host and Origin were checked at the door.
struct HttpRequest {
    QByteArray method; ///< GET also for HEAD, whose answer goes out without its body
    QByteArray path;   ///< begins with a slash; as it came, not decoded
    QByteArray query;  ///< without the question mark; as it came
    QByteArray host;
    QByteArray origin; ///< empty when absent
    QByteArray authorization;
    QByteArray contentType;
    QByteArray body;
    bool isLocal = false; ///< from this machine, and no proxy stands before the server
    bool isSecure = false;

    bool operator==(const HttpRequest &) const = default;
};

/// What is answered. The transport adds length, connection and the security headers; a header given
/// here goes before those. Headers that HTTP cannot carry are left out.
struct HttpAnswer {
    int status = 200;
    QByteArray type; ///< Content-Type; none when empty
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;

    bool operator==(const HttpAnswer &) const = default;
};

/// An open answer without an end (server-sent events). May be used from any thread; when it goes,
/// the answer ends. A reader with more than 256 KiB waiting, or that takes nothing for the server's
/// stalled time, is dropped: then isOpen() is false and what is written goes nowhere.
class HttpStream
{
public:
    HttpStream() = default;
    virtual ~HttpStream() = default;
    Q_DISABLE_COPY_MOVE(HttpStream)

    virtual void write(QByteArray bytes) = 0;
    virtual void end() = 0;
    virtual bool isOpen() const = 0;
};

/// How requests are answered. answer() is called in the network thread and must not wait. Either
/// `reply` or `open` is to be called, once, from any thread, also later; after 30 s without one the
/// server answers 503 itself. `open` gives the stream, which belongs to who opened it.
class HttpResponder
{
public:
    using Reply = std::function<void(HttpAnswer)>;
    using Open = std::function<std::shared_ptr<HttpStream>(HttpAnswer head)>;

    HttpResponder() = default;
    virtual ~HttpResponder() = default;
    Q_DISABLE_COPY_MOVE(HttpResponder)

    virtual void answer(HttpRequest request, Reply reply, Open open) = 0;
};

} // namespace simmer::syncserver
