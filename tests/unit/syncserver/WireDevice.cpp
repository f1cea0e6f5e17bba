// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireDevice.h"

#include "protocol/MessageCodec.h"
#include "timers/OpCodec.h"

namespace simmer::tests {

WireDevice::WireDevice(QString itsName)
    : name(std::move(itsName))
{
    connect(&m_socket, &QWebSocket::sslErrors, &m_socket,
            [this] { m_socket.ignoreSslErrors(); }); // the pairing proves the key
    connect(&m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { hear(text); });
}

void WireDevice::connectTo(const QUrl &server)
{
    QUrl address = server;
    address.setPath(QStringLiteral("/sync"));
    m_heard.clear();
    m_socket.open(address);
}

void WireDevice::say(const protocol::FromDevice &message)
{
    m_socket.sendTextMessage(QString::fromUtf8(protocol::encode(message)));
}

void WireDevice::pair(const QString &code, int version)
{
    m_code = code;
    m_nonce = identity::Nonce::random();
    say(protocol::Pair{version, id, name, m_nonce.toBytes()});
}

/// Without a key of its own, which stays zero.
void WireDevice::prove(const protocol::Challenge &challenge)
{
    const identity::PairingTalk talk{
        serverKey, {}, m_nonce, *identity::Nonce::fromBytes(challenge.nonce)};
    say(protocol::Prove{identity::clientProof(identity::hashOf(m_code), talk).toBytes()});
}

void WireDevice::hello(int version)
{
    say(protocol::Hello{version, id, token, cursor, clock});
}

timers::Op WireDevice::op(const timers::Action &action, qint64 at)
{
    timers::Op op;
    op.id = OpId::random();
    op.device = id;
    op.cook = QStringLiteral("Ana");
    op.subject = QUuid::createUuid();
    op.action = action;
    op.at = at;
    op.counter = ++m_counter;
    op.boot = BootId::random();
    return op;
}

std::optional<protocol::ByeReason> WireDevice::bye() const
{
    const auto said = heard<protocol::Bye>();
    return said ? std::optional(said->reason) : std::nullopt;
}

bool WireDevice::hasAck(const OpId &op) const
{
    return std::any_of(m_heard.begin(), m_heard.end(), [&](const auto &message) {
        const auto *acked = std::get_if<protocol::Acked>(&message);
        return acked && acked->ops.contains(op);
    });
}

void WireDevice::hear(const QString &text)
{
    const auto message = protocol::decodeFromServer(text.toUtf8());
    if (!message) {
        faults += message.error().context;
        return;
    }
    m_heard += *message;
    if (const auto *challenge = std::get_if<protocol::Challenge>(&*message))
        prove(*challenge);
    if (const auto *paired = std::get_if<protocol::Paired>(&*message))
        token = paired->token;
    if (const auto *welcome = std::get_if<protocol::Welcome>(&*message))
        if (welcome->restart) {
            cursor = {welcome->epoch, 0, {}};
            log.clear();
        }
    if (const auto *page = std::get_if<protocol::Page>(&*message))
        take(*page);
}

void WireDevice::take(const protocol::Page &page)
{
    for (const protocol::Entry &entry : page.entries) {
        const QByteArray link =
            timers::nextLink(cursor.chain, timers::canonical(entry.op), entry.kt);
        if (entry.seq != cursor.seq + 1)
            faults += QStringLiteral("entry %1 after %2").arg(entry.seq).arg(cursor.seq);
        if (entry.chain != link)
            faults += QStringLiteral("the chain breaks at %1").arg(entry.seq);
        cursor.seq = entry.seq;
        cursor.chain = link;
        log += entry;
    }
}

} // namespace simmer::tests
