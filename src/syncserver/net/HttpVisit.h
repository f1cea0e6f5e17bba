// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/BeastSocket.h"
#include "syncserver/net/HttpFlow.h"
#include "syncserver/net/HttpMessage.h"

#include <optional>

namespace simmer::syncserver {

class HttpVisit;

/// What all connections of an endpoint share. Network thread only.
struct House {
    EndpointOptions options;
    Door door;
    std::optional<TlsContext> tls;
    Endpoint::Greeter greeter;
    HttpResponder *responder = nullptr;
    std::shared_ptr<Mailbox> mailbox;
    OpenSockets open = {};
    std::set<HttpVisit *> visits = {};
    bool isQuiet = false; ///< no more requests are taken
};

/// A connection as long as it speaks HTTP: TLS if there is any, one request after another, an
/// answer without an end, or the way to a WebSocket. What it waits for keeps it alive. Network
/// thread only.
class HttpVisit final : public FlowTaker, public std::enable_shared_from_this<HttpVisit>
{
public:
    HttpVisit(TcpSocket socket, const Peer &peer, House &house, std::unique_ptr<Place> place);
    ~HttpVisit() override;

    void begin();
    /// Ends it, unless an answer is under way.
    void quiesce();

    // An open answer
    void takeMore(const QByteArray &bytes) override;
    void takeEnd() override;
    void drop() override;

private:
    enum class Stage { Reading, Asking, Answering, Streaming, Leaving };

    void listenForTls();
    void onTlsOrNot();
    void readHead();
    void onHead(beast::error_code error);
    void readBody();
    void onBody(beast::error_code error);
    void upgrade();
    void ask();
    void answered(int request, const HttpAnswer &answer);
    void opened(int request, const HttpAnswer &head, std::shared_ptr<HttpFlow::Gauge> gauge);
    void refuse(int status);
    void send(const HttpAnswer &answer, bool mayStay);
    void onSent(bool failed);
    void watchReader();
    void pour();
    void onPoured(bool failed, qsizetype bytes);
    void leave();
    void drain();

    /// onLate() follows unless it is called again before.
    void within(int ms);
    void onLate();
    void close();
    bool isHead() const;

    House &m_house;
    Line m_line;
    Peer m_peer;
    QString m_address; ///< that it came to
    std::unique_ptr<Place> m_place;
    Timer m_timer;
    std::chrono::steady_clock::time_point m_due; ///< for a hello
    Stage m_stage = Stage::Reading;
    bool m_hasHead = false;
    int m_request = 0; ///< how many were asked about
    int m_wait = 0;    ///< how many deadlines were set
    beast::flat_buffer m_in;
    std::optional<RequestParser> m_parser;
    HttpAnswer m_answer;
    Response m_response;
    std::optional<http::response_serializer<http::span_body<const char>>> m_serializer;
    std::shared_ptr<HttpFlow::Gauge> m_gauge; ///< while streaming
    QByteArray m_waiting;
    QByteArray m_pouring; ///< a chunk that is being written; empty when none is
    bool m_isEnding = false;
    size_t m_drained = 0;
    std::array<char, 256> m_unasked = {}; ///< what comes while streaming; nobody reads it
};

} // namespace simmer::syncserver
