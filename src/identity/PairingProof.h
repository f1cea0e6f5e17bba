// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Bytes32.h"

namespace simmer::identity {

using Nonce = Bytes32<struct NonceKind>;
using Proof = Bytes32<struct ProofKind>;
/// SHA-256 of a one-time code as it is read, which is also what the server keeps of it.
using CodeHash = Bytes32<struct CodeHashKind>;

/// However the code is spaced or cased.
CodeHash hashOf(const QString &code);

/// What both sides of a pairing saw of each other. On a plain connection there are no keys: both
/// fingerprints stay zero.
struct PairingTalk {
    Fingerprint server;
    Fingerprint client;
    Nonce clientNonce;
    Nonce serverNonce;

    bool operator==(const PairingTalk &) const = default;
};

/// Shows that the device, or the server, knows the code and saw the same keys: whoever stands
/// between them has other keys, so that a proof passed on does not fit. HMAC-SHA256 under the
/// code's hash over a label, both fingerprints and both nonces. The device proves itself first;
/// the server answers a good proof only, so that nobody can try codes against its answers.
Proof clientProof(const CodeHash &code, const PairingTalk &talk);
Proof serverProof(const CodeHash &code, const PairingTalk &talk);

} // namespace simmer::identity
