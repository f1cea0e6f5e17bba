// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Bytes32.h"

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <memory>

namespace simmer::syncserver {

/// A message that is encoded once and sent to many.
using Text = std::shared_ptr<const QByteArray>;

/// Who is at the other end, as far as the transport can tell.
struct Peer {
    QString address;                          ///< its IP address, or its proxy's
    bool isLocal = false;                     ///< of this machine, and no proxy stands before it
    bool isSecure = false;                    ///< TLS
    std::optional<identity::Fingerprint> key; ///< that it has, as the handshake proved
    /// Its neighbourhood, the same for all of this machine; empty behind a proxy, where nobody can
    /// tell one from another.
    QByteArray network = {};

    bool operator==(const Peer &) const = default;
};

/// What a guest asks of its WebSocket.
class Socket
{
public:
    Socket() = default;
    virtual ~Socket() = default;
    Q_DISABLE_COPY_MOVE(Socket)

    virtual const Peer &peer() const = 0;
    virtual void send(Text message) = 0;
    /// Bytes that the other side has not taken yet.
    virtual qsizetype queuedBytes() const = 0;
    /// Reads one more message, not before `waitMs` are over. Without it nothing is read.
    virtual void readNext(qint64 waitMs) = 0;
    /// From now on it may stay silent, and no longer counts as a stranger.
    virtual void trust() = 0;
    /// Sends what is queued and this last word, then closes.
    virtual void finish(Text lastWord) = 0;
    /// Drops what is queued, tries to say this last word, then closes.
    virtual void cutOff(Text lastWord) = 0;
};

/// What a WebSocket tells, in the network thread.
class Talker
{
public:
    Talker() = default;
    virtual ~Talker() = default;
    Q_DISABLE_COPY_MOVE(Talker)

    /// A whole message came in; `isText` is false for a binary one.
    virtual void received(const QByteArray &message, bool isText) = 0;
    /// The other side took one of the queued messages.
    virtual void tookOne(qsizetype bytes) = 0;
    /// The other side took nothing for too long.
    virtual void stalled() = 0;
    /// It said nothing that makes it trusted in time.
    virtual void silent() = 0;
};

} // namespace simmer::syncserver
