// SPDX-License-Identifier: GPL-3.0-or-later
// Whole connections that speak HTTP, or something like it, to the server.
#include "FedVisit.h"

using namespace simmer;
using namespace simmer::syncserver;

namespace {

/// Answers with what came, where it might do harm: in headers.
class Mirror final : public HttpResponder
{
public:
    void answer(HttpRequest request, Reply reply, Open open) override
    {
        if (!request.path.startsWith('/') || request.body.size() > 64 * 1024 ||
            request.method.isEmpty() || request.host.isEmpty() || request.path.contains('?'))
            qFatal("a request that should not have come: %s", request.path.constData());
        const HttpAnswer made{200,
                              request.contentType,
                              "ok",
                              {{"X-Mirror", request.query},
                               {request.body.first(std::min<qsizetype>(40, request.body.size())),
                                request.authorization}}};
        if (request.path.size() % 4 == 1 && request.path.size() > 1) {
            const auto stream = open(made);
            stream->write(request.body);
            stream->write("ok");
        } else
            reply(made);
    }
};

/// A WebSocket's side that hears all and says nothing.
class Listener final : public Talker
{
public:
    explicit Listener(Socket &socket)
        : m_socket(socket)
    {
        m_socket.readNext(0);
    }
    void received(const QByteArray &, bool) override { m_socket.readNext(0); }
    void tookOne(qsizetype) override {}
    void stalled() override {}
    void silent() override {}

private:
    Socket &m_socket;
};

/// Bytes of the body that begins at `at`, or nothing when it does not end.
qsizetype bodyLength(const QByteArray &heard, qsizetype at, const QByteArray &head)
{
    if (head.contains("\r\ntransfer-encoding: chunked")) {
        const qsizetype end = heard.indexOf("0\r\n\r\n", at);
        return end < 0 ? heard.size() - at : end + 5 - at;
    }
    const qsizetype from = head.indexOf("\r\ncontent-length: ");
    const bool isHeadOnly = heard.size() == at || heard.mid(at, 7) == "HTTP/1.";
    return from < 0 || isHeadOnly
               ? 0
               : head.mid(from + 18, head.indexOf('\r', from + 2) - from - 18).toLongLong();
}

/// One whole answer after another, and nothing that a client would take for one of its own.
void checkAnswers(const QByteArray &heard)
{
    for (qsizetype at = 0; at < heard.size();) {
        const qsizetype end = heard.indexOf("\r\n\r\n", at);
        const QByteArray head = heard.mid(at, end + 2 - at).toLower();
        if (!head.startsWith("http/1.") || end < 0)
            qFatal("no answer: %s", heard.mid(at).constData());
        if (head.startsWith("http/1.1 101 ") || !head.startsWith("http/1.1"))
            return;
        at = end + 4;
        if (head.startsWith("http/1.1 100 "))
            continue;
        if (!head.contains("\r\nx-content-type-options: nosniff\r\n"))
            qFatal("a header is missing: %s", head.constData());
        at += bodyLength(heard, at, head);
        if (at > heard.size())
            qFatal("an answer shorter than it says: %s", head.constData());
        if (head.contains("\r\nconnection: close\r\n") && at < heard.size() &&
            !head.contains("chunked"))
            qFatal("more after the last answer: %s", heard.constData());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    Mirror mirror;
    fuzz::FedVisit visit(&mirror,
                         [](Socket &socket) { return std::make_unique<Listener>(socket); });
    fuzz::inPieces(input, [&](const QByteArray &piece) { return visit.say(piece); });
    checkAnswers(visit.hangUp());
    return 0;
}
