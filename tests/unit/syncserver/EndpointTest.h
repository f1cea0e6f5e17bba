// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Identity.h"
#include "syncserver/net/Endpoint.h"
#include "syncserver/net/Http.h"

#include <QSemaphore>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>

namespace simmer::tests {

/// What a WebSocket sends that hears “flood”.
inline constexpr qsizetype FloodBytes = 400 * 64 * 1024;

/// What a WebSocket sends at once that hears “burst”: sizes from nothing to a frame's.
QList<QByteArray> burst();
/// Texts as a server sends them, unmasked, of at most 64 KiB (RFC 6455, section 5.2).
QByteArray framed(const QList<QByteArray> &texts);

/// Answers by path; see EndpointTest.cpp. Its functions may be called from any thread.
class Answers final : public syncserver::HttpResponder
{
public:
    void answer(syncserver::HttpRequest request, Reply reply, Open open) override;

    /// The newest stream that was opened.
    std::shared_ptr<syncserver::HttpStream> stream() const;
    QList<syncserver::HttpRequest> requests() const;
    void forgetStream();
    /// Answers what was asked at /held, from the calling thread.
    void release();

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<syncserver::HttpStream> m_stream;
    QList<syncserver::HttpRequest> m_requests;
    QList<Reply> m_held;
};

/// A client that writes bytes as it likes, over TCP or TLS.
class Caller
{
public:
    explicit Caller(quint16 port, const QString &address = QStringLiteral("127.0.0.1"));
    /// TLS, with this device's key if there is one.
    Caller(quint16 port, const std::optional<identity::Identity> &device,
           QSsl::SslProtocol protocol = QSsl::TlsV1_3OrLater);

    void say(const QByteArray &bytes) { socket->write(bytes); }
    /// All that came so far.
    const QByteArray &heard();
    bool hears(const QByteArray &bytes, int ms = 5000);
    bool isClosed() const { return socket->state() == QAbstractSocket::UnconnectedState; }
    /// All that came until the other side closed; “never closed” when it did not.
    QByteArray untilClosed(int ms = 5000);
    QByteArray answerTo(const QByteArray &request);
    /// Opens a WebSocket and says these messages, of at most 125 bytes each.
    void talk(const QList<QByteArray> &messages);

    std::unique_ptr<QTcpSocket> socket;

private:
    QByteArray m_heard;
};

/// An endpoint on a free port, whose WebSockets answer each message with what they know of their
/// peer, and whose HTTP is answered by `answers`.
class EndpointTest : public QObject
{
    Q_OBJECT

protected:
    EndpointTest();

    void startPlain();
    void startSecure();
    void start();
    bool isWell();

    syncserver::EndpointOptions m_options;
    identity::Identity m_kitchen;
    identity::Identity m_device;
    Answers m_answers;
    QSemaphore m_stalls; ///< one for each WebSocket that took nothing for too long
    std::unique_ptr<syncserver::Endpoint> m_endpoint;
    quint16 m_port = 0;

private:
    QTemporaryDir m_folder;
};

} // namespace simmer::tests
