// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/Pairing.h"

#include "protocol/Limits.h"

#include <QHostAddress>

namespace simmer::syncclient {

namespace {

bool isSecure(const QUrl &address)
{
    return address.scheme() == QLatin1String("wss");
}

/// Plain talk stays within a machine; a tunnel ends there too.
bool isThisMachine(const QUrl &address)
{
    return address.host() == QLatin1String("localhost") ||
           QHostAddress(address.host()).isLoopback();
}

Error refused(const QString &why)
{
    return {ErrorCode::Refused, why, {}};
}

} // namespace

Pairing::Pairing(const PairingRequest &request)
    : m_request(request)
{
    m_talk.clientNonce = identity::Nonce::random();
}

Expected<Pairing> Pairing::prepare(const PairingRequest &request)
{
    const QUrl &server = request.server;
    if (!server.isValid() || server.host().isEmpty())
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("“%1” is no address").arg(server.toString()),
                     {}};
    if (!isSecure(server) && !isThisMachine(server))
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("%1 would be read by everybody on the way; use wss://")
                         .arg(server.toString()),
                     {}};
    Pairing pairing(request);
    if (isSecure(server)) {
        Expected<identity::Identity> made = identity::make();
        if (!made)
            return made.error();
        pairing.m_identity = *std::move(made);
    }
    return pairing;
}

WireSecurity Pairing::security() const
{
    const auto trust = m_request.serverKey ? ServerTrust::ByKey : ServerTrust::Unproven;
    return {m_identity, trust, m_request.serverKey};
}

protocol::Pair Pairing::greeting(const DeviceId &device)
{
    m_isAsked = false;
    return {protocol::ProtocolVersion, device,
            m_request.deviceName.left(protocol::limits::NameLength), m_talk.clientNonce.toBytes()};
}

/// A server that sees no TLS may only stand behind a proxy that an authority vouches for: else
/// whoever stands between could say so.
Expected<protocol::Prove> Pairing::answer(const protocol::Challenge &challenge, const Wire &wire)
{
    const auto seen = wire.serverKey();
    if (seen && !challenge.isBound && !wire.isVouched())
        return refused(QStringLiteral("the server does not answer for the key that it showed;"
                                      " somebody may stand between"));
    m_isBound = seen && challenge.isBound;
    m_isAsked = true;
    m_talk.server = m_isBound ? *seen : identity::Fingerprint();
    m_talk.client =
        m_isBound ? wire.ownKey().value_or(identity::Fingerprint()) : identity::Fingerprint();
    m_talk.serverNonce = identity::Nonce::fromBytes(challenge.nonce).value_or(identity::Nonce());
    const identity::CodeHash code = identity::hashOf(m_request.code);
    return protocol::Prove{identity::clientProof(code, m_talk).toBytes()};
}

Expected<storage::Membership> Pairing::finish(const protocol::Paired &paired) const
{
    const auto proof = identity::Proof::fromBytes(paired.proof);
    const identity::CodeHash code = identity::hashOf(m_request.code);
    if (!m_isAsked || !proof || *proof != identity::serverProof(code, m_talk))
        return refused(QStringLiteral("the server does not know the code; this is not the one that"
                                      " made it"));
    storage::Membership membership{m_request.server, paired.kitchen, paired.kitchenName,
                                   paired.token};
    if (m_identity)
        membership.identity = m_identity->certificates + m_identity->key;
    if (m_isBound)
        membership.serverKey = m_talk.server.toBytes();
    membership.isByName = isSecure(m_request.server) && !m_isBound;
    return membership;
}

WireSecurity securityOf(const storage::Membership &membership)
{
    WireSecurity security;
    if (const auto identity = identity::fromPem(membership.identity))
        security.identity = *identity;
    if (membership.isByName)
        security.trust = ServerTrust::ByName;
    else if (!membership.serverKey.isEmpty()) {
        security.trust = ServerTrust::ByKey;
        security.pinned = identity::Fingerprint::fromBytes(membership.serverKey);
    }
    return security;
}

} // namespace simmer::syncclient
