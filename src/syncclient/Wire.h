// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUrl>

namespace simmer::syncclient {

/// The connection that a link talks over: a WebSocket, or a simulated one. One at a time: open()
/// drops what was open. Belongs to the link's thread.
class Wire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// opened() or closed() follows.
    virtual void open(const QUrl &address) = 0;
    virtual void send(const QByteArray &message) = 0;
    /// Says goodbye; closed() follows.
    virtual void close() = 0;
    /// Drops it at once. When it was open or opening, closed() follows.
    virtual void abort() = 0;
    /// Why it was closed, for people.
    virtual QString why() const = 0;

Q_SIGNALS:
    void opened();
    void received(const QByteArray &message);
    void closed();
};

} // namespace simmer::syncclient
