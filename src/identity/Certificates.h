// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "identity/Bytes32.h"

namespace simmer::identity {

/// A new P-256 key and a certificate that it signs itself, good for 20 years, as PEM text. Names
/// nobody and no place: only the key counts. Errors: Refused when OpenSSL cannot make them.
Expected<QByteArray> makeSelfSigned();

/// The fingerprint of the key in a certificate (DER); nothing when it cannot be read.
std::optional<Fingerprint> fingerprintOf(const QByteArray &certificate);

} // namespace simmer::identity
