// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncclient/Wire.h"

#include <QWebSocket>

namespace simmer::syncclient {

/// A WebSocket to the kitchen's server, plain or over TLS 1.3.
class WebSocketWire final : public Wire
{
    Q_OBJECT

public:
    explicit WebSocketWire(QObject *parent = nullptr);
    ~WebSocketWire() override;

    void secure(const WireSecurity &security) override { m_security = security; }
    std::optional<identity::Fingerprint> serverKey() const override;
    std::optional<identity::Fingerprint> ownKey() const override;
    bool isVouched() const override { return m_serverKey && !m_hadErrors; }
    void open(const QUrl &address) override;
    void send(const QByteArray &message) override;
    void close() override;
    void abort() override;
    QString why() const override;

private:
    void renewSocket();
    std::optional<identity::Fingerprint> shownKey() const;
    bool isTrusted(const std::optional<identity::Fingerprint> &shown) const;
    void onSslErrors();
    void onConnected();

    WireSecurity m_security;
    std::optional<identity::Fingerprint> m_serverKey; ///< of the open connection
    bool m_hadErrors = false;                         ///< of its certificate
    QString m_refusal;                                ///< why we would not have the server
    QWebSocket *m_socket = nullptr;                   ///< a child
};

} // namespace simmer::syncclient
