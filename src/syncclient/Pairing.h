// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "identity/PairingProof.h"
#include "protocol/Messages.h"
#include "storage/device/DeviceStore.h"
#include "syncclient/Wire.h"

namespace simmer::syncclient {

/// What a person gave this device to join a kitchen with.
struct PairingRequest {
    QUrl server; ///< as socketAddress() makes it
    QString code;
    QString deviceName;
    std::optional<identity::Fingerprint> serverKey = {}; ///< when it came with the code, by QR
};

/// One try to join a kitchen: both sides prove that they know the code and saw the same keys. Over
/// TLS the device gets a new key for it. Belongs to the link's thread.
class Pairing
{
public:
    /// Errors: BadArgument for an address that is none, or plain and not of this machine; Refused
    /// when no key can be made.
    static Expected<Pairing> prepare(const PairingRequest &request);

    const QUrl &server() const { return m_request.server; }
    /// What its connection is secured with.
    WireSecurity security() const;
    protocol::Pair greeting(const DeviceId &device);
    /// Errors: Refused when the server does not answer for the key that was seen.
    Expected<protocol::Prove> answer(const protocol::Challenge &challenge, const Wire &wire);
    /// Errors: Refused when the server does not know the code.
    Expected<storage::Membership> finish(const protocol::Paired &paired) const;

private:
    explicit Pairing(const PairingRequest &request);

    PairingRequest m_request;
    std::optional<identity::Identity> m_identity; ///< over TLS
    identity::PairingTalk m_talk;
    bool m_isBound = false;
    bool m_isAsked = false; ///< a challenge came
};

/// By what a member's connections are secured.
WireSecurity securityOf(const storage::Membership &membership);

} // namespace simmer::syncclient
