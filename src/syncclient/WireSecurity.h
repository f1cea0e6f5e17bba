// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Identity.h"

namespace simmer::syncclient {

/// By what a device knows its server.
enum class ServerTrust {
    Unproven, ///< not yet: any key is taken, and pairing has to prove it. Plain is well too
    ByKey,    ///< exactly the pinned key, over TLS; its certificate's names and dates do not matter
    ByName,   ///< a certificate for its name from an authority that this machine trusts, over TLS
};

/// What a connection is secured with. A value.
struct WireSecurity {
    std::optional<identity::Identity> identity = {}; ///< this device's; shown over TLS
    ServerTrust trust = ServerTrust::Unproven;
    std::optional<identity::Fingerprint> pinned = {}; ///< for ByKey; without it nobody is let near

    bool operator==(const WireSecurity &) const = default;
};

} // namespace simmer::syncclient
