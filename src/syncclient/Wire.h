// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncclient/WireSecurity.h"

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

    /// From the next open() on: who this device is, and by what it knows the server. Nothing to a
    /// wire without keys, such as a simulated one.
    virtual void secure(const WireSecurity &) {}
    /// The key that the server showed on the connection that is open, and the one that this device
    /// showed; none on a plain connection.
    virtual std::optional<identity::Fingerprint> serverKey() const { return std::nullopt; }
    virtual std::optional<identity::Fingerprint> ownKey() const { return std::nullopt; }
    /// Whether an authority that this machine trusts vouches for the server's name.
    virtual bool isVouched() const { return false; }

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
    /// A server that nobody vouches for showed this key; opened() follows. For pairing, which has
    /// to prove it.
    void serverSeen(const simmer::identity::Fingerprint &key);
    void opened();
    void received(const QByteArray &message);
    void closed();
};

} // namespace simmer::syncclient
