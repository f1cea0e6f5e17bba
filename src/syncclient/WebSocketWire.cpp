// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/WebSocketWire.h"

#include "protocol/Limits.h"

namespace simmer::syncclient {

WebSocketWire::WebSocketWire(QObject *parent)
    : Wire(parent)
    , m_socket(QString(), QWebSocketProtocol::Version13, this)
{
    m_socket.setMaxAllowedIncomingMessageSize(quint64(protocol::limits::MessageBytes));
    connect(&m_socket, &QWebSocket::connected, this, &Wire::opened);
    connect(&m_socket, &QWebSocket::disconnected, this, &Wire::closed);
    connect(&m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { Q_EMIT received(text.toUtf8()); });
}

/// The socket says “disconnected” as it dies, to a Wire whose members are gone by then.
WebSocketWire::~WebSocketWire()
{
    m_socket.disconnect(this);
}

void WebSocketWire::open(const QUrl &address)
{
    m_socket.abort();
    m_socket.open(address);
}

void WebSocketWire::send(const QByteArray &message)
{
    m_socket.sendTextMessage(QString::fromUtf8(message));
}

void WebSocketWire::close()
{
    m_socket.close();
}

void WebSocketWire::abort()
{
    m_socket.abort();
}

QString WebSocketWire::why() const
{
    return m_socket.errorString();
}

} // namespace simmer::syncclient
