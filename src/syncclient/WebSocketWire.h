// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncclient/Wire.h"

#include <QWebSocket>

namespace simmer::syncclient {

/// A WebSocket to the kitchen's server.
class WebSocketWire final : public Wire
{
    Q_OBJECT

public:
    explicit WebSocketWire(QObject *parent = nullptr);
    ~WebSocketWire() override;

    void open(const QUrl &address) override;
    void send(const QByteArray &message) override;
    void close() override;
    void abort() override;
    QString why() const override;

private:
    QWebSocket m_socket;
};

} // namespace simmer::syncclient
