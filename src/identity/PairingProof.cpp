// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/PairingProof.h"

#include "base/OneTimeCode.h"

#include <QMessageAuthenticationCode>

namespace simmer::identity {

namespace {

Proof proof(const QByteArray &label, const CodeHash &code, const PairingTalk &talk)
{
    const QByteArray said = label + talk.server.toBytes() + talk.client.toBytes() +
                            talk.clientNonce.toBytes() + talk.serverNonce.toBytes();
    return *Proof::fromBytes(
        QMessageAuthenticationCode::hash(said, code.toBytes(), QCryptographicHash::Sha256));
}

} // namespace

CodeHash hashOf(const QString &code)
{
    return *CodeHash::fromBytes(hashOfCode(code));
}

Proof clientProof(const CodeHash &code, const PairingTalk &talk)
{
    return proof("simmer pair 1 client", code, talk);
}

Proof serverProof(const CodeHash &code, const PairingTalk &talk)
{
    return proof("simmer pair 1 server", code, talk);
}

} // namespace simmer::identity
