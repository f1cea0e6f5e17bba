// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "identity/Bytes32.h"

#include <QByteArray>

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

/// For the few files that speak OpenSSL themselves; not for other headers.
namespace simmer::identity::openssl {

/// Calls the function that OpenSSL has for ending an object.
template<auto Free>
struct Freer {
    template<class Object>
    void operator()(Object *object) const
    {
        Free(object);
    }
};

using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;

/// Reads from `bytes`, which must outlive it.
Bio reader(const QByteArray &bytes);

/// What went wrong in this thread, by OpenSSL's own words, which are taken.
Error failure(ErrorCode code, const QString &context);

/// The first private key in PEM text; null when there is none, or it asks for a passphrase.
Key readKey(const QByteArray &pem);
/// The next certificate in PEM text; null at its end.
Certificate readCertificate(BIO *pem);

/// As PEM text: a certificate, and a key without passphrase. Empty when memory is out.
QByteArray pemOf(X509 *certificate);
QByteArray pemOf(EVP_PKEY *key);

/// Of the public key as it stands in the certificate.
Fingerprint fingerprintOf(const X509 *certificate);

} // namespace simmer::identity::openssl
