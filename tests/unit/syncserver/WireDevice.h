// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/PairingProof.h"
#include "protocol/Messages.h"
#include "timers/Op.h"

#include <QWebSocket>

namespace simmer::tests {

/// A device as the protocol describes it, on a real socket: keeps every message that it heard and
/// checks the chain of every page.
class WireDevice : public QObject
{
public:
    explicit WireDevice(QString name = QStringLiteral("tablet"));

    void connectTo(const QUrl &server);
    void say(const protocol::FromDevice &message);
    void sayText(const QString &text) { m_socket.sendTextMessage(text); }
    /// First message of a device that joins, or of one that did.
    void pair(const QString &code, int version = protocol::ProtocolVersion);
    void hello(int version = protocol::ProtocolVersion);
    /// A new op of this device.
    timers::Op op(const timers::Action &action, qint64 at);

    /// The newest message of a kind, if one was heard.
    template<class Message>
    std::optional<Message> heard() const
    {
        for (auto message = m_heard.rbegin(); message != m_heard.rend(); ++message)
            if (const auto *found = std::get_if<Message>(&*message))
                return *found;
        return std::nullopt;
    }
    template<class Message>
    qsizetype count() const
    {
        return std::count_if(m_heard.begin(), m_heard.end(), [](const auto &message) {
            return std::holds_alternative<Message>(message);
        });
    }
    /// All messages since it connected, or forgot.
    qsizetype countAll() const { return m_heard.size(); }
    std::optional<protocol::ByeReason> bye() const;
    bool hasAck(const OpId &op) const;
    /// Forgets the messages heard so far; log and cursor stay.
    void forget() { m_heard.clear(); }
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

    DeviceId id = DeviceId::random();
    QString name;
    QByteArray token;
    identity::Fingerprint serverKey;         ///< that a proof is bound to; zero on a plain line
    std::optional<timers::ClockClaim> clock; ///< what it says of the time in its hello
    protocol::Cursor cursor;                 ///< how far the log was verified
    QList<protocol::Entry> log;              ///< what was taken since the last restart
    QStringList faults;                      ///< messages that no device could accept

    QWebSocket &socket() { return m_socket; }

private:
    void hear(const QString &text);
    void take(const protocol::Page &page);
    void prove(const protocol::Challenge &challenge);

    QWebSocket m_socket;
    QList<protocol::FromServer> m_heard;
    qint64 m_counter = 0;
    QString m_code;
    identity::Nonce m_nonce;
};

} // namespace simmer::tests
