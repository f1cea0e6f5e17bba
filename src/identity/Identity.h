// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "identity/Bytes32.h"

namespace simmer::identity {

/// A private key, the certificate that shows its public half, and what it is known by. A value;
/// whoever holds it can be that server or device.
struct Identity {
    QByteArray certificates; ///< PEM: the own one first, then those that vouch for it
    QByteArray key;          ///< PEM, without passphrase
    Fingerprint fingerprint;

    bool operator==(const Identity &) const = default;
};

/// A new one with a certificate that it signs itself. Errors: Refused when OpenSSL cannot make it.
Expected<Identity> make();

/// The identity in PEM text that holds key and certificate. Errors: BadSyntax, Refused.
Expected<Identity> fromPem(const QByteArray &text);

/// The identity in this file, which holds key and certificate; made at the first start, durably and
/// for its owner alone. A file that others may read is closed to them. Errors: FileUnreadable,
/// BadSyntax for a damaged one (never replaced: devices know it by its key), Refused when key and
/// certificate do not belong together or the file cannot be closed to others, DiskFull.
Expected<Identity> loadOrMake(const QString &path);

/// A certificate (chain) and its key that somebody else made and keeps. Errors: as above; Refused
/// also when everybody may read the key.
Expected<Identity> load(const QString &certificates, const QString &key);

} // namespace simmer::identity
