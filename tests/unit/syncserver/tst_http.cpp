// SPDX-License-Identifier: GPL-3.0-or-later
#include "EndpointTest.h"

#include <QRandomGenerator>

using namespace simmer;
using namespace simmer::tests;
using namespace simmer::syncserver;

namespace {

QByteArray get(const QByteArray &target, const QByteArray &more = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

QByteArray post(const QByteArray &target, const QByteArray &body, const QByteArray &more = {})
{
    return "POST " + target +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n" + more + "\r\n" + body;
}

const QByteArray Close = "Connection: close\r\n";

} // namespace

/// HTTP with real sockets; each test over plain TCP and over TLS.
class TestHttp : public EndpointTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

    void requestComesWhole();
    void answerCarriesTheSecurityHeaders();
    void headComesWithoutItsBody();
    void oddAnswersAreMadeFit();
    void answersFromAnyThreadOnce();
    void staysOpenForTheNext();
    void pipelinedRequestsKeepTheirOrder();
    void idleConnectionIsClosed();
    void refusalsClose();
    void guestsAreLimited();
    void chunkedBodyComesWhole();
    void bodyWaitsForContinue();
    void badRequestsAreAnswered_data();
    void badRequestsAreAnswered();
    void lateBodyIsToldSo();
    void lateAnswerIsLost();
    void foreignHostsAndPagesAreRefused();
    void garbageNeverStopsIt();
    void streamFlows();
    void streamToOldClientsEndsByClosing();
    void headOfAStreamEnds();
    void stalledReaderIsDropped();
    void leavingReaderIsNoticed();
    void streamOutlivesTheEndpoint();
    void repliesOutliveTheEndpoint();

private:
    std::unique_ptr<Caller> call() const
    {
        return m_options.identity ? std::make_unique<Caller>(m_port, std::nullopt)
                                  : std::make_unique<Caller>(m_port);
    }
    QByteArray answerTo(const QByteArray &request) { return call()->answerTo(request); }
};

void TestHttp::initTestCase_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestHttp::init()
{
    QFETCH_GLOBAL(const bool, secure);
    if (secure)
        startSecure();
    else
        startPlain();
}

void TestHttp::cleanup()
{
    m_answers.forgetStream();
    m_endpoint.reset();
}

void TestHttp::requestComesWhole()
{
    const QByteArray answer =
        answerTo(post("/echo?a=%20b&c", "{\"x\":1}",
                      Close + "Content-Type: application/json\r\nAuthorization: Bearer t\r\n"));
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY(answer.endsWith("\r\n\r\nPOST /echo?a=%20b&c application/json {\"x\":1}"));
    QVERIFY(answer.contains("\r\nX-Simmer: yes\r\n"));
    const HttpRequest request = m_answers.requests().last();
    QCOMPARE(request.host, QByteArray("localhost"));
    QCOMPARE(request.authorization, QByteArray("Bearer t"));
    QCOMPARE(request.isSecure, m_options.identity.has_value());
    QVERIFY(request.isLocal && request.origin.isEmpty());
}

void TestHttp::answerCarriesTheSecurityHeaders()
{
    auto socket = call();
    socket->talk({});
    const QByteArray upgraded = socket->heard();
    QVERIFY(upgraded.startsWith("HTTP/1.1 101 "));
    for (const QByteArray &answer :
         {upgraded, answerTo(get("/echo", Close)), answerTo(get("/none", Close)),
          answerTo(get("/healthz")), answerTo("nonsense\r\n\r\n")}) {
        QVERIFY2(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"), answer.constData());
        QVERIFY(answer.contains("\r\nReferrer-Policy: no-referrer\r\n"));
        QVERIFY(answer.contains("\r\nCache-Control: no-store\r\n"));
        QVERIFY(answer.contains("\r\nContent-Security-Policy: default-src 'none'; "
                                "frame-ancestors 'none'\r\n"));
        QVERIFY(!answer.contains("Beast"));
    }
}

void TestHttp::headComesWithoutItsBody()
{
    const QByteArray answer =
        answerTo("HEAD /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QVERIFY(answer.contains("\r\nContent-Length: 12\r\n"));
    QVERIFY(answer.endsWith("\r\n\r\n"));
    QCOMPARE(m_answers.requests().last().method, QByteArray("GET"));
    QVERIFY(answerTo("HEAD /healthz HTTP/1.1\r\n\r\n").endsWith("\r\n\r\n"));
    auto caller = call(); // nothing of it gets into the next answer
    caller->say("HEAD /echo HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/echo", Close));
    QCOMPARE(caller->untilClosed().count("GET /echo?"), 1);
}

void TestHttp::oddAnswersAreMadeFit()
{
    const QByteArray split = answerTo(get("/split", Close));
    QVERIFY2(!split.contains("X-Bad") && !split.contains("X-Split"), split.constData());
    QVERIFY(split.contains("\r\nContent-Length: 1\r\n") && !split.contains("99"));
    QVERIFY(split.contains("a=1") && split.contains("b=2"));
    QVERIFY(split.contains("default-src 'self'") && !split.contains("default-src 'none'"));
    QVERIFY(split.endsWith("\r\n\r\nx"));
    const QByteArray empty = answerTo(get("/empty", Close));
    QVERIFY(empty.startsWith("HTTP/1.1 204 ") && empty.endsWith("\r\n\r\n"));
    QVERIFY(!empty.contains("Content-Length"));
    QVERIFY(answerTo(get("/status", Close)).startsWith("HTTP/1.1 500 "));
}

void TestHttp::answersFromAnyThreadOnce()
{
    QVERIFY(answerTo(get("/elsewhere", Close)).contains("GET /elsewhere?"));
    auto caller = call();
    caller->say(get("/twice") + get("/echo", Close));
    const QByteArray answers = caller->untilClosed();
    QCOMPARE(answers.count("HTTP/1.1 "), 2);
    QVERIFY(answers.contains("first") && !answers.contains("second"));
    QVERIFY(!answers.contains("third"));
}

void TestHttp::staysOpenForTheNext()
{
    auto caller = call();
    for (int i = 1; i <= 20; ++i) {
        caller->say(post("/echo", "body" + QByteArray::number(i) + '.'));
        QVERIFY(caller->hears("body" + QByteArray::number(i) + '.'));
    }
    caller->talk({"hello"}); // and may become a WebSocket
    QVERIFY(caller->hears("no key"));
}

void TestHttp::pipelinedRequestsKeepTheirOrder()
{
    auto caller = call();
    QByteArray requests;
    for (int i = 0; i < 50; ++i)
        requests += i % 2 ? post("/elsewhere", "n" + QByteArray::number(i) + ';')
                          : get("/echo?n" + QByteArray::number(i) + ';');
    caller->say(requests + get("/echo", Close));
    const QByteArray answers = caller->untilClosed();
    qsizetype at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.indexOf("n" + QByteArray::number(i) + ';', at);
        QVERIFY2(at >= 0, qPrintable(QString::number(i)));
    }
    QCOMPARE(answers.count("HTTP/1.1 200 OK"), 51);
}

void TestHttp::idleConnectionIsClosed()
{
    m_options.idleMs = 200;
    start();
    auto caller = call();
    caller->say(get("/echo"));
    QVERIFY(caller->hears("GET /echo"));
    QVERIFY(!caller->untilClosed().contains(" 408 "));
}

void TestHttp::refusalsClose()
{
    QVERIFY(answerTo(get("/none")).startsWith("HTTP/1.1 404 "));
    QVERIFY(answerTo("GET /echo HTTP/1.0\r\nHost: localhost\r\n\r\n").contains("GET /echo"));
}

void TestHttp::guestsAreLimited()
{
    m_options.guests = 2;
    start();
    std::vector<std::unique_ptr<Caller>> guests;
    for (int i = 0; i < 2; ++i) {
        guests.push_back(call());
        guests.back()->say(get("/echo"));
        QVERIFY(guests.back()->hears("GET /echo"));
    }
    QVERIFY(answerTo(get("/echo")).contains("200 OK")); // answered, but not kept
    QVERIFY(!guests.front()->isClosed());
    guests.clear();
}

void TestHttp::chunkedBodyComesWhole()
{
    const QByteArray head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n";
    QVERIFY(answerTo(head + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n")
                .endsWith(" abc0123456789"));
    auto slow = call(); // the last chunk in two: Beast asserted that it has five bytes
    slow->say(head + "0\r\n");
    slow->socket->waitForBytesWritten(1000);
    slow->say("X");
    slow->socket->waitForBytesWritten(1000);
    slow->say(": y\r\n\r\n");
    QVERIFY(slow->untilClosed().endsWith("POST /echo?  "));
    QByteArray many;
    for (int i = 0; i < 70; ++i)
        many += "400\r\n" + QByteArray(1024, 'x') + "\r\n";
    QVERIFY(answerTo(head + many).startsWith("HTTP/1.1 413 "));
    QVERIFY(answerTo(head + "zz\r\n").startsWith("HTTP/1.1 400 "));
    QVERIFY(answerTo(head + "3;" + QByteArray(200'000, 'x')).startsWith("HTTP/1.1 4"));
    QVERIFY(isWell());
}

void TestHttp::bodyWaitsForContinue()
{
    auto caller = call();
    caller->say("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                "Connection: close\r\nExpect: 100-continue\r\n\r\n");
    QVERIFY(caller->hears("HTTP/1.1 100 Continue\r\n\r\n"));
    caller->say("body");
    QVERIFY(caller->untilClosed().endsWith(" body"));
}

void TestHttp::badRequestsAreAnswered_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: localhost\r\n";
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << 400;
    QTest::newRow("bad version") << QByteArray("GET / HTTP/9\r\n\r\n") << 400;
    QTest::newRow("space in a name") << get("/echo", "A b: c\r\n") << 400;
    QTest::newRow("control") << get("/echo", QByteArray("A: \x01\r\n")) << 400;
    QTest::newRow("two lengths") << get("/echo", "Content-Length: 1\r\nContent-Length: 2\r\n")
                                 << 400;
    QTest::newRow("length and chunks")
        << get("/echo", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("negative") << get("/echo", "Content-Length: -1\r\n") << 400;
    QTest::newRow("large head") << get("/echo", "X: " + QByteArray(9000, 'x') + "\r\n") << 431;
    QTest::newRow("endless target") << "GET /" + QByteArray(100'000, 'x') << 431;
    QTest::newRow("large body") << post("/echo", QByteArray(64 * 1024 + 1, 'x')) << 413;
    QTest::newRow("said to be large") << get("/echo", "Content-Length: 999999999999\r\n") << 413;
    QTest::newRow("just fits") << post("/echo", QByteArray(64 * 1024, 'x'), Close) << 200;
    QTest::newRow("absolute") << get("http://localhost/echo") << 404;
    QTest::newRow("star") << "OPTIONS * HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("CONNECT") << "CONNECT localhost:80 HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("/sync by HTTP") << get("/sync") << 404;
    QTest::newRow("frame behind the upgrade")
        << get("/sync", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") +
               QByteArray("\x81\x82\0\0\0\0hi", 8)
        << 400;
    QTest::newRow("old WebSocket") << get("/sync", "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                                   "Sec-WebSocket-Version: 8\r\n")
                                   << 426;
}

void TestHttp::badRequestsAreAnswered()
{
    QFETCH(const QByteArray, request);
    QFETCH(const int, status);
    const QByteArray answer = answerTo(request);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '),
             answer.left(200).constData());
    QVERIFY(isWell());
}

void TestHttp::lateBodyIsToldSo()
{
    m_options.handshakeMs = 300;
    start();
    auto caller = call();
    caller->say("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbo");
    QVERIFY(caller->untilClosed().startsWith("HTTP/1.1 408 "));
    QVERIFY(isWell());
}

void TestHttp::lateAnswerIsLost()
{
    {
        auto caller = call();
        caller->say(get("/held"));
        QTRY_VERIFY(!m_answers.requests().isEmpty() && m_answers.requests().last().path == "/held");
    } // it left
    m_answers.release();
    QVERIFY(isWell());
    auto patient = call();
    patient->say(get("/held"));
    const qsizetype before = m_answers.requests().size();
    QTRY_COMPARE(m_answers.requests().size(), before + 1);
    m_answers.release();
    QVERIFY(patient->hears("released"));
}

void TestHttp::foreignHostsAndPagesAreRefused()
{
    m_options.hosts = {QStringLiteral("kitchen.local")};
    m_options.origins = {QStringLiteral("https://kitchen.local")};
    start();
    const auto with = [](const QByteArray &headers) {
        return "GET /echo HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n";
    };
    const qsizetype before = m_answers.requests().size();
    for (const char *headers :
         {"", "Host: evil.example\r\n", "Host: localhost\r\nHost: localhost\r\n",
          "Host: localhost\r\nOrigin: http://localhost\r\n", "Host: localhost\r\nOrigin: null\r\n",
          "Host: evil.example\r\nOrigin: https://kitchen.local\r\n",
          "Host: localhost\r\nOrigin: https://kitchen.local\r\nOrigin: https://kitchen.local\r\n"})
        QVERIFY2(answerTo(with(headers)).startsWith("HTTP/1.1 403 "), headers);
    QCOMPARE(m_answers.requests().size(), before);
    for (const char *headers :
         {"Host: localhost\r\n", "Host: kitchen.local:7464\r\n", "Host: 127.0.0.1\r\n",
          "Host: kitchen.local\r\nOrigin: https://kitchen.local\r\n"})
        QVERIFY2(answerTo(with(headers)).startsWith("HTTP/1.1 200 "), headers);
    QCOMPARE(m_answers.requests().last().origin, QByteArray("https://kitchen.local"));
}

void TestHttp::garbageNeverStopsIt()
{
    QRandomGenerator random(7464);
    const QByteArray seeds[] = {get("/echo"), post("/echo", "{}"),
                                "POST /echo HTTP/1.1\r\nHost: localhost\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"};
    for (int i = 0; i < 150; ++i) {
        QByteArray request = seeds[i % 3];
        for (int change = 0; change < 1 + i % 4; ++change)
            request[random.bounded(int(request.size()))] = char(random.bounded(256));
        auto caller = call();
        caller->say(request.left(1 + random.bounded(int(request.size()))));
        caller->socket->waitForBytesWritten(1000);
        if (i % 2)
            caller->socket->abort();
        else
            caller->socket->disconnectFromHost();
    }
    QVERIFY(isWell());
}

void TestHttp::streamFlows()
{
    auto caller = call();
    caller->say(get("/stream"));
    QVERIFY(caller->hears("text/event-stream"));
    QVERIFY(caller->hears("Transfer-Encoding: chunked"));
    QTRY_VERIFY(m_answers.stream());
    const auto stream = m_answers.stream();
    QVERIFY(stream->isOpen());
    stream->write("data: 1\n\n");
    QVERIFY(caller->hears("\r\n\r\n9\r\ndata: 1\n\n\r\n"));
    stream->write({}); // would be the end
    stream->write("data: 22\n\n");
    QVERIFY(caller->hears("A\r\ndata: 22\n\n\r\n") || caller->hears("a\r\ndata: 22\n\n\r\n"));
    stream->write("data: 333\n\n");
    stream->end();
    QVERIFY(!stream->isOpen());
    stream->write("lost");
    const QByteArray all = caller->untilClosed();
    QVERIFY2(all.endsWith("data: 333\n\n\r\n0\r\n\r\n"), all.constData());
}

void TestHttp::streamToOldClientsEndsByClosing()
{
    auto caller = call();
    caller->say("GET /stream HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY(m_answers.stream());
    m_answers.stream()->write("data: 1\n\n");
    QVERIFY(caller->hears("\r\n\r\ndata: 1\n\n"));
    m_answers.forgetStream(); // ends it too
    QVERIFY(caller->untilClosed().endsWith("\r\n\r\ndata: 1\n\n"));
}

void TestHttp::headOfAStreamEnds()
{
    const QByteArray answer =
        answerTo("HEAD /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QVERIFY(answer.contains("text/event-stream") && answer.endsWith("\r\n\r\n"));
    QTRY_VERIFY(!m_answers.stream()->isOpen());
}

void TestHttp::stalledReaderIsDropped()
{
    auto stalled = call();
    stalled->socket->setReadBufferSize(1024);
    stalled->say(get("/stream"));
    QTRY_VERIFY(m_answers.stream());
    const auto stream = m_answers.stream();
    QVERIFY(stalled->hears("text/event"));
    qint64 written = 0;
    const QByteArray event(32 * 1024, 'x');
    // The buffers of the system take some; then it waits here, and then it is dropped.
    while (stream->isOpen() && written < 64 * 1024 * 1024) {
        stream->write(event);
        written += event.size();
    }
    QVERIFY(!stream->isOpen());
    stream->write(event);
    QVERIFY(isWell());

    m_options.stalledMs = 200; // and one for which little waits, by time
    start();
    m_answers.forgetStream();
    auto slow = call();
    slow->socket->setReadBufferSize(1024);
    slow->say(get("/stream"));
    QTRY_VERIFY(m_answers.stream());
    const auto second = m_answers.stream();
    QVERIFY(slow->hears("text/event"));
    for (qint64 sent = 0; sent < 16 * 1024 * 1024 && second->isOpen(); sent += 65'536)
        second->write(QByteArray(65'536, 'x'));
    QTRY_VERIFY(!second->isOpen());
    QVERIFY(isWell());
}

void TestHttp::leavingReaderIsNoticed()
{
    auto caller = call();
    caller->say(get("/stream"));
    QTRY_VERIFY(m_answers.stream());
    QVERIFY(caller->hears("text/event"));
    caller->say("what else?"); // is not listened to
    m_answers.stream()->write("data: 1\n\n");
    QVERIFY(caller->hears("data: 1"));
    caller->socket->abort();
    QTRY_VERIFY(!m_answers.stream()->isOpen());
}

void TestHttp::streamOutlivesTheEndpoint()
{
    auto caller = call();
    caller->say(get("/stream"));
    QTRY_VERIFY(m_answers.stream());
    QVERIFY(caller->hears("text/event"));
    const auto stream = m_answers.stream();
    m_endpoint.reset();
    QVERIFY(!stream->isOpen());
    stream->write("nobody hears this");
    stream->end();
    QVERIFY(caller->untilClosed() != "never closed");
}

void TestHttp::repliesOutliveTheEndpoint()
{
    auto caller = call();
    const qsizetype before = m_answers.requests().size();
    caller->say(get("/held"));
    QTRY_COMPARE(m_answers.requests().size(), before + 1);
    m_endpoint.reset();
    m_answers.release();
    QVERIFY(!caller->untilClosed().contains("released"));
}

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"
