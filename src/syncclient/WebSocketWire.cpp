// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/WebSocketWire.h"

#include "identity/Certificates.h"
#include "protocol/Limits.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

namespace simmer::syncclient {

namespace {

constexpr quint64 FrameBytes = 64 * 1024; // DESIGN, section 6

QSslKey keyOf(const identity::Identity &identity)
{
    const QSslKey key(identity.key, QSsl::Ec);
    return key.isNull() ? QSslKey(identity.key, QSsl::Rsa) : key; // one that somebody else made
}

QString otherKey()
{
    return QStringLiteral("the server has another key than the one that this device paired with");
}

QSslConfiguration configurationOf(const WireSecurity &security)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_3OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    // Each connection shows both keys anew.
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    if (security.identity) {
        configuration.setLocalCertificateChain(
            QSslCertificate::fromData(security.identity->certificates));
        configuration.setPrivateKey(keyOf(*security.identity));
    }
    return configuration;
}

} // namespace

WebSocketWire::WebSocketWire(QObject *parent)
    : Wire(parent)
{
    renewSocket();
}

/// A new one for each connection: a QWebSocket that was once told to ignore errors goes on to.
void WebSocketWire::renewSocket()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->deleteLater(); // it may be its signal that brought us here
    }
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::Version13, this);
    m_socket->setMaxAllowedIncomingMessageSize(quint64(protocol::limits::MessageBytes));
    m_socket->setOutgoingFrameSize(FrameBytes);
    connect(m_socket, &QWebSocket::sslErrors, this, &WebSocketWire::onSslErrors);
    connect(m_socket, &QWebSocket::connected, this, &WebSocketWire::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        m_serverKey.reset();
        Q_EMIT closed();
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { Q_EMIT received(text.toUtf8()); });
}

/// The socket says “disconnected” as it dies, to a Wire whose members are gone by then.
WebSocketWire::~WebSocketWire()
{
    m_socket->disconnect(this);
}

std::optional<identity::Fingerprint> WebSocketWire::serverKey() const
{
    return m_serverKey;
}

std::optional<identity::Fingerprint> WebSocketWire::ownKey() const
{
    return m_serverKey && m_security.identity ? std::optional(m_security.identity->fingerprint)
                                              : std::nullopt;
}

void WebSocketWire::open(const QUrl &address)
{
    m_socket->abort();
    renewSocket();
    m_refusal.clear();
    m_hadErrors = false;
    const bool isSecure = address.scheme() == QLatin1String("wss");
    if (!isSecure && m_security.trust != ServerTrust::Unproven) {
        m_refusal = QStringLiteral("%1 is not encrypted, and this kitchen's server is; use wss://")
                        .arg(address.toString(QUrl::RemoveUserInfo));
        QMetaObject::invokeMethod(this, &Wire::closed, Qt::QueuedConnection);
        return;
    }
    if (isSecure)
        m_socket->setSslConfiguration(configurationOf(m_security));
    m_socket->open(address);
}

/// QWebSocket does not tell the certificate; its socket is its child.
std::optional<identity::Fingerprint> WebSocketWire::shownKey() const
{
    const auto *socket = m_socket->findChild<QSslSocket *>();
    if (!socket || socket->peerCertificate().isNull())
        return std::nullopt;
    return identity::fingerprintOf(socket->peerCertificate().toDer());
}

bool WebSocketWire::isTrusted(const std::optional<identity::Fingerprint> &shown) const
{
    switch (m_security.trust) {
    case ServerTrust::Unproven:
        return true;
    case ServerTrust::ByKey:
        return shown && m_security.pinned && *shown == *m_security.pinned;
    case ServerTrust::ByName:
        return shown.has_value(); // Qt has checked it: any error ends the connection
    }
    return false;
}

/// Names, dates and authorities do not matter where the key is known, or is yet to be proven.
void WebSocketWire::onSslErrors()
{
    m_hadErrors = true;
    const auto shown = shownKey();
    if (m_security.trust == ServerTrust::ByName || !shown)
        return;
    if (isTrusted(shown))
        m_socket->ignoreSslErrors();
    else
        m_refusal = otherKey();
}

/// A certificate from an authority causes no errors: its key is looked at here.
void WebSocketWire::onConnected()
{
    const auto shown = shownKey();
    if (!isTrusted(shown)) {
        m_refusal = otherKey();
        m_socket->abort();
        return;
    }
    m_serverKey = shown;
    if (shown && m_security.trust == ServerTrust::Unproven)
        Q_EMIT serverSeen(*shown);
    Q_EMIT opened();
}

void WebSocketWire::send(const QByteArray &message)
{
    m_socket->sendTextMessage(QString::fromUtf8(message));
}

void WebSocketWire::close()
{
    m_socket->close();
}

void WebSocketWire::abort()
{
    m_socket->abort();
}

QString WebSocketWire::why() const
{
    return m_refusal.isEmpty() ? m_socket->errorString() : m_refusal;
}

} // namespace simmer::syncclient
