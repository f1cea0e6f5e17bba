// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/Stranger.h"

#include "protocol/MessageCodec.h"
#include "syncserver/sessions/Farewell.h"

namespace simmer::syncserver {

using protocol::ByeReason;

namespace {

/// A name for terminals and screens: nothing in it that could steer them.
QString shownName(const QString &name)
{
    QString shown;
    for (const char32_t c : name.simplified().toUcs4())
        if (QChar::isPrint(c))
            shown += QChar::fromUcs4(c);
    return shown.isEmpty() ? QStringLiteral("Device") : shown;
}

} // namespace

Stranger::Stranger(Reception &reception, Socket &socket)
    : m_reception(reception)
    , m_socket(socket)
{
    m_socket.readNext(0);
}

void Stranger::received(const QByteArray &message, bool isText, qint64 at)
{
    if (m_over)
        return;
    const Expected<protocol::FromDevice> decoded =
        isText ? protocol::decodeFromDevice(message)
               : Error{ErrorCode::BadSyntax, QStringLiteral("a binary message"), {}};
    if (!decoded)
        bye(ByeReason::BadMessage, decoded.error().context);
    else if (const auto *pair = std::get_if<protocol::Pair>(&*decoded))
        take(*pair);
    else if (const auto *prove = std::get_if<protocol::Prove>(&*decoded))
        take(*prove);
    else if (const auto *hello = std::get_if<protocol::Hello>(&*decoded))
        take(*hello, at);
    else
        bye(ByeReason::BadMessage, QStringLiteral("not the time for this message"));
}

bool Stranger::accepts(int version, const DeviceId &device)
{
    if (!protocol::speaks(version))
        bye(ByeReason::BadVersion,
            QStringLiteral("this server speaks version %1").arg(protocol::ProtocolVersion));
    else if (device.isNull())
        bye(ByeReason::BadMessage, QStringLiteral("the device has no id"));
    return !m_over;
}

/// The key that the connection proved, as it is kept; empty when there is none.
QByteArray Stranger::peerKey() const
{
    const auto &key = m_socket.peer().key;
    return key ? key->toBytes() : QByteArray();
}

void Stranger::take(const protocol::Pair &pair)
{
    if (!accepts(pair.version, pair.device))
        return;
    if (pair.version < protocol::ProofVersion)
        return bye(ByeReason::BadVersion, QStringLiteral("update this device, then pair it"));
    const auto ownKey = m_reception.ownKey();
    const bool isBound = ownKey && m_socket.peer().isSecure;
    m_pairing = std::make_unique<Pairing>();
    m_pairing->device = {pair.device, shownName(pair.name)};
    m_pairing->talk.clientNonce =
        identity::Nonce::fromBytes(pair.nonce).value_or(identity::Nonce());
    m_pairing->talk.serverNonce = identity::Nonce::random();
    if (isBound) {
        m_pairing->talk.server = *ownKey;
        m_pairing->talk.client = m_socket.peer().key.value_or(identity::Fingerprint());
        m_pairing->device.key = peerKey();
    }
    say(protocol::Challenge{m_pairing->talk.serverNonce.toBytes(), isBound});
    m_socket.readNext(0);
}

/// One try a challenge. A stranger still: it says hello next, here or on a new connection.
void Stranger::take(const protocol::Prove &prove)
{
    const auto proof = identity::Proof::fromBytes(prove.proof);
    if (!m_pairing || !proof)
        return bye(ByeReason::BadMessage, QStringLiteral("a proof of nothing"));
    const Pairing pairing = *std::exchange(m_pairing, nullptr);
    identity::CodeHash code;
    const auto knows = [&](const QByteArray &open) {
        code = identity::CodeHash::fromBytes(open).value_or(identity::CodeHash());
        return identity::clientProof(code, pairing.talk) == *proof;
    };
    const Expected<storage::Admission> admission = m_reception.admissions().redeem(
        knows, pairing.device, m_reception.wallMs(), m_socket.peer().network);
    const Expected<QString> kitchen =
        admission ? m_reception.nameOf(admission->kitchen) : admission.error();
    if (!kitchen)
        return refuse(kitchen.error(), ByeReason::BadCode);
    storage::Member device = pairing.device;
    device.role = admission->role;
    say(protocol::Paired{admission->kitchen, *kitchen, admission->role,
                         identity::serverProof(code, pairing.talk).toBytes(), admission->token});
    m_reception.joined(admission->kitchen, device);
    m_socket.readNext(0);
}

void Stranger::take(const protocol::Hello &hello, qint64 at)
{
    if (!accepts(hello.version, hello.device))
        return;
    const Expected<storage::Admission> admission =
        m_reception.admissions().check(hello.device, {peerKey(), hello.token});
    if (!admission) {
        refuse(admission.error(), ByeReason::UnknownDevice);
        return;
    }
    Expected<std::unique_ptr<Guest>> session = m_reception.seat(m_socket, *admission, hello, at);
    if (!session) {
        refuse(session.error(), ByeReason::Closing);
        return;
    }
    m_over = true;
    m_successor = *std::move(session);
}

void Stranger::stalled()
{
    bye(ByeReason::TooSlow, QStringLiteral("nothing was taken for too long"));
}

void Stranger::silent()
{
    bye(ByeReason::TooSlow, QStringLiteral("no hello in time"));
}

void Stranger::say(const protocol::FromServer &message)
{
    m_socket.send(std::make_shared<const QByteArray>(protocol::encode(message)));
}

void Stranger::refuse(const Error &error, ByeReason refused)
{
    bye(reasonFor(error, refused), error.context);
}

void Stranger::bye(ByeReason reason, const QString &why)
{
    if (!std::exchange(m_over, true))
        m_socket.finish(farewell(reason, why));
}

} // namespace simmer::syncserver
